import {
  broken,
  compare,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { flagAt, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import {
  type EfaTemplate,
  type Ends,
  type TemplateInterface,
  tokens,
  trainingOf,
} from "@hybrid-ai-fabric/graph/training";
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
      ...training.templates
        // The groups of a bare instance are those of its interfaces, which are resources of their own.
        .filter(({ resource }) => resource.type !== tokens.instance)
        .flatMap((template) => judgeNodes(template, allowances)),
      ...training
        .all(tokens.networkInterface)
        .filter((entry) => hasEfa(entry))
        .flatMap((entry) => named(entry, "securityGroups[]")),
      ...training
        .all(tokens.fileSystem)
        .filter((fileSystem) => usesEfa(fileSystem))
        .flatMap((fileSystem) => named(fileSystem, "securityGroupIds[]")),
      ...training.all(tokens.hyperPod).flatMap((cluster) => named(cluster, "vpcConfig.securityGroupIds[]")),
    ];

    function named(user: PlannedResource, path: string): Finding[] {
      const ends = training.named(user, path, tokens.securityGroup);
      return judge(user, path.split(/[.[]/, 1)[0] ?? path, ends, allowances);
    }
  },
};

function hasEfa(entry: PlannedResource): boolean {
  const kind = textAt(entry, "interfaceType");
  return kind.state === "known" && (kind.value === "efa" || kind.value === "efa-only");
}

/** Each interface by itself: a card that is left out of the group is a card that no other node reaches. */
function judgeNodes({ resource, property, efa }: EfaTemplate, allowances: Allowances): Finding[] {
  if (efa.some(({ groups }) => groups === undefined)) {
    const message = `Nothing shows which security groups ${resource.name} uses: they are chosen by tags when a node starts.`;
    return [notShown(resource, property, message, { level: "advisory" })];
  }
  const bare = efa.flatMap(({ path, groups }) => {
    if (!groups || groups.resources.length + groups.outside.length + groups.lost > 0) return [];
    const message = `An EFA interface of ${resource.name} has no security group of its own, so it gets the default one of the VPC.`;
    return [broken(resource, `${path}.securityGroups`, message)];
  });
  const all = together(efa.flatMap(({ groups }) => groups ?? []));
  const findings = judge(resource, property, all, allowances);
  return [...bare, ...(findings.length > 0 ? findings : leftOut(resource, efa, allowances))];
}

/** Interfaces without the group that the other ones speak through. */
function leftOut(
  resource: PlannedResource,
  efa: readonly TemplateInterface[],
  allowances: Allowances,
): Finding[] {
  const own = efa.map(({ groups }) => (groups?.resources ?? []).filter((group) => speaks(group, allowances)));
  const counts = new Map<PlannedResource, number>();
  for (const group of own.flat()) counts.set(group, (counts.get(group) ?? 0) + 1);
  const [shared] = [...counts].sort(([a, m], [b, n]) => n - m || compare(a.urn, b.urn))[0] ?? [];
  if (!shared) return [];
  const unclear = efa.find(
    ({ groups }) =>
      groups &&
      groups.unknown > 0 &&
      groups.unknown < groups.resources.length &&
      groups.resources.some((group) => !speaks(group, allowances)),
  );
  if (unclear) {
    const message = `Nothing shows that every EFA interface of ${resource.name} is in security group ${shared.name}: before creation the groups of one cannot be told from those of another.`;
    const via = [{ urn: shared.urn, property: "" }];
    return [notShown(resource, `${unclear.path}.securityGroups`, message, { via, level: "advisory" })];
  }
  return efa.flatMap(({ path, card, groups }, index) => {
    const some = groups && groups.resources.length + groups.outside.length > 0;
    if (!some || own[index]?.includes(shared)) return [];
    const which = typeof card === "number" ? `on card ${card}` : "";
    const message = `The EFA interface ${which} of ${resource.name} is not in security group ${shared.name}, through which the other ${counts.get(shared)} speak.`;
    const via = [{ urn: shared.urn, property: "" }];
    return [broken(resource, `${path}.securityGroups`, message.replace("  ", " "), { via })];
  });
}

function together(ends: readonly Ends[]): Ends {
  return {
    resources: [...new Set(ends.flatMap(({ resources }) => resources))],
    outside: [...new Set(ends.flatMap(({ outside }) => outside))],
    lost: ends.reduce((sum, { lost }) => sum + lost, 0),
    unknown: ends.reduce((sum, { unknown }) => sum + unknown, 0),
  };
}

function speaks(group: PlannedResource, allowances: Allowances): boolean {
  return (["ingress", "egress"] as const).every(
    (direction) => allows(allowances, group, group, direction) === "yes",
  );
}

function usesEfa(fileSystem: PlannedResource): boolean {
  const efa = flagAt(fileSystem, "efaEnabled");
  return efa.state === "known" && efa.value;
}

/** Interfaces may have other groups as well, of the cluster or for a shell: one that allows itself is enough. */
function judge(user: PlannedResource, property: string, ends: Ends, allowances: Allowances): Finding[] {
  const { resources, outside, lost } = ends;
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
