import { awsRegion } from "@hybrid-ai-fabric/locality";
import { hostOf } from "./mentions";

/**
 * Every text by which a resource of the plan may be known that a literal names. Only the part that names something
 * counts: a key below a bucket, the path of an address or the type in an ARN may well be called like a resource of the plan.
 */
export function spellings(literal: string): string[] {
  return [...new Set([literal, ...shorter(literal)])].filter((text) => text !== "" && !awsRegion(text));
}

function shorter(literal: string): string[] {
  const uri = /^s3[an]?:\/\/([^/]+)/.exec(literal);
  if (uri) return [uri[1] ?? ""];
  if (literal.startsWith("arn:")) return inArn(literal);
  const host = hostOf(literal);
  if (/^[a-z][a-z0-9+.:-]*:\/\//i.test(literal)) return [host ?? "", ...ofService(host ?? "", literal)];
  const [first = ""] = literal.replace(/^\//, "").split("/", 1);
  return [first, host ?? "", ...ofService(host ?? "", literal)];
}

/** `arn:aws:s3:::bucket/key`, `...:log-group:/claims`, `...:table/claims/stream/2026`, `...:secret:claims-a1b2c3`. */
function inArn(arn: string): string[] {
  const [, , service, , , ...rest] = arn.split(":");
  const name = rest.join(":");
  if (service === "s3" && !name.startsWith("accesspoint")) return [name.split("/", 1)[0] ?? ""];
  const [, own = name] = /^[a-z][a-z0-9-]*[:/](.+)$/i.exec(name) ?? [];
  const segments = own.split(/[/:]/);
  return [name, own, segments[0] ?? "", segments.at(-1) ?? "", own.replace(/-[A-Za-z0-9]{6}$/, "")];
}

/** A bucket in front of an address of S3 or behind it, a queue at the end of its own. */
function ofService(host: string, address: string): string[] {
  const [, bucket] =
    /^(.+)\.s3(?:-website)?(?:[.-][a-z0-9-]+)*\.amazonaws\.(?:com|com\.cn|eu)$/.exec(host) ?? [];
  if (bucket !== undefined) return [bucket];
  if (!/(?:^|\.)amazonaws\.(?:com|com\.cn|eu)$/.test(host)) return [];
  const path = address.slice(address.toLowerCase().indexOf(host) + host.length).replace(/^[:\d]*\//, "");
  const segments = path.split("/");
  return host.startsWith("s3") ? [segments[0] ?? ""] : [segments.at(-1) ?? ""];
}
