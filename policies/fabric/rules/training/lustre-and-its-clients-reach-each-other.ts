import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { flagAt } from "@hybrid-ai-fabric/graph/interconnect";
import { type Training, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { type Allowances, allowancesOf, allows } from "./allowances";

export const lustreReachesClients: Rule = {
  id: "lustre-and-its-clients-reach-each-other",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A file system with EFA and the nodes that read it allow each other everything, in both directions; otherwise Lustre falls back to TCP without saying so.",
  remediation:
    "Add rules with protocol -1 between the group of the nodes and that of the file system, in and out on both, or use one group for both.",
  evaluate: (view) => {
    const training = trainingOf(view);
    const nodes = training.templates.flatMap(({ interfaces }) =>
      interfaces.flatMap(({ groups }) => groups?.resources ?? []),
    );
    const hyperPod = training
      .all(tokens.hyperPod)
      .flatMap((cluster) => groupsOf(cluster, "vpcConfig.securityGroupIds[]", training));
    const clients = [...new Set([...nodes, ...hyperPod])];
    if (clients.length === 0) return [];
    const allowances = allowancesOf(training);
    return training
      .all(tokens.fileSystem)
      .flatMap((fileSystem) => judge(fileSystem, clients, training, allowances));
  },
};

function groupsOf(user: PlannedResource, path: string, training: Training): PlannedResource[] {
  return training.named(user, path, tokens.securityGroup).resources;
}

function judge(
  fileSystem: PlannedResource,
  clients: readonly PlannedResource[],
  training: Training,
  allowances: Allowances,
): Finding[] {
  const efa = flagAt(fileSystem, "efaEnabled");
  if (efa.state !== "known" || !efa.value) return [];
  const groups = groupsOf(fileSystem, "securityGroupIds[]", training);
  const verdicts = clients.flatMap((client) => groups.map((group) => between(client, group, allowances)));
  if (verdicts.includes("yes")) return [];
  const names = clients.map(({ name }) => name).join(", ");
  if (groups.length === 0 || verdicts.includes("hidden")) {
    return [
      notShown(
        fileSystem,
        "securityGroupIds",
        `Nothing shows that ${fileSystem.name} and its clients (${names}) reach each other: its group, or a rule of it, is not known before creation.`,
      ),
    ];
  }
  const via = clients.map(({ urn }) => ({ urn, property: "" }));
  return [
    broken(
      fileSystem,
      "securityGroupIds",
      `${fileSystem.name} and its clients (${names}) do not allow each other everything in both directions.`,
      { via },
    ),
  ];
}

function between(
  client: PlannedResource,
  group: PlannedResource,
  allowances: Allowances,
): "yes" | "no" | "hidden" {
  const verdicts = (["ingress", "egress"] as const).flatMap((direction) => [
    allows(allowances, client, group, direction),
    allows(allowances, group, client, direction),
  ]);
  if (verdicts.includes("no")) return "no";
  return verdicts.includes("hidden") ? "hidden" : "yes";
}
