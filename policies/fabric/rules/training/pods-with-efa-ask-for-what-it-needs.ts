import { broken, type Finding, isUnknown, notShown, type Rule, type Value } from "@hybrid-ai-fabric/graph";
import { toNumber } from "@hybrid-ai-fabric/graph/interconnect";
import { trainingOf } from "@hybrid-ai-fabric/graph/training";
import { type Container, containersOf, quantityOf } from "./pods";

const EFA = "vpc.amazonaws.com/efa";

/** Resources of pods with EFA: EKS user guide, machine learning with EFA (2026). */
export const podsAskForEfa: Rule = {
  id: "pods-with-efa-ask-for-what-it-needs",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A pod that asks for EFA devices asks for no more than a node has, and for the huge pages that EFA pins; else it is never scheduled, or fails when it starts.",
  remediation: "Limit vpc.amazonaws.com/efa to the interfaces of a node, and ask for hugepages-2Mi: 5120Mi.",
  evaluate: (view) => {
    const most = Math.max(0, ...trainingOf(view).templates.map(({ efa }) => efa.length));
    return containersOf(view).flatMap((container) => judge(container, most));
  },
};

function judge(container: Container, most: number): Finding[] {
  const { owner, path } = container;
  const asked = quantityOf(container, EFA);
  if (asked === undefined) return [];
  const property = `${path}.resources.limits`;
  if (isUnknown(asked)) {
    return [
      notShown(
        owner,
        property,
        `Nothing shows how many EFA devices ${owner.name} asks for: it is not known before creation.`,
      ),
    ];
  }
  const count = toNumber(asked as Value) ?? 0;
  if (count === 0) return [];
  const pages = quantityOf(container, "hugepages-2Mi");
  return [
    ...(most > 0 && count > most
      ? [
          broken(
            owner,
            property,
            `${owner.name} asks for ${count} EFA devices; no node of this plan has more than ${most}.`,
          ),
        ]
      : []),
    ...(pages === undefined
      ? [broken(owner, property, `${owner.name} asks for EFA but for no hugepages-2Mi, which EFA pins.`)]
      : []),
  ];
}
