import { catalogueRow } from "../catalogue";
import { matchesRule } from "../labels";
import { controlPlaneOf, isOnlyInProgram, locate, nowhere } from "../places";
import { compare, inOrder, type PlannedResource } from "../resource";
import type { Settings } from "../settings";
import { type EdgeSink, edgesOf } from "./edges";
import type { DataNode, FlowEdge, Graph } from "./node";
import { nodeOf } from "./nodes";
import { indexPlan } from "./plan-index";

/** Builds the data-flow graph of a plan in one pass over its resources and their references. */
export function buildGraph(planned: readonly PlannedResource[], settings: Settings): Graph {
  const resources = inOrder(planned);
  const index = indexPlan(resources, settings);
  const nodes = new Map<string, DataNode>();
  const edges: FlowEdge[] = [];
  for (const resource of resources) {
    if (!isOnlyInProgram(resource)) nodes.set(resource.urn, nodeOf(resource, index));
  }
  const sink: EdgeSink = { nodes, settings, index, add: (edge) => edges.push(edge) };
  for (const resource of resources) if (!isOnlyInProgram(resource)) edgesOf(resource, sink);
  return {
    nodes,
    outgoing: bySource(edges),
    resources,
    settings,
    byUrn: index.byUrn,
    matches: (rule, resource) => matchesRule(rule, resource),
    controlPlaneOf: (resource) => controlPlaneOf(resource, index),
    locateAs: (resource) => {
      const row = catalogueRow(resource.type);
      return row ? locate(resource, row, index) : nowhere;
    },
  };
}

function bySource(edges: readonly FlowEdge[]): Map<string, FlowEdge[]> {
  const outgoing = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    const list = outgoing.get(edge.from);
    if (list) list.push(edge);
    else outgoing.set(edge.from, [edge]);
  }
  for (const list of outgoing.values()) {
    list.sort(
      (a, b) => compare(a.to, b.to) || compare(a.declaredBy, b.declaredBy) || compare(a.property, b.property),
    );
  }
  return outgoing;
}
