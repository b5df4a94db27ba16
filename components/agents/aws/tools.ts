import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { own } from "../ends";
import type { Edge } from "../expansion";
import type { AgentTool, AgentTopology } from "../topology";
import {
  type AgentRegion,
  arn,
  channelTags,
  type FabricContext,
  type Granted,
  policyOf,
  regionOf,
} from "./region";

/**
 * Tools for agents in AWS: a gateway of AgentCore per channel with one target, an engine that enforces the list of
 * operations, and IAM in front. There is no other way out.
 */
export function renderTools(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
): Granted[] {
  return edges
    .filter(({ carrier }) => carrier === "agentcoreGateway")
    .flatMap((edge) => {
      const tool = own(topology.tools, edge.to.name);
      return tool ? [openGateway(context, regionOf(context, edge.from.at ?? ""), edge, tool)] : [];
    });
}

function openGateway(context: FabricContext, region: AgentRegion, edge: Edge, tool: AgentTool): Granted {
  const { name, parent, channels } = context;
  const child = { parent: channels[edge.channel] ?? parent };
  const prefix = `${name}-${edge.channel}`;
  const tags = channelTags(edge);
  const key = region.keyArn;
  const engine = new aws.bedrock.AgentcorePolicyEngine(
    prefix,
    {
      region: region.region,
      // Names of engines and policies take no hyphen.
      name: prefix.replace(/-/g, "_"),
      ...(key ? { encryptionKeyArn: key } : {}),
      tags,
    },
    child,
  );
  const gateway = new aws.bedrock.AgentcoreGateway(
    prefix,
    {
      region: region.region,
      // Roles quote the name.
      name: prefix,
      roleArn: gatewayRole().arn,
      authorizerType: "AWS_IAM",
      protocolType: "MCP",
      policyEngineConfiguration: { arn: engine.policyEngineArn, mode: "ENFORCE" },
      ...(key ? { kmsKeyArn: key } : {}),
      tags,
    },
    child,
  );
  new aws.bedrock.AgentcoreGatewayTarget(
    prefix,
    {
      region: region.region,
      gatewayIdentifier: gateway.gatewayId,
      name: edge.to.name,
      targetConfiguration: target(tool),
      credentialProviderConfiguration: tool.credentialProvider
        ? { oauth: { providerArn: credentialProviderArn(region, tool.credentialProvider), scopes: [] } }
        : { gatewayIamRole: {} },
    },
    child,
  );
  new aws.bedrock.AgentcorePolicy(
    prefix,
    {
      region: region.region,
      name: prefix.replace(/-/g, "_"),
      policyEngineId: engine.policyEngineId,
      validationMode: "FAIL_ON_ANY_FINDINGS",
      definition: { cedar: { statement: pulumi.interpolate`${permit(edge)}${gateway.gatewayArn}");` } },
    },
    child,
  );
  return {
    agent: edge.from.name,
    channel: edge.channel,
    actions: ["bedrock-agentcore:InvokeGateway"],
    resources: [arn(region, "bedrock-agentcore", `gateway/${prefix}-*`)],
  };

  function gatewayRole(): aws.iam.Role {
    const trust = policyOf({
      Effect: "Allow",
      Principal: { Service: "bedrock-agentcore.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": region.accountId },
        ArnLike: { "aws:SourceArn": arn(region, "bedrock-agentcore", `gateway/${prefix}-*`) },
      },
    });
    const role = new aws.iam.Role(
      `${prefix}-gateway`,
      {
        assumeRolePolicy: JSON.stringify(trust),
        permissionsBoundary: context.serviceBoundary(),
        maxSessionDuration: 3600,
      },
      child,
    );
    // What enforcing a policy engine takes (AgentCore developer guide, policy permissions).
    const policy = policyOf({
      Effect: "Allow",
      Action: [
        "bedrock-agentcore:AuthorizeAction",
        "bedrock-agentcore:PartiallyAuthorizeActions",
        "bedrock-agentcore:GetPolicyEngine",
      ],
      Resource: [
        arn(region, "bedrock-agentcore", "policy-engine/*"),
        arn(region, "bedrock-agentcore", `gateway/${prefix}-*`),
      ],
    });
    new aws.iam.RolePolicy(`${prefix}-gateway`, { role: role.name, policy: JSON.stringify(policy) }, child);
    return role;
  }
}

function target({
  url,
  protocol,
  schema,
}: AgentTool): aws.types.input.bedrock.AgentcoreGatewayTargetTargetConfiguration {
  if (protocol === "http") return { http: { passthrough: { endpoint: url, protocolType: "CUSTOM" } } };
  // The operations come from a description of the owner's, never from one that the tool hands out.
  if (protocol === "openapi") return { mcp: { openApiSchema: { inlinePayload: { payload: schema ?? "" } } } };
  return { mcp: { mcpServer: { endpoint: url } } };
}

function credentialProviderArn(region: AgentRegion, provider: string): string {
  return arn(region, "bedrock-agentcore", `token-vault/default/oauth2credentialprovider/${provider}`);
}

/** Cedar knows no wildcard for actions: each operation is named, as the gateway names it. */
function permit({ to, declaration }: Edge): string {
  const actions = (declaration.tool?.operations ?? []).map(
    (operation) => `AgentCore::Action::"${to.name}___${operation}"`,
  );
  return `permit(principal is AgentCore::IamEntity, action in [${actions.join(", ")}], resource == AgentCore::Gateway::"`;
}
