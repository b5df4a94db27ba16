import { boundaryOf, type Finding, isUnknown, type Rule, type Value } from "@hybrid-ai-fabric/graph";
import { describePlace, geoScopes, isUnlimited, mayBeIn } from "@hybrid-ai-fabric/locality";
import { describePath, dimensionOf, judgePlaces, type Presence, presences } from "./arrivals";

export const dataTravels: Rule = {
  id: "data-travels-where-it-may-be",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "A network path that carries a dataset has its ends where the dataset may pass, and evidence for what lies between.",
  remediation: "Choose ends inside the residency and set a geo zone on circuits between metros.",
  evaluate: (view) =>
    presences(view)
      .filter(({ arrival }) => dimensionOf(arrival) === "transit")
      .flatMap((presence) => [
        ...judgePlaces(view, presence, "transit", "passes through"),
        ...judgeBetween(presence),
      ]),
};

/** Only the ends of a circuit are visible. What lies between is shown by a geo zone, or by both ends being one metro. */
function judgeBetween(presence: Presence): Finding[] {
  const { node } = presence.arrival;
  const { dataset } = presence;
  if (!node.row?.boundary || !node.resource || isUnlimited(dataset.residency, "transit")) return [];
  const boundary = boundaryOf(node.row, node.resource);
  const doubt = boundary === undefined ? withoutBoundary(presence, node.row.boundary) : undefined;
  const [verdict, text] = doubt
    ? ["cannotBeShown" as const, doubt]
    : withBoundary(presence, node.row.boundary, boundary);
  if (text === undefined) return [];
  const message = `Dataset "${dataset.name}" ${text} Path: ${describePath(presence.path)}.`;
  return [{ verdict, urn: node.urn, dataset: dataset.name, message, path: presence.path }];
}

/** A circuit inside one metro does not leave it; between two, Equinix may route through any country. */
function withoutBoundary({ arrival }: Presence, property: string): string | undefined {
  const { places, unresolved } = arrival.node.location;
  const metros = new Set(places.flatMap(({ place }) => place.metro ?? []));
  if (metros.size === 1 && unresolved.length === 0) return undefined;
  const ends = places.map(({ place }) => describePlace(place)).join(" and ") || "unknown ends";
  return `passes between ${ends} without ${property}, so nothing shows which countries it crosses.`;
}

function withBoundary(
  { dataset }: Presence,
  property: string,
  boundary: Value | undefined,
): ["broken" | "cannotBeShown", string | undefined] {
  if (boundary === undefined) return ["broken", undefined];
  if (isUnknown(boundary))
    return ["cannotBeShown", `passes a circuit whose ${property} is not known before creation.`];
  const countries = typeof boundary === "string" ? geoScopes[boundary] : undefined;
  if (!countries) {
    const legal = Object.keys(geoScopes).join(", ");
    return ["cannotBeShown", `passes a circuit whose ${property} is none of ${legal}.`];
  }
  const outside = countries.filter(
    (country) => mayBeIn(dataset.residency, "transit", { country, operator: "equinix" }).verdict !== "holds",
  );
  if (outside.length === 0) return ["broken", undefined];
  return ["broken", `may be carried anywhere in ${outside.join(", ")} by ${property} ${String(boundary)}.`];
}
