import { catalogueRow } from "../catalogue";
import { matchesRule } from "../labels";
import { controlPlaneOf, isOnlyInProgram, locate, nowhere } from "../places";
import { compare, inOrder, type PlannedResource } from "../resource";
import type { Settings } from "../settings";
import { type EdgeSink, edgesOf } from "./edges";
import { type Declared, type Memory, Trace } from "./memory";
import type { DataNode, FlowEdge, Graph } from "./node";
import { nodeOf } from "./nodes";
import { indexPlan, type PlanIndex } from "./plan-index";

/**
 * Builds the data-flow graph of a plan in one pass over its resources and their references. With a memory, what the
 * plan shares with an earlier one under the same settings is taken from there.
 */
export function buildGraph(planned: readonly PlannedResource[], settings: Settings, memory?: Memory): Graph {
  const resources = inOrder(planned);
  const trace = memory && new Trace();
  const index = indexPlan(resources, settings, trace);
  const managed = resources.filter((resource) => !isOnlyInProgram(resource));
  const parts =
    memory && trace ? remembered(managed, settings, index, memory, trace) : anew(managed, settings, index);
  return {
    nodes: parts.nodes,
    outgoing: bySource(parts.edges),
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

interface Parts {
  nodes: Map<string, DataNode>;
  edges: FlowEdge[];
}

function anew(managed: readonly PlannedResource[], settings: Settings, index: PlanIndex): Parts {
  const nodes = new Map<string, DataNode>();
  const edges: FlowEdge[] = [];
  for (const resource of managed) nodes.set(resource.urn, nodeOf(resource, index));
  const sink: EdgeSink = { nodes, settings, index, add: (edge) => edges.push(edge) };
  for (const resource of managed) edgesOf(resource, sink);
  return { nodes, edges };
}

/** The same from what each resource adds by itself: whoever names something outside first gives its node, as above. */
function remembered(
  managed: readonly PlannedResource[],
  settings: Settings,
  index: PlanIndex,
  memory: Memory,
  trace: Trace,
): Parts {
  const nodes = new Map<string, DataNode>();
  for (const resource of managed) {
    nodes.set(
      resource.urn,
      memory.nodes.take(resource, index, trace, () => nodeOf(resource, index)),
    );
  }
  const declared = managed.map((resource) =>
    memory.declared.take(resource, index, trace, () => declaredBy(resource, settings, index)),
  );
  for (const { named } of declared)
    for (const node of named) if (!nodes.has(node.id)) nodes.set(node.id, node);
  return { nodes, edges: declared.flatMap(({ flows }) => flows) };
}

function declaredBy(resource: PlannedResource, settings: Settings, index: PlanIndex): Declared {
  const named = new Map<string, DataNode>();
  const flows: FlowEdge[] = [];
  edgesOf(resource, { nodes: named, settings, index, add: (edge) => flows.push(edge) });
  return { named: [...named.values()], flows };
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
