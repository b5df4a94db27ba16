import {
  carriesNoData,
  catalogueRow,
  compare,
  type DataNode,
  datasetsAt,
  datasetsOn,
  type Finding,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";

export const typesAreCatalogued: Rule = {
  id: "types-that-touch-labelled-data-are-catalogued",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description: "A type that the catalogue does not hold may store or move data in ways that no rule sees.",
  remediation:
    "Describe its type by a row of settings.tables.catalogue: its role, where it stands, and the properties that name other ends.",
  evaluate: (view) =>
    [...view.graph.nodes.values()]
      .filter(({ kind, resource }) => kind === "resource" && resource !== undefined)
      .sort((a, b) => compare(a.id, b.id))
      .flatMap((node) => touches(view, node)),
};

function touches(view: View, node: DataNode): Finding[] {
  const resource = node.resource;
  if (!resource || catalogueRow(resource.type) || carriesNoData(resource.type)) return [];
  const own = datasetsOn(node.labels);
  const through = Object.entries(resource.propertyDependencies)
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([property, urns]) => urns.map((urn) => ({ property, datasets: heldAt(view, urn) })));
  const reaching = datasetsAt(view.reach, node.id);
  const over = reaching.map((name) => view.reach.get(name)?.get(node.id)?.over?.property).find((one) => one);
  const mentioned = { property: over ?? node.labelledBy, datasets: reaching };
  const touched = [{ property: node.labelledBy, datasets: own }, ...through, mentioned].find(
    ({ datasets }) => datasets.length > 0,
  );
  if (!touched) return [];
  const [dataset] = touched.datasets;
  return [
    {
      verdict: "cannotBeShown",
      urn: node.urn,
      message: `${resource.type} is not in the catalogue, and it touches dataset "${touched.datasets.join(" ")}" through ${touched.property}.`,
      path: [{ urn: node.urn, property: touched.property }],
      ...(dataset === undefined ? {} : { dataset }),
    },
  ];
}

/** Datasets that a data-bearing resource holds; what only configures does not pass them on. */
function heldAt(view: View, urn: string): string[] {
  const node = view.graph.nodes.get(urn);
  if (!node?.row || node.row.role === "control" || node.row.role === "key") return [];
  return datasetsAt(view.reach, urn);
}
