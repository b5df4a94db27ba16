import { declaredProperties, type Finding, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { narrowing, readDocument, type Statement } from "./document";
import { broken, notShown } from "./findings";
import { resourcesOf } from "./trust";

/** Types that hold a resource policy, and the property that it stands in. */
const policies: { [type: string]: string } = {
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
  "aws:sqs/queue:Queue": "policy",
  "aws:msk/clusterPolicy:ClusterPolicy": "policy",
  "aws:vpclattice/authPolicy:AuthPolicy": "policy",
  "aws:vpclattice/resourcePolicy:ResourcePolicy": "policy",
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": "policy",
  "aws:schemas/registryPolicy:RegistryPolicy": "policy",
  "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
};
const PERMISSION = "aws:cloudwatch/eventPermission:EventPermission";

/** Keys that keep a principal of everybody inside one owner's accounts, network or resource. */
const fences = new Set([
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourcevpce",
  "aws:vpceorgid",
]);

/** EventBridge and SNS know no organisation-wide guard for resource policies: nothing else stops an open one. */
export const resourcePoliciesAreClosed: Rule = {
  id: "resource-policies-name-who-may-call",
  pack: "identity",
  severity: "critical",
  level: "mandatory",
  description: "A bus, topic, queue, cluster, service or agent that others may use says which others.",
  remediation:
    "Name the roles that may call, or compare aws:PrincipalOrgID, aws:SourceArn or aws:SourceAccount.",
  evaluate: (view) => [
    ...resourcesOf(view, ...Object.keys(policies)).flatMap(policy),
    ...resourcesOf(view, PERMISSION).flatMap(permission),
  ],
};

function policy(resource: PlannedResource): Finding[] {
  const property = policies[resource.type] ?? "policy";
  const document = readDocument(declaredProperties(resource)[property]);
  if (!document) return [];
  if ("unreadable" in document)
    return [
      notShown(resource, property, `Who may use ${resource.name} cannot be read: ${document.unreadable}.`),
    ];
  return document.statements
    .filter(isOpen)
    .map(({ name }) =>
      broken(resource, property, `Statement ${name} of ${resource.name} lets everybody in.`),
    );
}

function isOpen(statement: Statement): boolean {
  if (!statement.allows || !statement.principals.some(({ kind }) => kind === "*")) return false;
  const fenced = narrowing(statement, (key) => fences.has(key));
  return fenced.every(({ values }) => values.some((value) => value === "*"));
}

function permission(resource: PlannedResource): Finding[] {
  const { principal, condition } = declaredProperties(resource);
  if (typeof principal !== "string")
    return [notShown(resource, "principal", `Who may send events by ${resource.name} is not known yet.`)];
  return principal === "*" && (condition === undefined || condition === null)
    ? [broken(resource, "principal", `${resource.name} lets everybody send events.`)]
    : [];
}
