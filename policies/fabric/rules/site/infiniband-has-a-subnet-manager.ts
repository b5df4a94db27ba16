import { type Finding, isUnknown, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { partitionOf, writePartitionKey } from "@hybrid-ai-fabric/locality";
import { pluginOf } from "./declared";
import { embeddedJson } from "./embedded-json";
import { broken, notKnown } from "./findings";
import { entriesOf, fieldOf, type Manifest, ofKind, textOf } from "./manifests";

/** Annotation of a NicClusterPolicy that names who manages the subnet, where it is not the UFM of ib-kubernetes. */
const MANAGER = "hybrid-ai/subnet-manager";

/** Partition of every port, in the low 15 bits of its key. */
const EVERYBODY = 0x7fff;

export const subnetManagerIsThere: Rule = {
  id: "infiniband-has-a-subnet-manager",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A cluster that configures InfiniBand says who manages its subnet: without a manager no port comes up. Where OpenSM does, the partition of everybody does not join tenants who have their own.",
  remediation:
    "Give the NicClusterPolicy ibKubernetes (UFM) or the annotation hybrid-ai/subnet-manager: opensm, and write Default=0x7fff, ipoib, defmember=limited : ALL, SELF=full.",
  evaluate: (view) => {
    const onInfiniBand = clustersOnInfiniBand(view);
    return [
      ...ofKind(view, "NicClusterPolicy")
        .filter(({ cluster }) => onInfiniBand.has(cluster))
        .flatMap(judgePolicy),
      ...ofKind(view, "ConfigMap").flatMap(judgePartitions),
    ];
  },
};

/** Only where the adapters are configured by the plan: elsewhere the manager is in the same hands as they are. */
function clustersOnInfiniBand(view: View): Set<string> {
  const rails = ofKind(view, "SriovNetworkNodePolicy").filter(
    ({ properties }) => textOf(fieldOf(properties, "spec", "linkType"))?.toLowerCase() === "ib",
  );
  const attachments = embeddedJson(view, "spec.config").filter(
    ({ value }) => pluginOf(value, "ib-sriov") !== undefined,
  );
  return new Set([
    ...[...rails, ...ofKind(view, "SriovIBNetwork", "IPoIBNetwork")].map(({ cluster }) => cluster),
    ...attachments.map(({ manifest }) => manifest.cluster),
  ]);
}

function judgePolicy(policy: Manifest): Finding[] {
  const ufm = fieldOf(policy.properties, "spec", "ibKubernetes");
  const named = fieldOf(policy.properties, "metadata", "annotations", MANAGER);
  if (entriesOf(ufm).length > 0 || textOf(named) !== undefined) return [];
  if (isUnknown(ufm)) return [notKnown(policy, "spec.ibKubernetes")];
  if (isUnknown(named)) return [notKnown(policy, "metadata.annotations")];
  return [
    broken(
      policy,
      "spec.ibKubernetes",
      "the cluster is on InfiniBand, and neither UFM nor an OpenSM is named that brings its ports up.",
    ),
  ];
}

/** Text for OpenSM in a ConfigMap: whatever entry defines the partition of everybody. */
function judgePartitions(map: Manifest): Finding[] {
  return entriesOf(map.properties.data).flatMap(([key, text]) => {
    const partitions = typeof text === "string" ? readPartitions(text) : [];
    const everybody = partitions.find(({ number }) => number === EVERYBODY);
    const tenants = partitions.filter(({ number }) => number !== EVERYBODY);
    if (!everybody?.joinsAll || tenants.length < 2) return [];
    const names = tenants.map(({ name }) => name).join(", ");
    const message = `all ports are full members of ${writePartitionKey(EVERYBODY)}, so that ${names} reach each other there.`;
    return [broken(map, `data["${key}"]`, message)];
  });
}

interface Partition {
  name: string;
  number: number;
  /** Its members talk to each other whoever they are. */
  joinsAll: boolean;
}

/** Lines of partitions.conf: `name=key, flag, flag=value : member, member=full ;` */
function readPartitions(text: string): Partition[] {
  return text
    .replace(/#.*$/gm, "")
    .split(";")
    .flatMap((line): Partition[] => {
      const [, name = "", key = "", flags = "", members = ""] =
        /^\s*([^=,:\s]+)\s*=\s*(0x[0-9a-fA-F]+)([^:]*):(.*)$/s.exec(line) ?? [];
      const number = partitionOf(key);
      if (number === undefined) return [];
      const full = /\bdefmember\s*=\s*full\b/i.test(flags) && /\bALL\b(?!\s*=\s*limited)/.test(members);
      return [{ name, number, joinsAll: full || /\bALL\s*=\s*full\b/.test(members) }];
    });
}
