import { declaredProperties, type Finding, isUnknown, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { releasesOf } from "./gpu-policies";
import { byCluster, fieldOf, listOf, type Manifest, ofKind, textOf } from "./manifests";
import { type PodTemplate, podsOf } from "./pods";

export const domainsFit: Rule = {
  id: "compute-domains-fit-their-jobs",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A ComputeDomain shares memory over NVLink between the pods that claim its channel: as many as it says, in one clique, and from a template that exists, in a Kubernetes that has dynamic resource allocation.",
  remediation:
    "Set numNodes to 0, claim the template that the domain names, require podAffinity on nvidia.com/gpu.clique, use either ClusterPolicy or GPUCluster, and Kubernetes 1.32 or newer.",
  evaluate: (view) => [
    ...ofKind(view, "ComputeDomain").flatMap((domain) => judgeDomain(view, domain)),
    ...podsOf(view).flatMap((pod) => judgeClaims(view, pod)),
    ...twoStacks(view),
    ...tooOld(view),
  ],
};

const templateOf = (domain: Manifest) =>
  fieldOf(domain.properties, "spec", "channel", "resourceClaimTemplate", "name");

function claimsOf(pod: PodTemplate): string[] {
  return listOf(pod.spec.resourceClaims).flatMap(
    (claim) => textOf(fieldOf(claim, "resourceClaimTemplateName")) ?? [],
  );
}

function isNear(domain: Manifest, pod: PodTemplate): boolean {
  return domain.cluster === pod.cluster && (domain.namespace ?? "default") === pod.namespace;
}

function judgeDomain(view: View, domain: Manifest): Finding[] {
  const nodes = fieldOf(domain.properties, "spec", "numNodes");
  const template = templateOf(domain);
  if (isUnknown(nodes) || isUnknown(template)) return [notKnown(domain, "spec")];
  const pods = podsOf(view).filter(
    (pod) => isNear(domain, pod) && claimsOf(pod).includes(textOf(template) ?? ""),
  );
  const workers = pods.every(({ count }) => count !== undefined)
    ? pods.reduce((sum, { count }) => sum + (count ?? 0), 0)
    : undefined;
  const outside = pods.filter(
    (pod) => !JSON.stringify(pod.spec.affinity ?? null).includes("nvidia.com/gpu.clique"),
  );
  return [
    ...(typeof nodes === "number" &&
    nodes !== 0 &&
    pods.length > 0 &&
    workers !== undefined &&
    workers !== nodes
      ? [
          broken(
            domain,
            "spec.numNodes",
            `${nodes}, but ${workers} pods claim its channel and it waits for all.`,
          ),
        ]
      : []),
    ...outside.map((pod) =>
      broken(pod.manifest, `${pod.path}.affinity`, "pods may land in two cliques, which share no memory."),
    ),
  ];
}

/** Only where the plan holds domains of the namespace: elsewhere a template may come from anywhere. */
function judgeClaims(view: View, pod: PodTemplate): Finding[] {
  const domains = ofKind(view, "ComputeDomain").filter((domain) => isNear(domain, pod));
  if (domains.length === 0) return [];
  const names = [
    ...domains.flatMap((domain) => textOf(templateOf(domain)) ?? []),
    ...ofKind(view, "ResourceClaimTemplate").flatMap(({ name }) => name ?? []),
  ];
  return claimsOf(pod)
    .filter((claim) => !names.includes(claim))
    .map((claim) =>
      broken(
        pod.manifest,
        `${pod.path}.resourceClaims`,
        `no template is called ${claim}; there is ${names.join(", ")}.`,
      ),
    );
}

/** ClusterPolicy and GPUCluster install the same things in different ways. */
function twoStacks(view: View): Finding[] {
  return byCluster([
    ...ofKind(view, "ClusterPolicy", "GPUCluster"),
    ...releasesOf(view, "gpu-operator"),
  ]).flatMap((all) => {
    const classic = all.find(({ kind }) => kind !== "GPUCluster");
    const modern = all.find(({ kind }) => kind === "GPUCluster");
    return classic?.kind === "ClusterPolicy" && modern
      ? [
          broken(
            modern,
            "spec",
            `${classic.name ?? classic.resource.name} is a ClusterPolicy of the same cluster.`,
          ),
        ]
      : [];
  });
}

/** `kubeVersion` of the chart of the DRA driver, release 0.4.0. */
const DRA_MINOR = 32;
const DRA_CHARTS = ["dra-driver-nvidia-gpu", "nvidia-dra-driver-gpu"];

/** The version of a cluster is seen where its provider was computed from an EKS cluster of the plan. */
function tooOld(view: View): Finding[] {
  const byUrn = new Map(view.graph.resources.map((resource) => [resource.urn, resource]));
  const needing = [
    ...DRA_CHARTS.flatMap((chart) => releasesOf(view, chart)),
    ...ofKind(view, "ComputeDomain"),
  ];
  return needing.flatMap((manifest): Finding[] => {
    const provider = byUrn.get(manifest.cluster);
    const clusters = Object.values(provider?.propertyDependencies ?? {})
      .flat()
      .flatMap((urn) => byUrn.get(urn) ?? [])
      .filter(({ type }) => type === "aws:eks/cluster:Cluster");
    return clusters.flatMap((cluster): Finding[] => {
      const { version } = declaredProperties(cluster);
      if (isUnknown(version)) return [notKnown(manifest, "provider")];
      const minor = /^1\.(\d+)/.exec(textOf(version) ?? "")?.[1];
      if (minor === undefined || Number(minor) >= DRA_MINOR) return [];
      const message = `${cluster.name} has Kubernetes ${String(version)}, and the DRA driver needs 1.${DRA_MINOR}.`;
      return [broken(manifest, "provider", message)];
    });
  });
}
