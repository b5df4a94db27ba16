import {
  declaredProperties,
  type Graph,
  isRecord,
  isUnknown,
  type PlannedResource,
  type Properties,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";

/** A Kubernetes object of the plan, whoever wrote it. */
export interface Manifest {
  resource: PlannedResource;
  /** Without the version, and empty for the core group: mellanox.com. */
  group: string;
  version: string;
  kind: string;
  properties: Properties;
  /** Undefined when it is left to the provider or not known yet. */
  name: string | undefined;
  namespace: string | undefined;
  /** Objects of one provider are in one cluster. */
  cluster: string;
}

const cache = new WeakMap<Graph, readonly Manifest[]>();

/** All Kubernetes objects of a plan, read once for all rules. */
export function manifestsOf({ graph }: View): readonly Manifest[] {
  const known = cache.get(graph);
  if (known) return known;
  const manifests = graph.resources
    .filter(({ type }) => type.startsWith("kubernetes:") && type.includes("/"))
    .map(manifestOf);
  cache.set(graph, manifests);
  return manifests;
}

const kindCache = new WeakMap<Graph, ReadonlyMap<string, readonly Manifest[]>>();

/** Objects of some kinds, in the order of the plan: rules ask for each pod, so that a scan each time would be quadratic. */
export function ofKind(view: View, ...kinds: readonly string[]): Manifest[] {
  let byKind = kindCache.get(view.graph);
  if (!byKind) {
    byKind = groupByKind(manifestsOf(view));
    kindCache.set(view.graph, byKind);
  }
  const known = byKind;
  return kinds.flatMap((kind) => known.get(kind) ?? []);
}

function groupByKind(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const byKind = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    if (manifest.group === "helm.sh") continue;
    const others = byKind.get(manifest.kind);
    if (others) others.push(manifest);
    else byKind.set(manifest.kind, [manifest]);
  }
  return byKind;
}

function manifestOf(resource: PlannedResource): Manifest {
  const [, groupVersion = "", token = ""] = resource.type.split(":");
  const [group = "", version = ""] = groupVersion.split("/");
  const properties = declaredProperties(resource);
  return {
    resource,
    group: group === "core" ? "" : group,
    version,
    // A patch changes an object of the same kind.
    kind: token.replace(/Patch$/, ""),
    properties,
    name: textOf(fieldOf(properties.metadata, "name")),
    namespace: textOf(fieldOf(properties.metadata, "namespace")),
    cluster: resource.provider ?? "",
  };
}

/** A field of a record; what lies beneath an unknown is unknown. */
export function fieldOf(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  let at = value;
  for (const step of path) {
    if (isUnknown(at)) return at;
    at = isRecord(at) ? at[step] : undefined;
  }
  return at;
}

export function textOf(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function listOf(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

export function entriesOf(value: Value | undefined): [string, Value][] {
  return isRecord(value) && !isUnknown(value) ? Object.entries(value) : [];
}

/** Objects by cluster: names are unique within one only. */
export function byCluster<T extends { cluster: string }>(all: readonly T[]): T[][] {
  const clusters = new Map<string, T[]>();
  for (const one of all) {
    const others = clusters.get(one.cluster);
    if (others) others.push(one);
    else clusters.set(one.cluster, [one]);
  }
  return [...clusters.values()];
}
