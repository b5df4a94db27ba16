import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { joinedLabels, labelTags } from "../../labels";
import type { Edge } from "../expansion";
import type { AgentTopology } from "../topology";
import { arn, type FabricContext, type Granted, onlyAgent, policyOf, regionOf } from "./region";

/** Name of a runtime of AgentCore, which takes no hyphen. */
export function runtimeName(fabric: string, agent: string): string {
  return `${fabric}_${agent}`.replace(/-/g, "_");
}

/** Calls to agents that run in AgentCore: A2A behind IAM, with the callers in the policy of the runtime. */
export function grantRuntimes(context: FabricContext, edges: readonly Edge[]): Granted[] {
  return edges
    .filter(({ carrier }) => carrier === "agentcoreRuntime")
    .map(({ channel, from, to }) => ({
      agent: from.name,
      channel,
      actions: ["bedrock-agentcore:InvokeAgentRuntime"],
      resources: [
        arn(
          regionOf(context, to.at ?? ""),
          "bedrock-agentcore",
          `runtime/${runtimeName(context.name, to.name)}-*`,
        ),
      ],
    }));
}

/** The runtimes themselves, in the VPC, by the role that their agent has. */
export function renderRuntimes(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
  roles: { [agent: string]: pulumi.Output<string> },
): void {
  const { name, parent } = context;
  for (const [agent, { at, runtime, image }] of Object.entries(topology.agents)) {
    const roleArn = roles[agent];
    if (runtime !== "agentcore" || !roleArn) continue;
    const region = regionOf(context, at);
    const touching = edges.filter(({ from, to }) => from.name === agent || to.name === agent);
    const labels = joinedLabels(touching.map((edge) => edge.labels));
    const tags = { ...(labels ? labelTags(labels) : {}), "hybrid-ai:agent": agent };
    const prefix = `${name}-${agent}`;
    const inside = new aws.ec2.SecurityGroup(
      `${prefix}-runtime`,
      { region: region.region, vpcId: region.vpcId, description: `Runtime of agent ${agent}`, tags },
      { parent },
    );
    const made = new aws.bedrock.AgentcoreAgentRuntime(
      prefix,
      {
        region: region.region,
        agentRuntimeName: runtimeName(name, agent),
        agentRuntimeArtifact: { containerConfiguration: { containerUri: image ?? "" } },
        roleArn,
        networkConfiguration: {
          networkMode: "VPC",
          networkModeConfig: {
            subnets: region.subnetIds,
            securityGroups: [inside.id],
            requireServiceS3Endpoint: true,
          },
        },
        protocolConfiguration: { serverProtocol: "A2A" },
        tags,
      },
      { parent },
    );
    const callers = edges.filter(({ carrier, to }) => carrier === "agentcoreRuntime" && to.name === agent);
    if (callers.length === 0) continue;
    const policy = policyOf(
      ...callers.map(({ channel, from }) => ({
        Sid: channel.replace(/[^A-Za-z0-9]/g, ""),
        Effect: "Allow",
        Principal: "*",
        Action: "bedrock-agentcore:InvokeAgentRuntime",
        Resource: "*",
        Condition: onlyAgent(name, from.name, region),
      })),
    );
    new aws.bedrock.AgentcoreResourcePolicy(
      prefix,
      { region: region.region, resourceArn: made.agentRuntimeArn, policy: JSON.stringify(policy) },
      { parent },
    );
  }
}
