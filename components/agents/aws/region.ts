import type * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags } from "../../labels";
import { partitionOf, principalPattern } from "../agent-identity";
import type { Edge } from "../expansion";

/** What a region offers to the channels in it. */
export interface AgentRegion {
  /** Name of the place. */
  place: string;
  region: string;
  accountId: string;
  vpcId: pulumi.Input<string>;
  subnetIds: pulumi.Input<string>[];
  /** Prefixes that may call: of the VPC, of other regions and of sites. */
  callerCidrs: string[];
  keyArn: pulumi.Input<string> | undefined;
  /** What else the VPC carries. */
  labels: DatasetLabels | undefined;
}

/** What every part of a fabric needs. */
export interface FabricContext {
  name: string;
  parent: pulumi.Resource;
  regions: { [place: string]: AgentRegion };
  /** What holds the resources of one channel together. */
  channels: { [channel: string]: pulumi.Resource };
  /** ARN of what no role of a service can exceed. */
  serviceBoundary: () => pulumi.Output<string>;
}

/** A statement for the role of one agent, by channel. */
export interface Granted {
  agent: string;
  channel: string;
  actions: string[];
  resources: pulumi.Input<string>[];
  conditions?: { [operator: string]: { [key: string]: string[] } };
}

export function arn({ region, accountId }: AgentRegion, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
}

/** ARNs of topics and a group; the uuid in the middle is only known when the cluster exists. */
export function kafkaArns(
  fabric: string,
  region: AgentRegion,
  topics: readonly string[],
  group: string,
): string[] {
  const cluster = `${fabric}-${region.place}`;
  return [
    arn(region, "kafka", `cluster/${cluster}/*`),
    ...topics.map((topic) => arn(region, "kafka", `topic/${cluster}/*/${topic}`)),
    arn(region, "kafka", `group/${cluster}/*/${group}`),
  ];
}

/** The tags of what belongs to one channel: the data, and which channel it is. */
export function channelTags({ channel, labels }: Edge): { [tag: string]: string } {
  return { ...labelTags(labels), "hybrid-ai:channel": channel };
}

/** Everybody, who is then told apart by the path of the role: its name is not known before it exists. */
export function onlyAgent(fabric: string, agent: string, { accountId, region }: AgentRegion): object {
  return { ArnLike: { "aws:PrincipalArn": [principalPattern(fabric, agent, accountId, region)] } };
}

export function regionOf({ regions }: FabricContext, place: string): AgentRegion {
  const found = Object.hasOwn(regions, place) ? regions[place] : undefined;
  if (!found) throw new RangeError(`no region at place ${place}`);
  return found;
}

export function policyOf(...statements: object[]): { Version: string; Statement: object[] } {
  return { Version: "2012-10-17", Statement: statements };
}
