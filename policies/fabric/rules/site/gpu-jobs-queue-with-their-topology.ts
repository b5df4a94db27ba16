import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { entriesOf, fieldOf, listOf, type Manifest, manifestsOf, ofKind } from "./manifests";
import { gpusOf, podsOf } from "./pods";

const HOST = "kubernetes.io/hostname";
const QUEUE = "kueue.x-k8s.io/queue-name";

export const queuedWithTopology: Rule = {
  id: "gpu-jobs-queue-with-their-topology",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "Kueue places a job near itself only when flavours name the topology and labels of their hosts, its levels end at the host, and the job asks for it.",
  remediation:
    "Give the flavour nodeLabels, end the levels with kubernetes.io/hostname, annotate the pods with podset-required-topology or podset-preferred-topology, and use kueue.x-k8s.io/v1beta2.",
  evaluate: (view) => [
    ...ofKind(view, "Topology").flatMap(judgeLevels),
    ...ofKind(view, "ResourceFlavor").flatMap(judgeFlavor),
    ...manifestsOf(view)
      .filter(({ group, version }) => group === "kueue.x-k8s.io" && version === "v1beta1")
      .map((manifest) => broken(manifest, "apiVersion", "v1beta1 is deprecated; v1beta2 is served.")),
    ...podsOf(view).flatMap((pod): Finding[] => {
      const queued = fieldOf(pod.manifest.properties, "metadata", "labels", QUEUE) !== undefined;
      if (!queued || gpusOf(pod) === 0) return [];
      if (isUnknown(pod.annotations)) return [notKnown(pod.manifest, `${pod.path} annotations`)];
      const asks = entriesOf(pod.annotations).some(([key]) =>
        /^kueue\.x-k8s\.io\/podset-.*topology$/.test(key),
      );
      return asks
        ? []
        : [broken(pod.manifest, `${pod.path} annotations`, "it queues for GPUs but asks for no topology.")];
    }),
  ],
};

function judgeLevels(topology: Manifest): Finding[] {
  const levels = fieldOf(topology.properties, "spec", "levels");
  const last = fieldOf(listOf(levels).at(-1), "nodeLabel");
  if (isUnknown(levels) || isUnknown(last)) return [notKnown(topology, "spec.levels")];
  if (levels === undefined || last === HOST) return [];
  return [broken(topology, "spec.levels", `the last level must be ${HOST}, or pods are not bound to hosts.`)];
}

function judgeFlavor(flavor: Manifest): Finding[] {
  const topology = fieldOf(flavor.properties, "spec", "topologyName");
  const labels = fieldOf(flavor.properties, "spec", "nodeLabels");
  if (isUnknown(topology) || isUnknown(labels)) return [notKnown(flavor, "spec")];
  if (topology === undefined || entriesOf(labels).length > 0) return [];
  return [broken(flavor, "spec.nodeLabels", "a flavour with a topology needs a label of its hosts.")];
}
