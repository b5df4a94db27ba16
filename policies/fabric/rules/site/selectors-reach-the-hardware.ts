import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { entriesOf, fieldOf, listOf, type Manifest, ofKind } from "./manifests";
import { fabricResources, gpusOf, networksOf, networksPath, type PodTemplate, podsOf } from "./pods";

export const selectorsReach: Rule = {
  id: "selectors-reach-the-hardware",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "Port policies select hosts with an NVIDIA adapter, GPU pods tolerate the taint of GPU hosts, and pods take networks of their own namespace.",
  remediation:
    "Select feature.node.kubernetes.io/pci-15b3.present or a label of the pool, tolerate nvidia.com/gpu, and put network and job into one namespace.",
  evaluate: (view) => [
    ...ofKind(view, "SriovNetworkNodePolicy").flatMap(judgePolicy),
    ...podsOf(view).flatMap(judgePod),
  ],
};

/** A label that says something of the host's hardware or pool, not only of its system or role. */
const isHardware = (label: string) => !/^(kubernetes\.io\/(os|arch)|node-role\.kubernetes\.io\/)/.test(label);

function judgePolicy(manifest: Manifest): Finding[] {
  const selector = fieldOf(manifest.properties, "spec", "nodeSelector");
  if (isUnknown(selector)) return [notKnown(manifest, "spec.nodeSelector")];
  if (selector === undefined || entriesOf(selector).some(([label]) => isHardware(label))) return [];
  return [broken(manifest, "spec.nodeSelector", "it also takes hosts without an adapter.")];
}

function judgePod(pod: PodTemplate): Finding[] {
  const gpus = gpusOf(pod);
  // Hosts of a cloud carry no such taint by default: only pods with ports of a site are meant.
  if (gpus === 0 || fabricResources(pod).length === 0) return [];
  const { tolerations } = pod.spec;
  if (isUnknown(tolerations)) return [notKnown(pod.manifest, `${pod.path}.tolerations`)];
  const tolerates = listOf(tolerations).some((toleration) => {
    const key = fieldOf(toleration, "key");
    return key === "nvidia.com/gpu" || (key === undefined && fieldOf(toleration, "operator") === "Exists");
  });
  const foreign = networksOf(pod).names.filter(({ namespace }) => namespace !== pod.namespace);
  return [
    ...(tolerates
      ? []
      : [broken(pod.manifest, `${pod.path}.tolerations`, "the taint nvidia.com/gpu is not tolerated.")]),
    ...foreign.map(({ namespace, name }) =>
      broken(
        pod.manifest,
        networksPath(pod),
        `${namespace}/${name} is not in ${pod.namespace}; with isolated namespaces it is refused.`,
      ),
    ),
  ];
}
