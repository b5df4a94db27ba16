import { broken, type Finding, notShown, type Rule } from "@hybrid-ai-fabric/graph";
import { asked, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import {
  type EfaTemplate,
  mostNodes,
  purchaseOf,
  type Training,
  tokens,
  trainingOf,
} from "@hybrid-ai-fabric/graph/training";

/** Placement and capacity: EC2 user guide, and reports of InsufficientInstanceCapacity in terraform-aws-eks (2026-07). */
export const placedTogether: Rule = {
  id: "efa-nodes-are-placed-together",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Nodes with EFA that are bought on demand stand in one cluster placement group; anywhere else their latency is not what EFA promises.",
  remediation: "Set placement.groupName of the template to a placement group of strategy cluster.",
  evaluate: (view) => {
    const training = trainingOf(view);
    return training.templates.flatMap((template) => judge(template, training));
  },
};

/** How a launch template, an instance and a node class of Karpenter name a placement group. */
const placements = [
  "placement.groupName",
  "placement.groupId",
  "placementGroup",
  "placementGroupId",
  "spec.placementGroupSelector",
];

function judge(template: EfaTemplate, training: Training): Finding[] {
  const { resource, users } = template;
  const leaves = placements.flatMap((path) => asked(resource, path));
  const groups = placements.flatMap(
    (path) => training.named(resource, path, tokens.placementGroup).resources,
  );
  const spread = [...new Set(groups)].flatMap((group) => {
    const strategy = textAt(group, "strategy");
    const via = [{ urn: group.urn, property: "strategy" }];
    if (strategy.state === "hidden") {
      return [
        notShown(
          resource,
          "placement",
          `Nothing shows that ${group.name} is a cluster placement group: ${strategy.why}.`,
          { via },
        ),
      ];
    }
    if (strategy.state === "known" && strategy.value === "cluster") return [];
    const is = strategy.state === "known" ? strategy.value : "none";
    return [
      broken(
        resource,
        "placement",
        `${group.name}, the placement group of ${resource.name}, has strategy ${is}, which places nodes apart.`,
        { via },
      ),
    ];
  });
  if (leaves.length > 0) return spread;
  const others = training.templates.some(
    (other) => other !== template && other.users.includes(other.resource),
  );
  const alone =
    users.length > 0 && users.every((user) => mostNodes(user) === 1) && !(users.includes(resource) && others);
  const purchase = purchaseOf(resource);
  if (alone || (purchase !== "on-demand" && purchase !== "spot")) return [];
  return [
    broken(
      resource,
      "placement",
      `${resource.name} launches nodes with EFA on demand outside of a placement group.`,
    ),
  ];
}
