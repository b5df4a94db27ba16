import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { byCluster, fieldOf, type Manifest, ofKind, textOf } from "./manifests";

/** IPoIB in datagram mode: 4096 bytes of InfiniBand less 4 of its own header. */
const INFINIBAND_MAX = 4092;
/** A RoCE packet carries 4096 bytes and its headers. */
const ROCE_MIN = 4200;

export const mtuAgrees: Rule = {
  id: "mtu-agrees-along-the-fabric",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "All ports of one fabric have the same MTU, not above what InfiniBand takes and not below what RoCE needs.",
  remediation: `Leave mtu out on InfiniBand or set it to ${INFINIBAND_MAX} at most; set 9000 on every RoCE port and on the switches.`,
  evaluate: (view) =>
    byCluster(ofKind(view, "SriovNetworkNodePolicy")).flatMap((policies) => [
      ...policies.flatMap(judge),
      ...differing(policies.filter((policy) => linkOf(policy) === "ib")),
      ...differing(policies.filter((policy) => linkOf(policy) !== "ib" && isRdma(policy))),
    ]),
};

const mtuOf = (manifest: Manifest) => fieldOf(manifest.properties, "spec", "mtu");
const linkOf = (manifest: Manifest) =>
  textOf(fieldOf(manifest.properties, "spec", "linkType"))?.toLowerCase();
const isRdma = (manifest: Manifest) => fieldOf(manifest.properties, "spec", "isRdma") === true;

function judge(manifest: Manifest): Finding[] {
  const mtu = mtuOf(manifest);
  if (isUnknown(mtu)) return [notKnown(manifest, "spec.mtu")];
  if (typeof mtu !== "number") return [];
  if (linkOf(manifest) === "ib" && mtu > INFINIBAND_MAX)
    return [
      broken(manifest, "spec.mtu", `${mtu} is above ${INFINIBAND_MAX}, the most that InfiniBand takes.`),
    ];
  if (linkOf(manifest) !== "ib" && isRdma(manifest) && mtu < ROCE_MIN)
    return [broken(manifest, "spec.mtu", `${mtu} is below ${ROCE_MIN}: RoCE splits its packets.`)];
  return [];
}

function differing(policies: readonly Manifest[]): Finding[] {
  const [first] = policies;
  if (!first) return [];
  return policies
    .filter((policy) => !isUnknown(mtuOf(policy)) && mtuOf(policy) !== mtuOf(first))
    .map((policy) =>
      broken(
        policy,
        "spec.mtu",
        `${String(mtuOf(policy) ?? "none")}, but ${first.name ?? first.resource.name} has ${String(mtuOf(first) ?? "none")}.`,
      ),
    );
}
