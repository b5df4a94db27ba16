import type { DatasetTerms } from "../datasets";
import { datasetsOn } from "../datasets";
import { matchesGlob } from "../glob";
import { compare } from "../resource";
import type { Approval } from "../settings";
import type { DataNode, FlowEdge, Graph } from "./node";

/** How a dataset came to a node: by its own label, or over an edge. */
export interface Arrival {
  node: DataNode;
  /** False while some step of the way rests on one of several candidates. */
  certain: boolean;
  over?: FlowEdge;
}

/** Every node that each dataset can reach, with the way it takes. */
export type Reach = ReadonlyMap<string, ReadonlyMap<string, Arrival>>;

/** A step of the way that data takes, for messages and reports. */
export interface PathStep {
  urn: string;
  property: string;
}

/**
 * Spreads every label along the flows until nothing changes. Breadth first over sorted edges, certain ways before
 * possible ones: the same plan gives the same shortest way whatever order its resources came in.
 */
export function propagate(
  graph: Graph,
  datasets: ReadonlyMap<string, DatasetTerms>,
  today: string,
  use: (what: string) => void = () => {},
): Reach {
  const names = [...datasets.keys()].sort(compare);
  const reach = new Map<string, Map<string, Arrival>>(names.map((name) => [name, new Map()]));
  const approvals = graph.settings.approvals.filter((approval) => approval.expires >= today);
  const queue: { dataset: string; arrival: Arrival }[] = [];
  let head = 0;
  const arrive = (dataset: string, arrival: Arrival) => {
    const arrivals = reach.get(dataset);
    if (!arrivals || arrivals.has(arrival.node.id)) return;
    arrivals.set(arrival.node.id, arrival);
    queue.push({ dataset, arrival });
  };
  const drain = (accepts: (edge: FlowEdge) => boolean, from: { dataset: string; arrival: Arrival }[]) => {
    for (const entry of from) queue.push(entry);
    for (; head < queue.length; head++) {
      const next = queue[head];
      if (next === undefined) break;
      for (const dataset of leaving(next.dataset, next.arrival.node, approvals, use)) {
        spread(dataset, next.arrival, accepts);
      }
    }
  };
  const spread = (dataset: string, arrival: Arrival, accepts: (edge: FlowEdge) => boolean) => {
    for (const edge of graph.outgoing.get(arrival.node.id) ?? []) {
      const node = graph.nodes.get(edge.to);
      if (!node || node.closed || !accepts(edge)) continue;
      if (edge.carries === "data" && arrival.node.row?.role === "key") continue;
      arrive(dataset, { node, certain: arrival.certain && edge.certain, over: edge });
    }
  };
  for (const node of sortedNodes(graph)) {
    for (const name of datasetsOn(node.labels)) arrive(name, { node, certain: true });
  }
  drain((edge) => edge.certain, []);
  const reached = names.flatMap((dataset) =>
    [...(reach.get(dataset)?.values() ?? [])].map((arrival) => ({ dataset, arrival })),
  );
  drain(() => true, reached);
  return reach;
}

/** Only an approval that is in force at this very processor turns one dataset into another. */
function leaving(
  dataset: string,
  node: DataNode,
  approvals: readonly Approval[],
  use: (what: string) => void,
): string[] {
  const approved = approvals.filter(
    (approval) =>
      approval.from === dataset &&
      node.labels.approvals.includes(approval.id) &&
      matchesGlob(approval.urn, node.urn),
  );
  for (const { id } of approved) use(`approval ${id}`);
  return approved.length > 0 ? approved.map((approval) => approval.to) : [dataset];
}

function sortedNodes(graph: Graph): DataNode[] {
  return [...graph.nodes.values()].sort((a, b) => compare(a.id, b.id));
}

/** Datasets that reach a node. */
export function datasetsAt(reach: Reach, id: string): string[] {
  return [...reach].filter(([, arrivals]) => arrivals.has(id)).map(([dataset]) => dataset);
}

/** The way of a dataset to a node, first the resource that carries its label, last the node. */
export function pathTo(reach: Reach, dataset: string, id: string): PathStep[] {
  const arrivals = reach.get(dataset);
  const steps: PathStep[] = [];
  const seen = new Set<string>();
  let arrival = arrivals?.get(id);
  while (arrival && !seen.has(arrival.node.id)) {
    seen.add(arrival.node.id);
    const { over, node } = arrival;
    if (!over) {
      steps.unshift({ urn: node.urn, property: node.labelledBy });
      break;
    }
    const named =
      node.kind === "resource" && over.declaredBy !== node.urn ? [{ urn: node.urn, property: "" }] : [];
    const through = over.through ? [over.through] : [];
    steps.unshift(...through, { urn: over.declaredBy, property: over.property }, ...named);
    arrival = arrivals?.get(over.from);
  }
  return steps.filter((step, index) => index === 0 || !isSame(step, steps[index - 1]));
}

function isSame(a: PathStep, b: PathStep | undefined): boolean {
  return b !== undefined && a.urn === b.urn && a.property === b.property;
}
