import { asnProblem, nearest, privateAsnText } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { type Problem, problem, shown } from "../problems";

/** Terms that the nouns of an environment share. */

export const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,23}$/, "must be 1 to 24 of a-z, 0-9 and -, beginning with a letter");
/** A map whose keys become Pulumi names. */
export const named = <T extends z.ZodType>(value: T) => z.record(name, value);
export const cidr = z.string().describe("IPv4 prefix, such as 10.16.0.0/16");
export const mbps = z.number().int().positive();

/** A name must be one of the legal ones; the nearest of them are shown. */
export function mustBe(path: string, value: string, legal: readonly string[], noun: string): Problem[] {
  if (legal.includes(value)) return [];
  const close = nearest(value, legal);
  const hint =
    legal.length <= 8 ? legal.join(", ") : `nearest: ${close.join(", ") || "none"}; ${legal.length} in all`;
  return [problem(path, `${shown(value)} is not ${noun} (${hint || "there is none"})`)];
}

/** Private ASNs that Amazon's gateways take; Equinix keeps 64600 of them for itself as a peer. */
export function checkAsn(path: string, asn: number): Problem[] {
  const wrong = asnProblem(asn, "gateway", "fabricPeer");
  return wrong === undefined ? [] : [problem(path, `${asn} ${wrong}: private ASNs are ${privateAsnText}`)];
}

/** Any ASN that a router of the site may speak: its own public one too. */
export function checkSiteAsn(path: string, asn: number | undefined): Problem[] {
  const wrong = asn === undefined ? undefined : asnProblem(asn, "peer");
  return wrong === undefined
    ? []
    : [problem(path, `${asn} ${wrong}: private ASNs are ${privateAsnText}, or the site's own public one`)];
}
