import {
  broken,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { hiddenBecause } from "@hybrid-ai-fabric/graph/interconnect";
import { subnetsOf, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";

export const efaInOneZone: Rule = {
  id: "efa-stays-in-one-zone",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "The nodes of one EFA cluster are in one subnet: EFA does not leave its zone, so nodes of two zones never find each other.",
  remediation: "Name exactly one subnet; make a cluster of its own in another zone.",
  evaluate: (view) => {
    const training = trainingOf(view);
    return [
      ...new Set(training.templates.flatMap(({ users }) => users)),
      ...training.all(tokens.hyperPod),
    ].flatMap(judge);
  },
};

function judge(group: PlannedResource): Finding[] {
  const path = pathOf(group);
  const listed = group.inputs[path.split(".", 1)[0] ?? path];
  const zones = leavesAt(group.inputs, "availabilityZones");
  const subnets = leavesAt(group.inputs, path);
  const property = path.replace("[]", "");
  if (subnets.length + zones.length === 0) return [];
  if (listed !== undefined && subnets.length === 1 && hiddenBecause(listed) !== undefined) {
    return [
      notShown(
        group,
        property,
        `Nothing shows that ${group.name} is in one subnet: the list is not known before creation.`,
      ),
    ];
  }
  const count = Math.max(subnets.length, zones.length);
  if (count === 1) return [];
  return [broken(group, property, `${group.name} spreads nodes with EFA over ${count} subnets.`)];
}

function pathOf(user: PlannedResource): string {
  return user.type === tokens.hyperPod ? "vpcConfig.subnets" : subnetsOf(user).property;
}
