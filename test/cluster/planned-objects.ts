import type { KubernetesObject } from "./api";

/** What a plan file says of a resource. */
export interface PlannedObject {
  urn: string;
  type: string;
  inputs: { [property: string]: unknown };
}

/** An object of a plan, made ready for a server. */
export interface Prepared {
  urn: string;
  object: KubernetesObject;
  /** Paths whose value only creation will tell: they are left out. */
  unknown: string[];
}

/** The Kubernetes objects of a plan; what Helm would install is not in it. */
export function kubernetesObjects(resources: readonly PlannedObject[]): Prepared[] {
  return resources.filter(isObject).map(({ urn, type, inputs }) => {
    const unknown: string[] = [];
    const [, groupVersion = "", token = ""] = type.split(":");
    const content = withoutUnknown(inputs, "", unknown) as { [field: string]: unknown };
    const object = {
      ...content,
      apiVersion: groupVersion.replace(/^core\//, ""),
      kind: token.replace(/Patch$/, ""),
      metadata: (content.metadata ?? {}) as KubernetesObject["metadata"],
    };
    return { urn, object, unknown };
  });
}

function isObject({ type }: PlannedObject): boolean {
  return /^kubernetes:[^:]+\/[^:]+:/.test(type) && !type.startsWith("kubernetes:helm.sh/");
}

/** Texts that a server demands whatever they are: ids that only creation tells. */
const REQUIRED_TEXTS: readonly string[] = ["spec.csi.volumeHandle"];

/** Secrets keep their place with nothing in it; what is not known is left out. */
function withoutUnknown(value: unknown, path: string, unknown: string[]): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => {
      const kept = withoutUnknown(element, `${path}[${index}]`, unknown);
      return kept === undefined ? [] : [kept];
    });
  }
  if (typeof value !== "object" || value === null) return value;
  const record = value as { [key: string]: unknown };
  if (record.$unknown === true) {
    unknown.push(path);
    return REQUIRED_TEXTS.includes(path) ? "not-known-yet" : undefined;
  }
  if (record.$secret === true) return path.endsWith("tringData") || path.endsWith("data") ? {} : "secret";
  return Object.fromEntries(
    Object.entries(record)
      .map(([key, child]) => [key, withoutUnknown(child, path === "" ? key : `${path}.${key}`, unknown)])
      .filter(([, child]) => child !== undefined),
  ) as unknown;
}

/** Namespaces that objects stand in: the server refuses an object whose namespace is not there, even in a dry run. */
export function namespacesOf(prepared: readonly Prepared[]): string[] {
  const names = prepared.flatMap(({ object }) => object.metadata.namespace ?? []);
  return [...new Set(names)].filter((name) => name !== "default").sort();
}
