import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ArgumentProblem } from "../problems";

/**
 * A DataSync agent on site. It is activated in two phases: deploy its machine while neither key nor address is given,
 * then give one of them. A key lives for 30 minutes, and is not looked at again once the agent is there.
 */
export interface BulkTransferAgent {
  /** Name, stable over both phases. */
  name: string;
  /** Activation key that the agent's console shows. */
  activationKey?: pulumi.Input<string>;
  /** Address of the agent, whose port 80 the machine that runs Pulumi asks for a key. */
  address?: pulumi.Input<string>;
}

/** The private endpoint of DataSync that agents reach over the interconnect. */
export interface BulkTransferEndpoint {
  /** Interface endpoint of DataSync that the agent talks to. */
  vpcEndpointId: pulumi.Input<string>;
  /** Subnet that DataSync puts its interfaces into: one for all agents. */
  subnetArn: pulumi.Input<string>;
  /** ARN of the group that lets the agent reach it. */
  securityGroupArn: pulumi.Input<string>;
  /** Address of the endpoint in that subnet; needed with `address` of an agent. */
  privateAddress?: pulumi.Input<string>;
}

/** Agents that one location takes (DataSync quota). */
export const MOST_AGENTS = 4;

/** Agents that can be used already. */
export function activated(agents: readonly BulkTransferAgent[]): BulkTransferAgent[] {
  return agents.filter((agent) => agent.activationKey !== undefined || agent.address !== undefined);
}

export function validateAgents(
  agents: readonly BulkTransferAgent[],
  arns: readonly string[],
  endpoint: BulkTransferEndpoint | undefined,
): ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const wrong = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  if (agents.length === 0 && arns.length === 0) {
    wrong("agentArns", "0 agents; name one at least in agentArns or agents");
  }
  agents.forEach((agent, index) => {
    if (agent.activationKey !== undefined && agent.address !== undefined) {
      wrong(
        `agents[${index}]`,
        "activationKey and address: one of the two, or neither before it is deployed",
      );
    }
    if (agent.address !== undefined && endpoint && endpoint.privateAddress === undefined) {
      wrong("endpoint.privateAddress", `missing; agent ${agent.name} is activated by its address`);
    }
  });
  if (new Set(agents.map(({ name }) => name)).size < agents.length) wrong("agents", "a name stands twice");
  return problems;
}

/** Registers the agents that answered; those that are still to be deployed wait for the next run. */
export function createAgents(
  name: string,
  agents: readonly BulkTransferAgent[],
  endpoint: BulkTransferEndpoint | undefined,
  at: { region: string; tags: { [tag: string]: string } },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
  return activated(agents).map((agent) => {
    const created = new aws.datasync.Agent(
      `${name}-${agent.name}`,
      {
        ...at,
        name: `${name}-${agent.name}`,
        ...(agent.activationKey === undefined ? {} : { activationKey: agent.activationKey }),
        ...(agent.address === undefined ? {} : { ipAddress: agent.address }),
        ...(endpoint
          ? {
              vpcEndpointId: endpoint.vpcEndpointId,
              subnetArns: [endpoint.subnetArn],
              securityGroupArns: [endpoint.securityGroupArn],
              ...(endpoint.privateAddress === undefined
                ? {}
                : { privateLinkEndpoint: endpoint.privateAddress }),
            }
          : {}),
      },
      // The key has long expired when the program runs again: it must not replace the agent.
      { ...opts, ignoreChanges: ["activationKey", "ipAddress"] },
    );
    return created.arn;
  });
}

/** Agents of each task, dealt out in turn: an agent works for one task at a time. */
export function dealOut<T>(agents: readonly T[], tasks: number): T[][] {
  const hands: T[][] = Array.from({ length: tasks }, () => []);
  agents.forEach((agent, index) => {
    hands[index % tasks]?.push(agent);
  });
  return hands;
}
