import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { byCluster, entriesOf, fieldOf, type Manifest, ofKind } from "./manifests";

const NAME = "nic-cluster-policy";
const sections = ["ofedDriver", "rdmaSharedDevicePlugin", "sriovDevicePlugin"];

export const onePolicy: Rule = {
  id: "a-cluster-has-one-adapter-policy",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A cluster has one NicClusterPolicy, called nic-cluster-policy: the operator ignores every other. A section of it is not in a NicNodePolicy as well.",
  remediation: "Put everything into one object of that name, or move whole sections to NicNodePolicy.",
  evaluate: (view) =>
    byCluster(ofKind(view, "NicClusterPolicy", "NicNodePolicy")).flatMap((all) => {
      const policies = all.filter(({ kind }) => kind === "NicClusterPolicy");
      const perNode = all.filter(({ kind }) => kind === "NicNodePolicy");
      return [
        ...policies.flatMap(judgeName),
        ...policies
          .slice(1)
          .map((policy) => broken(policy, "metadata.name", "it is the second in its cluster.")),
        ...policies.flatMap((policy) => perNode.flatMap((other) => shared(policy, other))),
      ];
    }),
};

function judgeName(policy: Manifest): Finding[] {
  const name = fieldOf(policy.properties, "metadata", "name");
  if (isUnknown(name)) return [notKnown(policy, "metadata.name")];
  return name === NAME
    ? []
    : [broken(policy, "metadata.name", `it must be ${NAME}; the operator ignores any other.`)];
}

function shared(policy: Manifest, other: Manifest): Finding[] {
  const has = (manifest: Manifest, section: string) =>
    entriesOf(fieldOf(manifest.properties, "spec", section)).length > 0;
  return sections
    .filter((section) => has(policy, section) && has(other, section))
    .map((section) => broken(other, `spec.${section}`, "the NicClusterPolicy has the same section."));
}
