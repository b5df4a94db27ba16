import { compare, datasetsOn, type Graph, type PlannedResource, type View } from "@hybrid-ai-fabric/graph";

const known = new WeakMap<Graph, ReadonlyMap<string, string[]>>();

/** Names of the datasets that are at a resource: by its own labels, or because they flow there. */
export function datasetsAt(view: View, resource: PlannedResource): string[] {
  const byNode = known.get(view.graph) ?? datasetsByNode(view);
  known.set(view.graph, byNode);
  return byNode.get(resource.urn) ?? [];
}

function datasetsByNode(view: View): ReadonlyMap<string, string[]> {
  const names = new Map<string, Set<string>>();
  const note = (id: string, dataset: string) => {
    const set = names.get(id);
    if (set) set.add(dataset);
    else names.set(id, new Set([dataset]));
  };
  for (const [dataset, arrivals] of view.reach) for (const id of arrivals.keys()) note(id, dataset);
  for (const node of view.graph.nodes.values()) {
    for (const dataset of datasetsOn(node.labels)) note(node.id, dataset);
  }
  return new Map([...names].map(([id, set]) => [id, [...set].sort(compare)]));
}

/** Datasets of several resources that carry the same traffic, such as an interface and its gateway. */
export function datasetsOfAll(view: View, resources: readonly PlannedResource[]): string[] {
  return [...new Set(resources.flatMap((resource) => datasetsAt(view, resource)))].sort(compare);
}
