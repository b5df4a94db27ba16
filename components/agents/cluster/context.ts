import type * as pulumi from "@pulumi/pulumi";
import { labelAnnotations } from "../../labels";
import type { CustomObject } from "../../site/objects/custom-object";
import { createObject } from "../../site/objects/custom-object";
import { own } from "../ends";
import type { Edge } from "../expansion";
import type { AgentTopology } from "../topology";

/** What every part of a cluster needs. */
export interface ClusterContext {
  name: string;
  /** Name of the fabric: roles in AWS have it in their paths. */
  fabric: string;
  /** Name of the place. */
  place: string;
  topology: AgentTopology;
  parent: pulumi.Resource;
}

export function namespaceOf({ topology }: ClusterContext, agent: string): string {
  return own(topology.agents, agent)?.namespace ?? "agents";
}

/** Identity of an agent in a mesh: of its own trust domain, or of the cluster for one in AWS. */
export function principalOf(context: ClusterContext, agent: string): string {
  const at = own(context.topology.agents, agent)?.at ?? "";
  const domain = context.topology.places[at]?.site?.trustDomain ?? "cluster.local";
  return `${domain}/ns/${namespaceOf(context, agent)}/sa/${agent}`;
}

/** Which channel an object belongs to. */
export function channelOf({ channel }: Edge): { [annotation: string]: string } {
  return { "hybrid-ai/channel": channel };
}

/** The same with the data, for what keeps or copies it. */
export function dataOf(edge: Edge): { [annotation: string]: string } {
  return { ...labelAnnotations(edge.labels), ...channelOf(edge) };
}

/** Asks the cluster for an object of a channel. */
export function createFor<Spec extends object>(
  { name, parent }: ClusterContext,
  edge: Edge,
  role: string,
  object: CustomObject<Spec>,
  dependsOn: pulumi.Resource[] = [],
): pulumi.Resource {
  const annotations = { ...channelOf(edge), ...object.metadata.annotations };
  const suffix = role === "" ? "" : `-${role}`;
  return createObject(
    `${name}-${edge.channel}${suffix}`,
    { ...object, metadata: { ...object.metadata, annotations } },
    { parent, dependsOn },
  );
}
