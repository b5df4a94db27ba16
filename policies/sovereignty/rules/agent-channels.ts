import {
  CHANNEL,
  type Channel,
  compare,
  type DataNode,
  declaredProperties,
  type Finding,
  type Graph,
  isRecord,
  isUnknown,
  type PlannedResource,
  type View,
} from "@hybrid-ai-fabric/graph";
import { residencyTerms } from "@hybrid-ai-fabric/locality";

/** To which channels a resource says that it belongs, or why nobody can say. */
export type Belonging =
  | { channels: string[]; property: string }
  /** It stands below a component that renders a whole topology: what its channels share. */
  | { shared: true }
  | { unknown: string };

/** By its tag or annotation, else by the nearest component above it that is a channel or holds all of them. */
export function belongingOf(resource: PlannedResource, graph: Graph): Belonging | undefined {
  const own = mark(resource);
  if (own) return own;
  let above = resource.parent === undefined ? undefined : graph.byUrn(resource.parent);
  while (above) {
    const { channel, flows, channels } = above.outputs;
    if (above.type === CHANNEL)
      return typeof channel === "string"
        ? { channels: [channel], property: "channel" }
        : { unknown: "the channel above it has no name yet" };
    if (flows !== undefined || (channels !== undefined && above.type.startsWith("hybrid-ai-fabric:")))
      return { shared: true };
    above = above.parent === undefined ? undefined : graph.byUrn(above.parent);
  }
  return undefined;
}

function mark(resource: PlannedResource): Belonging | undefined {
  const { tags, metadata } = declaredProperties(resource);
  const annotations = isRecord(metadata) && !isUnknown(metadata) ? metadata.annotations : undefined;
  for (const [property, container, key] of [
    ["tags", tags, "hybrid-ai:channel"],
    ["metadata.annotations", annotations, "hybrid-ai/channel"],
  ] as const) {
    if (isUnknown(container)) return { unknown: `its ${property} are not known before creation` };
    const value = isRecord(container) ? container[key] : undefined;
    if (typeof value === "string") return { channels: residencyTerms(value), property };
    if (value !== undefined && value !== null) return { unknown: `its mark in ${property} is not known yet` };
  }
  return undefined;
}

/**
 * Policy engines of AgentCore infer anywhere in a geography, but only from what somebody writes to have a policy made of
 * it (AgentCore developer guide, policies in natural language); calls are judged in the region.
 */
const toldNothing = new Set([
  "aws:bedrock/agentcorePolicy:AgentcorePolicy",
  "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine",
]);

const members = new WeakMap<Graph, Map<string, DataNode[]>>();

/** Nodes of each channel: everything that says that it belongs to it. */
export function membersOf({ graph }: View): ReadonlyMap<string, DataNode[]> {
  const before = members.get(graph);
  if (before) return before;
  const found = new Map<string, DataNode[]>();
  for (const node of [...graph.nodes.values()].sort((a, b) => compare(a.id, b.id))) {
    if (node.kind !== "resource" || !node.resource || !node.row) continue;
    if (toldNothing.has(node.resource.type)) continue;
    const belonging = belongingOf(node.resource, graph);
    if (!belonging || !("channels" in belonging)) continue;
    for (const name of belonging.channels) {
      const list = found.get(name);
      if (list) list.push(node);
      else found.set(name, [node]);
    }
  }
  members.set(graph, found);
  return found;
}

/** What cannot be read of a channel is refused once, by the rule that follows what it passes on. */
export function unread({ resource }: Channel): Finding {
  return {
    verdict: "cannotBeShown",
    urn: resource.urn,
    message: `What channel ${resource.name} carries, and between whom, is not known before creation.`,
    path: [{ urn: resource.urn, property: "carries" }],
  };
}
