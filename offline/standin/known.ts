import { createHash } from "node:crypto";
import { awsRegion } from "@hybrid-ai-fabric/locality";
import type { Declared } from "./declarations";

/** The account that every made-up value belongs to: the one that AWS uses in its documentation. */
const ACCOUNT = "111122223333";
/** Objects hold objects; what is deeper than this is left out. */
const DEEPEST = 4;

/** What a value is made up for. */
export interface Filling {
  urn: string;
  /** Where the resource is; the engine's word for unknown where nothing tells. */
  region: string;
  /** Members of an object that the provider fills in; undefined for one that only the program can give. */
  membersOf(type: string): ReadonlyMap<string, Declared> | undefined;
}

/**
 * A value that a provider could choose where a program says nothing: the default that the SDK's description tells, else
 * one by type and name, in the region of the resource and always the same. It names nothing outside the program but keys
 * and roles of the account: no provider sends data to another end that nobody asked for.
 */
export function knownValue(property: string, declared: Declared, around: Filling, depth = 0): unknown {
  const { type, usual } = declared;
  if (type === "boolean") return usual === "true";
  if (type === "number") return Number.isFinite(Number.parseFloat(usual ?? "")) ? Number(usual) : 1;
  if (type === "string") return usual ?? knownText(property, around);
  if (type === "string[]") return /zones$/i.test(property) ? [zoneIn(around)] : [];
  // Blocks of a list are there only when somebody asks for them, and so are entries of a map.
  if (!type.startsWith("outputs.") || type.endsWith("[]")) return type.endsWith("[]") ? [] : {};
  const members = depth === DEEPEST ? undefined : around.membersOf(type);
  return Object.fromEntries(
    [...(members ?? [])].map(([member, inner]) => [member, knownValue(member, inner, around, depth + 1)]),
  );
}

function knownText(property: string, { urn, region }: Filling): string {
  const [service, noun] = ownType(urn);
  const name = `${urn.split("::").at(-1) ?? ""}-${digits(urn, 7)}`;
  const text = texts.find(([pattern]) => pattern.test(property))?.[1];
  if (text !== undefined) return text({ name, region, service, noun });
  const ownId =
    /^uu?id$/i.test(property) ||
    (/Id$/.test(property) && noun.toLowerCase().endsWith(property.slice(0, -2).toLowerCase()));
  return ownId ? digits(urn, 17) : "";
}

interface Naming {
  /** As providers name what the program does not: its name with a few digits. */
  name: string;
  region: string;
  /** `s3` and `bucket` of `aws:s3/bucket:Bucket`. */
  service: string;
  noun: string;
}

const zoneIn = ({ region }: { region: string }) => `${region}a`;

/** What a text says by the end of its property's name; the first that fits. */
const texts: readonly (readonly [RegExp, (naming: Naming) => string])[] = [
  [/region(Name)?$/i, ({ region }) => region],
  [/kms(Master)?Key(Id|Arn)?$/i, (naming) => arn({ ...naming, service: "kms", noun: "key" })],
  [/role(Arn)?$/i, (naming) => arn({ ...naming, region: "", service: "iam", noun: "role" })],
  [/arn$/i, arn],
  [/(account|owner|registry|catalog)(Id)?$/i, () => ACCOUNT],
  [/zone$/i, zoneIn],
  [/zoneId$/i, ({ region }) => awsRegion(region)?.zoneIds[0] ?? ""],
  [/^(?!.*ipv6).*cidr(Block)?$/i, () => "10.0.0.0/16"],
  [/(^ip|Ip|[iI]pAddress)$/, () => "10.0.0.10"],
  [/^policy$/, ownAccount],
  [/^bucket$|name$|identifier$/i, ({ name }) => name],
];

/** What a key allows by itself, and nothing more. */
function ownAccount(): string {
  const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const statement = { Effect: "Allow", Principal, Action: "*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function arn({ name, region, service, noun }: Naming): string {
  const partition = awsRegion(region)?.partition ?? "aws";
  return `arn:${partition}:${service}:${region}:${ACCOUNT}:${noun}/${name}`;
}

function ownType(urn: string): [service: string, noun: string] {
  const [service = "", noun = ""] = (urn.split("::")[2]?.split("$").at(-1)?.split(":")[1] ?? "").split("/");
  return [service, noun];
}

function digits(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
