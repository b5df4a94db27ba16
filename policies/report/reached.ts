import {
  carriesNoData,
  compare,
  type DataNode,
  type PathStep,
  pathTo,
  shortName,
  type View,
} from "@hybrid-ai-fabric/graph";
import { describePlace, type Place } from "@hybrid-ai-fabric/locality";

/** A dataset at a resource, or at something outside the plan. */
export interface Reached {
  dataset: string;
  /** URN, or the name of what stands outside the plan. */
  id: string;
  name: string;
  places: Place[];
  /** Why its place, or a part of it, is not known. */
  notShown: string[];
  certain: boolean;
  /** True for what only encrypts the data: the key goes there, not the data. */
  keyOnly: boolean;
  path: PathStep[];
}

/** Everything that one dataset reaches and that can bear it, in a stable order. */
export function reachedBy(view: View, dataset: string): Reached[] {
  return [...(view.reach.get(dataset)?.values() ?? [])]
    .filter(({ node }) => node.kind !== "hub" && !isPermission(node))
    .map(({ node, certain, over }) => ({
      dataset,
      id: node.id,
      name: nameOf(node),
      places: node.location.places.map(({ place }) => place),
      notShown: isUncatalogued(node)
        ? ["no table says what its type does with data, nor where"]
        : [...node.location.unresolved],
      certain,
      keyOnly: over?.carries === "key",
      path: pathTo(view.reach, dataset, node.id),
    }))
    .sort((a, b) => compare(a.id, b.id));
}

/** Labels also stand on what only permits or configures; no data gets there. */
function isPermission({ row, resource }: DataNode): boolean {
  if (row) return row.role === "control";
  return resource !== undefined && carriesNoData(resource.type);
}

function isUncatalogued({ kind, row }: DataNode): boolean {
  return kind === "resource" && row === undefined;
}

function nameOf(node: DataNode): string {
  if (node.kind === "resource") return shortName(node.urn);
  return node.kind === "external"
    ? node.id.replace(/^external:/, "")
    : `an unknown end of ${shortName(node.urn)}`;
}

export function placesText({ places, notShown }: Pick<Reached, "places" | "notShown">): string {
  const texts = [...new Set(places.map(describePlace))];
  if (notShown.length > 0) texts.push("a place that is not shown");
  return texts.join(" and ") || "no place of its own";
}
