import {
  broken,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { flagAt } from "@hybrid-ai-fabric/graph/interconnect";
import { type Training, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { type Allowances, allowancesOf, allows } from "./allowances";

/** EFA (SRD) traffic is authorised by rules that name a group only: `0.0.0.0/0` does not count (EC2 and FSx user guides). */
export const efaSecurityGroups: Rule = {
  id: "efa-security-groups-allow-themselves",
  pack: "fabric",
  severity: "critical",
  level: "mandatory",
  description:
    "Every security group of EFA interfaces allows all protocols from and to itself; a rule for every address does not open EFA, and NCCL ends with an unresponsive receiver.",
  remediation:
    "Add an ingress rule and an egress rule with protocol -1 whose referenced security group is the group itself.",
  evaluate: (view) => {
    const training = trainingOf(view);
    const allowances = allowancesOf(training);
    return [
      ...training.hiddenTemplates.map((template) =>
        notShown(
          template,
          "networkInterfaces",
          `Nothing shows which security groups ${template.name} uses: its interfaces are not known before creation.`,
        ),
      ),
      ...training.templates.flatMap(({ resource, efa }) => [
        ...efa.flatMap(({ path, properties }) =>
          leavesAt(properties, "securityGroups").length > 0
            ? []
            : [
                broken(
                  resource,
                  `${path}.securityGroups`,
                  `An EFA interface of ${resource.name} has no security group of its own, so it gets the default one of the VPC.`,
                ),
              ],
        ),
        ...judge(resource, "networkInterfaces[].securityGroups[]", training, allowances),
      ]),
      ...training
        .all(tokens.fileSystem)
        .filter((fileSystem) => usesEfa(fileSystem))
        .flatMap((fileSystem) => judge(fileSystem, "securityGroupIds[]", training, allowances)),
      ...training
        .all(tokens.hyperPod)
        .flatMap((cluster) => judge(cluster, "vpcConfig.securityGroupIds[]", training, allowances)),
    ];
  },
};

function usesEfa(fileSystem: PlannedResource): boolean {
  const efa = flagAt(fileSystem, "efaEnabled");
  return efa.state === "known" && efa.value;
}

/** Interfaces may have other groups as well, of the cluster or for a shell: one that allows itself is enough. */
function judge(user: PlannedResource, path: string, training: Training, allowances: Allowances): Finding[] {
  const { resources, outside, lost } = training.named(user, path, tokens.securityGroup);
  const property = path.split("[", 1)[0] ?? path;
  const verdicts = resources.map((group) => ({
    group,
    egress: allows(allowances, group, group, "egress"),
    ingress: allows(allowances, group, group, "ingress"),
  }));
  if (verdicts.some(({ egress, ingress }) => egress === "yes" && ingress === "yes")) return [];
  const unseen = outside.length > 0 ? outside.join(", ") : "not known before creation";
  if (lost > 0 || outside.length > 0) {
    const message = `Nothing shows that the security group of ${user.name} allows itself: it is ${unseen}, and not in this plan.`;
    return [notShown(user, property, message)];
  }
  return verdicts.flatMap(({ group, egress, ingress }) => {
    const via = [{ urn: group.urn, property: "" }];
    if (egress !== "no" && ingress !== "no") {
      const message = `Nothing shows that security group ${group.name} allows itself: a rule of it is not known before creation.`;
      return [notShown(user, property, message, { via })];
    }
    const missing = [egress === "no" ? ["egress"] : [], ingress === "no" ? ["ingress"] : []]
      .flat()
      .join(" and no ");
    const message = `Security group ${group.name} has no ${missing} rule for all protocols that names the group itself, so EFA of ${user.name} is blocked.`;
    return [broken(user, property, message, { via })];
  });
}
