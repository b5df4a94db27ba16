import {
  declaredProperties,
  type Finding,
  isUnknown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";
import { resourcesOf } from "./trust";

const ACCESS_KEY = "aws:iam/accessKey:AccessKey";

const keys: { [type: string]: string } = {
  [ACCESS_KEY]: "an access key, which is valid until somebody remembers it",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential":
    "a long-lived key of one service, such as Bedrock",
  "aws:bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider":
    "a stored key of a tool: use OAuth where the tool has it",
};

export const noStaticKeys: Rule = {
  id: "workloads-have-no-static-keys",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description: "Nothing in the plan makes a credential that outlives the workload that uses it.",
  remediation:
    "Use Pod Identity, tokens of the cluster, or certificates; exempt a tool that knows nothing but keys.",
  evaluate: (view) => [
    ...resourcesOf(view, ...Object.keys(keys)).flatMap(key),
    ...resourcesOf(view, "aws:iam/user:User").map((user) =>
      broken(user, "name", `${user.name} is a user, and users are what static keys belong to.`, "advisory"),
    ),
  ],
};

function key(resource: PlannedResource): Finding[] {
  const { status } = declaredProperties(resource);
  if (status === "Inactive") return [];
  const message = `${resource.name} is ${keys[resource.type]}.`;
  return [isUnknown(status) ? notShown(resource, "status", message) : broken(resource, "status", message)];
}
