import type { Finding, Rule, View } from "@hybrid-ai-fabric/graph";
import { isUnknown, type Value } from "@hybrid-ai-fabric/graph";
import { type Offers, offersOf } from "./declared";
import { broken, inDoubt, notKnown } from "./findings";
import { fieldOf, type Manifest, manifestsOf, ofKind, textOf } from "./manifests";
import { fabricResources, podsOf } from "./pods";

export const resourcesExist: Rule = {
  id: "pods-ask-for-resources-that-exist",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Every adapter resource that a pod or a network asks for is produced by an SR-IOV policy or a device plugin of its cluster.",
  remediation: "Write the resource name exactly as the policy or the plugin configuration has it.",
  evaluate: (view) => [...ofPods(view), ...ofNetworks(view), ...ofHiddenPods(view)],
};

function ofPods(view: View): Finding[] {
  return podsOf(view).flatMap((pod) =>
    fabricResources(pod).flatMap((name) =>
      judge(
        pod.manifest,
        `${pod.path}.containers[].resources.limits["${name}"]`,
        name,
        offersOf(view, pod.cluster),
      ),
    ),
  );
}

/** Networks take their device from a resource as well. */
function ofNetworks(view: View): Finding[] {
  const networks = ofKind(view, "SriovNetwork", "SriovIBNetwork", "HostDeviceNetwork").map((manifest) => ({
    manifest,
    property: "spec.resourceName",
    value: fieldOf(manifest.properties, "spec", "resourceName"),
  }));
  const annotation = "k8s.v1.cni.cncf.io/resourceName";
  const attachments = ofKind(view, "NetworkAttachmentDefinition").map((manifest) => ({
    manifest,
    property: `metadata.annotations["${annotation}"]`,
    value: fieldOf(manifest.properties, "metadata", "annotations", annotation),
  }));
  return [...networks, ...attachments].flatMap(({ manifest, property, value }) => {
    if (isUnknown(value)) return [notKnown(manifest, property)];
    const name = textOf(value);
    return name === undefined ? [] : judge(manifest, property, name, offersOf(view, manifest.cluster));
  });
}

function judge(manifest: Manifest, property: string, name: string, offers: Offers): Finding[] {
  const bare = name.split("/").at(-1) ?? name;
  const byPolicy = offers.sriov.has(bare) && !name.startsWith("rdma/");
  const byPlugin = offers.resources.has(name) || offers.resources.has(`nvidia.com/${name}`);
  if (byPolicy || byPlugin) return [];
  if (offers.unknownResources)
    return [
      inDoubt(
        manifest,
        property,
        `nothing known produces ${name}, and what produces the rest is not known yet.`,
      ),
    ];
  const produced = [
    ...[...offers.sriov.keys()].map((key) => `nvidia.com/${key}`),
    ...offers.resources,
  ].sort();
  if (produced.length === 0) {
    const message = `nothing in this plan produces ${name}; it must be in the cluster already.`;
    return [inDoubt(manifest, property, message, "advisory")];
  }
  return [broken(manifest, property, `nothing produces ${name}; there is ${produced.join(", ")}.`)];
}

const workloads = [
  "Pod",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "CronJob",
  "JobSet",
  "MPIJob",
  "PyTorchJob",
];

/** A workload whose spec is only known later could ask for anything. */
function ofHiddenPods(view: View): Finding[] {
  return manifestsOf(view)
    .filter(
      ({ kind, properties }) => workloads.includes(kind) && isUnknown(properties.spec as Value | undefined),
    )
    .map((manifest) => notKnown(manifest, "spec"));
}
