import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claims, type ResourceSpec, ref, type Spec, unborn } from "../../../support/plan";

const HOME = "ap-northeast-1";
const AWAY = "us-east-1";

/**
 * A way out that a plan can open, one line of `leaks.json` each. They are written from what the services and their SDKs
 * do, and not from the catalogue: what that misreads, its own generated tests cannot see.
 */
export interface Leak {
  name: string;
  /** The same plan with its end inside, which must pass; absent where no such end is ever inside. */
  home?: ResourceSpec[];
  /** Plans that must be refused, by what is known of the end: abroad, unknown, computed from a resource abroad, secret. */
  open: { [how: string]: ResourceSpec[] };
}

interface End {
  home: Written;
  away: Written;
  /** Type of a resource that such an end may be computed from. */
  type?: string;
}

interface WrittenLeak {
  leak: string;
  /** What `{end}` in the resources stands for: the name of a kind of end, or its two values. */
  end?: string | End;
  resources?: WrittenResource[];
  neverInside?: true;
  home?: WrittenResource[];
  away?: WrittenResource[];
  unknown?: WrittenResource[];
}

interface WrittenResource extends Omit<ResourceSpec, "name" | "properties" | "outputs"> {
  /** Default: `subject`. */
  name?: string;
  /** It is labelled with the dataset. */
  holdsClaims?: true;
  properties: { [property: string]: Written };
  outputs?: { [property: string]: Written };
}

type Written = null | boolean | number | string | Written[] | { [key: string]: Written };

const corpus = JSON.parse(readFileSync(join(__dirname, "leaks.json"), "utf8")) as {
  ends: { [name: string]: End };
  families: { [family: string]: WrittenLeak[] };
};

const holder: WrittenResource = {
  type: "s3/bucket",
  name: "claims",
  holdsClaims: true,
  properties: { bucket: "claims" },
};

/** Every family with its ways out. */
export const families: { [family: string]: Leak[] } = Object.fromEntries(
  Object.entries(corpus.families).map(([family, leaks]) => [family, leaks.map(readLeak)]),
);

function readLeak(written: WrittenLeak): Leak {
  const { leak: name, end, resources = [], neverInside, home, away, unknown } = written;
  const kind = typeof end === "string" ? corpus.ends[end] : end;
  if (!kind) {
    const open = { away: specsOf(away ?? [], ""), ...(unknown ? { unknown: specsOf(unknown, "") } : {}) };
    return { name, ...(home ? { home: specsOf(home, "") } : {}), open };
  }
  const within = (value: Spec, ...more: WrittenResource[]) => specsOf([...resources, ...more], value);
  const origin: WrittenResource[] = kind.type
    ? [{ type: kind.type, name: "end", properties: { region: AWAY } }]
    : [];
  return {
    name,
    ...(neverInside ? {} : { home: within(read(kind.home, "")) }),
    open: {
      away: within(read(kind.away, "")),
      unknown: within(unborn),
      secret: within({ $secret: true }),
      ...(origin.length > 0 ? { traced: within(ref("end"), ...origin) } : {}),
    },
  };
}

/** Where nothing else holds the dataset, a bucket does. */
function specsOf(resources: readonly WrittenResource[], end: Spec): ResourceSpec[] {
  const specs = resources.map((resource) => specOf(resource, end));
  const held = specs.some(({ name }) => name === "claims");
  return held ? specs : [specOf(holder, end), ...specs];
}

function specOf(
  { type, holdsClaims, properties, outputs, ...rest }: WrittenResource,
  end: Spec,
): ResourceSpec {
  return {
    name: "subject",
    ...(rest.provider ? {} : { providerRegion: HOME }),
    ...rest,
    type: fullType(type),
    properties: { ...readAll(properties, end), ...(holdsClaims ? { tags: claims } : {}) },
    ...(outputs ? { outputs: readAll(outputs, end) } : {}),
  };
}

function fullType(type: string): string {
  const [, name = ""] = type.split("/");
  return type.includes(":") ? type : `aws:${type}:${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function readAll(properties: { [property: string]: Written }, end: Spec): { [property: string]: Spec } {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, read(value, end)]));
}

/** A text around an end is unknown as a whole where the end is. */
function read(value: Written, end: Spec): Spec {
  if (typeof value === "string") {
    if (!value.includes("{end}")) return value;
    return value === "{end}" || typeof end !== "string" ? end : value.replaceAll("{end}", end);
  }
  if (Array.isArray(value)) return value.map((element) => read(element, end));
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value) return ref(String(value.$ref));
  if ("$unknown" in value) return unborn;
  if ("$base64" in value) {
    const text = read(String(value.$base64), end);
    return typeof text === "string" ? Buffer.from(text).toString("base64") : text;
  }
  return readAll(value, end);
}
