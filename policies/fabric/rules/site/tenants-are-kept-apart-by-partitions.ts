import { type Finding, isUnknown, type Rule, type Value, type View } from "@hybrid-ai-fabric/graph";
import { isTenantPartition, partitionOf, writePartitionKey } from "@hybrid-ai-fabric/locality";
import { offersOf, pluginOf } from "./declared";
import { embeddedJson } from "./embedded-json";
import { broken, inDoubt, notKnown } from "./findings";
import { hasSection } from "./gpu-policies";
import { byCluster, fieldOf, type Manifest, ofKind, textOf } from "./manifests";
import { networksOf, networksPath, type PodTemplate, podsOf } from "./pods";

export const tenantsAreApart: Rule = {
  id: "tenants-are-kept-apart-by-partitions",
  pack: "fabric",
  severity: "critical",
  level: "mandatory",
  description:
    "Namespaces that share InfiniBand have a partition key each: between 0x1 and 0x7ffe, compared after & 0x7fff, and no pod has two.",
  remediation:
    "Write a NetworkAttachmentDefinition of type ib-sriov with a pkey of its own for every tenant; SriovIBNetwork has none.",
  evaluate: (view) => [
    ...byCluster(attachments(view)).flatMap((cluster) => judgeCluster(view, cluster)),
    ...podsOf(view).flatMap((pod) => judgePod(view, pod)),
  ],
};

/** One way into InfiniBand: an attachment with its key, or a network of the operator, which has none. */
interface Attachment {
  manifest: Manifest;
  cluster: string;
  property: string;
  namespace: string;
  key: Value | undefined;
  unknown: boolean;
  byUfm: boolean;
}

function attachments(view: View): Attachment[] {
  const written = embeddedJson(view, "spec.config").flatMap(
    ({ manifest, property, value, state }): Attachment[] => {
      const plugin = pluginOf(value, "ib-sriov");
      if (plugin === undefined && state !== "unknown") return [];
      return [
        {
          manifest,
          cluster: manifest.cluster,
          property,
          namespace: manifest.namespace ?? "default",
          key: fieldOf(plugin, "pkey"),
          unknown: state === "unknown",
          byUfm: fieldOf(plugin, "ibKubernetesEnabled") === true,
        },
      ];
    },
  );
  const keyless = ofKind(view, "SriovIBNetwork").map((manifest) => ({
    manifest,
    cluster: manifest.cluster,
    property: "spec",
    namespace:
      textOf(fieldOf(manifest.properties, "spec", "networkNamespace")) ?? manifest.namespace ?? "default",
    key: undefined,
    unknown: false,
    byUfm: false,
  }));
  return [...written, ...keyless];
}

function judgeCluster(view: View, all: readonly Attachment[]): Finding[] {
  const isolationAsked =
    new Set(all.map(({ namespace }) => namespace)).size > 1 || all.some(({ key }) => key !== undefined);
  const owners = new Map<number, string>();
  return all.flatMap((attachment) => {
    const { manifest, property, namespace, key, unknown, byUfm } = attachment;
    if (unknown || isUnknown(key)) return [notKnown(manifest, property)];
    const ufm =
      byUfm && !hasSection(view, attachment.cluster, "ibKubernetes") ? [withoutUfm(view, attachment)] : [];
    if (key === undefined) {
      return isolationAsked
        ? [
            broken(
              manifest,
              property,
              `${namespace} is on InfiniBand without a partition key, beside others.`,
            ),
          ]
        : [];
    }
    const partition = partitionOf(String(key));
    if (partition === undefined || !isTenantPartition(partition)) {
      const message = `pkey ${JSON.stringify(key)} is no tenant's: 0x1 to 0x7ffe are (0x7fff and 0xffff are everybody's).`;
      return [...ufm, broken(manifest, property, message)];
    }
    const owner = owners.get(partition) ?? namespace;
    owners.set(partition, owner);
    if (owner === namespace) return ufm;
    const shared = writePartitionKey(partition);
    return [...ufm, broken(manifest, property, `${namespace} shares partition ${shared} with ${owner}.`)];
  });
}

function withoutUfm(view: View, { manifest, property, cluster }: Attachment): Finding {
  const there = ofKind(view, "NicClusterPolicy").some((policy) => policy.cluster === cluster);
  return there
    ? broken(
        manifest,
        property,
        "ibKubernetesEnabled, but the NicClusterPolicy has no ibKubernetes: the pod never starts.",
      )
    : inDoubt(
        manifest,
        property,
        "ibKubernetesEnabled, but no NicClusterPolicy of this plan shows ibKubernetes.",
        "advisory",
      );
}

/** The plugin puts a pod into one partition only. */
function judgePod(view: View, pod: PodTemplate): Finding[] {
  const { networks } = offersOf(view, pod.cluster);
  const keys = networksOf(pod).names.flatMap(({ namespace, name }) => {
    const plugin = pluginOf(networks.get(`${namespace}/${name}`)?.config, "ib-sriov");
    const partition = partitionOf(textOf(fieldOf(plugin, "pkey")) ?? "");
    return partition === undefined ? [] : [writePartitionKey(partition)];
  });
  const distinct = [...new Set(keys)].sort();
  if (distinct.length < 2) return [];
  return [
    broken(
      pod.manifest,
      networksPath(pod),
      `the pod is in ${distinct.join(" and ")}; a pod has one partition.`,
    ),
  ];
}
