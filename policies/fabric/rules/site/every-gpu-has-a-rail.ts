import {
  declaredProperties,
  type Finding,
  isUnknown,
  leavesAt,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { gpuHost } from "@hybrid-ai-fabric/locality";
import { offersOf } from "./declared";
import { broken, inDoubt, notKnown } from "./findings";
import { fieldOf, textOf } from "./manifests";
import { gpusOf, isFabricResource, limitsOf, networksOf, type PodTemplate, podsOf } from "./pods";

export const railPerGpu: Rule = {
  id: "every-gpu-has-a-rail",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A pod that uses the fabric has as many ports as GPUs: HGX hosts are built 8 to 8, GB200 and GB300 trays 4 to 4. With fewer, GPUs share ports and the slowest pair sets the pace.",
  remediation: "Give the pod one resource and one network per rail, and the hosts one rail per GPU.",
  evaluate: (view) => [...podsOf(view).flatMap((pod) => judgePod(view, pod)), ...fabrics(view)],
};

function judgePod(view: View, pod: PodTemplate): Finding[] {
  const property = `${pod.path}.containers[].resources.limits`;
  const limits = limitsOf(pod);
  const ports = [...limits].filter(([name]) => isFabricResource(name));
  const gpus = gpusOf(pod);
  const onlyIpoib = overIpoibOnly(view, pod);
  if (ports.length === 0 && !onlyIpoib) return [];
  if (gpus === undefined || ports.some(([, amount]) => amount === undefined))
    return [notKnown(pod.manifest, property)];
  if (gpus < 2) return [];
  if (onlyIpoib) return [broken(pod.manifest, property, `${gpus} GPUs share one IPoIB network on one port.`)];
  // A shared RDMA device is one resource for all ports of a host.
  if (ports.some(([name]) => name.startsWith("rdma/"))) return [];
  const count = ports.reduce((sum, [, amount]) => sum + (amount ?? 0), 0);
  return count >= gpus ? [] : [broken(pod.manifest, property, `${gpus} GPUs, but ${count} ports.`)];
}

function overIpoibOnly(view: View, pod: PodTemplate): boolean {
  const { networks } = offersOf(view, pod.cluster);
  const kinds = networksOf(pod).names.map(
    ({ namespace, name }) => networks.get(`${namespace}/${name}`)?.manifest.kind,
  );
  return kinds.length === 1 && kinds[0] === "IPoIBNetwork";
}

/** Fabrics of this library say their hosts and rails. */
function fabrics(view: View): Finding[] {
  return view.graph.resources
    .filter(({ type }) => /^hybrid-ai-fabric:index:(InfiniBand|Roce)Fabric$/.test(type))
    .flatMap((resource): Finding[] => {
      const properties = declaredProperties(resource);
      const manifest = {
        resource,
        group: "",
        version: "",
        kind: resource.type.split(":").at(-1) ?? "",
        properties,
        name: resource.name,
        namespace: undefined,
        cluster: "",
      };
      const model = textOf(properties.gpuModel);
      const gpus = properties.gpusPerHost;
      const rails = leavesAt(properties, "rdmaResources");
      if (isUnknown(gpus) || rails.some(({ value }) => isUnknown(value)))
        return [inDoubt(manifest, "rdmaResources", "GPUs and rails are not known before creation.")];
      const host = model === undefined ? undefined : gpuHost(model);
      if (!host || typeof gpus !== "number" || fieldOf(properties, "rdmaResources") === undefined) return [];
      const wanted = Math.ceil((gpus * host.hcasPerHost) / host.gpusPerHost);
      return rails.length >= wanted
        ? []
        : [
            broken(
              manifest,
              "rdmaResources",
              `${gpus} GPUs of ${model} per host, but ${rails.length} rails; ${wanted} are usual.`,
            ),
          ];
    });
}
