import {
  declaredProperties,
  type Finding,
  isRecord,
  leavesAt,
  type PlannedResource,
  type Properties,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";
import { resourcesOf } from "./trust";

const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const LATTICE = ["aws:vpclattice/service:Service", "aws:vpclattice/serviceNetwork:ServiceNetwork"];

export const endpointsAuthenticate: Rule = {
  id: "agent-endpoints-authenticate-callers",
  pack: "identity",
  severity: "critical",
  level: "mandatory",
  description:
    "Whatever an agent is called through asks who calls: gateways, runtimes and Lattice services take IAM signatures or tokens made for them.",
  remediation:
    "Use AWS_IAM, or CUSTOM_JWT with allowed audiences, clients or workloads; enforce the policy engine, and keep runtimes inside the VPC.",
  evaluate: (view) => [
    ...resourcesOf(view, GATEWAY).flatMap(gateway),
    ...resourcesOf(view, RUNTIME).flatMap(runtime),
    ...resourcesOf(view, ...LATTICE).flatMap(lattice),
  ],
};

function gateway(resource: PlannedResource): Finding[] {
  const properties = declaredProperties(resource);
  const { authorizerType } = properties;
  if (typeof authorizerType !== "string")
    return [notShown(resource, "authorizerType", `How ${resource.name} authenticates is not known yet.`)];
  const [mode] = leavesAt(properties, "policyEngineConfiguration.mode");
  if (authorizerType === "NONE")
    return [broken(resource, "authorizerType", `${resource.name} takes calls from everybody.`)];
  if (authorizerType === "AUTHENTICATE_ONLY" && mode?.value !== "ENFORCE")
    return [
      broken(
        resource,
        "policyEngineConfiguration.mode",
        `${resource.name} knows who calls and lets all of them.`,
      ),
    ];
  return authorizerType === "CUSTOM_JWT" ? tokens(resource, properties) : [];
}

function runtime(resource: PlannedResource): Finding[] {
  const properties = declaredProperties(resource);
  const [mode] = leavesAt(properties, "networkConfiguration.networkMode");
  const network =
    mode?.value === "VPC"
      ? []
      : mode === undefined || typeof mode.value === "string"
        ? [
            broken(
              resource,
              "networkConfiguration.networkMode",
              `${resource.name} is reached from the internet.`,
            ),
          ]
        : [
            notShown(
              resource,
              mode.path,
              `Whether ${resource.name} is reached from the internet is not known yet.`,
            ),
          ];
  return [...network, ...tokens(resource, properties)];
}

/** Without an authorizer block a runtime takes IAM signatures; with one, any valid token of the issuer unless it says more. */
function tokens(resource: PlannedResource, properties: Properties): Finding[] {
  const path = "authorizerConfiguration.customJwtAuthorizer";
  const [authorizer] = leavesAt(properties, path);
  if (!authorizer || !isRecord(authorizer.value)) return [];
  const narrowed = ["allowedAudiences", "allowedClients", "allowedWorkloadConfiguration"].some(
    (key) => leavesAt(properties, `${path}.${key}`).length > 0,
  );
  return narrowed
    ? []
    : [broken(resource, path, `${resource.name} takes every token of its issuer, whoever it was made for.`)];
}

function lattice(resource: PlannedResource): Finding[] {
  const { authType } = declaredProperties(resource);
  if (authType === "AWS_IAM") return [];
  if (authType === undefined || authType === null || typeof authType === "string")
    return [broken(resource, "authType", `${resource.name} takes calls from everything that reaches it.`)];
  return [notShown(resource, "authType", `Whether ${resource.name} asks who calls is not known yet.`)];
}
