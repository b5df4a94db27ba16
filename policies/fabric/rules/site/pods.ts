import { type Graph, isRecord, isUnknown, type Value, type View } from "@hybrid-ai-fabric/graph";
import { entriesOf, fieldOf, listOf, type Manifest, manifestsOf, textOf } from "./manifests";

/** A pod that some object describes: the object itself, or a template anywhere inside it. */
export interface PodTemplate {
  manifest: Manifest;
  cluster: string;
  namespace: string;
  /** Path of the pod's spec, such as spec.template.spec. */
  path: string;
  spec: { [key: string]: Value };
  annotations: Value | undefined;
  /** Pods of this template; undefined when nothing says so. */
  count: number | undefined;
  containers: Value[];
}

const cache = new WeakMap<Graph, readonly PodTemplate[]>();

/** All pods of a plan. Kinds are many and not all are known, so whatever holds a list of containers is a pod. */
export function podsOf(view: View): readonly PodTemplate[] {
  const known = cache.get(view.graph);
  if (known) return known;
  const pods = manifestsOf(view)
    .filter(({ group }) => group !== "helm.sh")
    .flatMap((manifest) => search(manifest, manifest.properties, "", undefined, undefined));
  cache.set(view.graph, pods);
  return pods;
}

function search(
  manifest: Manifest,
  value: Value,
  path: string,
  owner: { [key: string]: Value } | undefined,
  count: number | undefined,
): PodTemplate[] {
  if (isUnknown(value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((element, index) =>
      search(manifest, element, `${path}[${index}]`, undefined, count),
    );
  }
  if (!isRecord(value)) return [];
  const own = Array.isArray(value.containers) ? [podOf(manifest, value, path, owner, count)] : [];
  const number = [value.parallelism, value.completions, value.replicas, value.numNodes].find(
    (candidate) => typeof candidate === "number",
  );
  const inside = Object.entries(value).flatMap(([key, child]) =>
    key === "containers"
      ? []
      : search(
          manifest,
          child,
          path === "" ? key : `${path}.${key}`,
          value,
          typeof number === "number" ? number : count,
        ),
  );
  return [...own, ...inside];
}

function podOf(
  manifest: Manifest,
  spec: { [key: string]: Value },
  path: string,
  owner: { [key: string]: Value } | undefined,
  count: number | undefined,
): PodTemplate {
  return {
    manifest,
    cluster: manifest.cluster,
    namespace: manifest.namespace ?? "default",
    path,
    spec,
    annotations: fieldOf(owner?.metadata, "annotations"),
    count,
    containers: [...listOf(spec.initContainers), ...listOf(spec.containers)],
  };
}

/** Resources that the containers of a pod take, with their amounts; unknown amounts are undefined. */
export function limitsOf(pod: PodTemplate): Map<string, number | undefined> {
  const limits = new Map<string, number | undefined>();
  for (const container of pod.containers) {
    const resources = fieldOf(container, "resources");
    const asked = new Map([
      ...entriesOf(fieldOf(resources, "requests")),
      ...entriesOf(fieldOf(resources, "limits")),
    ]);
    for (const [name, amount] of asked) {
      const number = isUnknown(amount) ? undefined : Number(amount);
      const before = limits.has(name) ? limits.get(name) : 0;
      limits.set(name, before === undefined || number === undefined ? undefined : before + number);
    }
  }
  return limits;
}

export const GPU = "nvidia.com/gpu";

/** Resources of adapters: everything of NVIDIA's that is no GPU, and RDMA devices. */
export function isFabricResource(name: string): boolean {
  if (name === GPU || /^nvidia\.com\/(gpu|mig-|gpu\.)/.test(name)) return false;
  return /^(nvidia\.com|rdma|mellanox\.com|openshift\.io)\//.test(name);
}

export function fabricResources(pod: PodTemplate): string[] {
  return [...limitsOf(pod).keys()].filter(isFabricResource);
}

/** GPUs of a pod: 0 without one, undefined when the number is not known. */
export function gpusOf(pod: PodTemplate): number | undefined {
  const limits = limitsOf(pod);
  return limits.has(GPU) ? limits.get(GPU) : 0;
}

/** Environment of all containers, as far as it is written out. */
export function environmentOf(pod: PodTemplate): Map<string, Value> {
  return new Map(
    pod.containers.flatMap((container) =>
      listOf(fieldOf(container, "env")).flatMap((variable) => {
        const name = textOf(fieldOf(variable, "name"));
        const value = fieldOf(variable, "value");
        return name === undefined || value === undefined ? [] : [[name, value] as const];
      }),
    ),
  );
}

const NETWORKS = "k8s.v1.cni.cncf.io/networks";

/** Networks that a pod attaches to; `unknown` when the annotation is not known. */
export function networksOf(pod: PodTemplate): {
  names: { namespace: string; name: string }[];
  unknown: boolean;
} {
  const annotation = fieldOf(pod.annotations, NETWORKS);
  if (isUnknown(annotation)) return { names: [], unknown: true };
  const text = textOf(annotation);
  if (text === undefined) return { names: [], unknown: false };
  return { names: text.trim().startsWith("[") ? fromJson(text, pod) : fromList(text, pod), unknown: false };
}

export const networksPath = (pod: PodTemplate): string =>
  `${pod.path.replace(/\.?spec$/, "") || "metadata"}${pod.path.includes(".") ? ".metadata" : ""}.annotations["${NETWORKS}"]`;

function fromList(text: string, pod: PodTemplate): { namespace: string; name: string }[] {
  return text.split(",").map((entry) => {
    const bare = entry.trim().split("@", 1)[0] ?? "";
    const [first = "", second] = bare.split("/");
    return second === undefined
      ? { namespace: pod.namespace, name: first }
      : { namespace: first, name: second };
  });
}

function fromJson(text: string, pod: PodTemplate): { namespace: string; name: string }[] {
  try {
    const list = JSON.parse(text) as { name?: string; namespace?: string }[];
    return list.map(({ name, namespace }) => ({ namespace: namespace ?? pod.namespace, name: name ?? "" }));
  } catch {
    return [{ namespace: pod.namespace, name: text }];
  }
}
