import {
  boundaryOf,
  type Finding,
  isUnknown,
  type Rule,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";
import {
  ANYWHERE,
  countriesOfGeoScope,
  describePlace,
  geoScopeNames,
  isUnlimited,
  mayBeIn,
} from "@hybrid-ai-fabric/locality";
import { describePath, judgePlaces, type Presence, presencesIn } from "./arrivals";
import { evidenceOfTransit } from "./evidence-of-transit";
import { isFailover } from "./failover";

export const dataTravels: Rule = {
  id: "data-travels-where-it-may-be",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "A network path that carries a dataset has its ends where the dataset may pass, and evidence for what lies between.",
  remediation:
    "Choose ends inside the residency, and set a geo zone on circuits between metros or have the way approved as settings.attestations `transit:<interconnect>`, for a network between sites by its own name.",
  evaluate: (view) =>
    presencesIn(view, "transit")
      .filter(({ arrival }) => !isFailover(arrival.node))
      .flatMap((presence) => [...judgeReach(view, presence), ...judgeBetween(view, presence)]),
};

/** The scope of a carrier's network may be any country: approved evidence says which of them it crosses. */
function judgeReach(view: View, presence: Presence): Finding[] {
  const judge = (of: Presence) => judgePlaces(view, of, "transit", "passes through");
  const findings = judge(presence);
  const { carrier } = presence.arrival.node.row ?? {};
  if (findings.length === 0 || carrier === undefined || !isAnywhere(presence)) return findings;
  const { covers, shortfall = "" } = evidenceOfTransit(view, presence);
  if (covers) return judge(withoutAnywhere(presence));
  return findings.map((finding) => ({ ...finding, message: `${finding.message}${shortfall}` }));
}

function isAnywhere({ arrival }: Presence): boolean {
  return arrival.node.location.places.some(({ place }) => place.country === ANYWHERE);
}

function withoutAnywhere({ dataset, arrival, path }: Presence): Presence {
  const { location } = arrival.node;
  const places = location.places.filter(({ place }) => place.country !== ANYWHERE);
  return {
    dataset,
    path,
    arrival: { ...arrival, node: { ...arrival.node, location: { ...location, places } } },
  };
}

/** Only the ends of a circuit are visible: a geo zone, one single metro or approved evidence shows what lies between. */
function judgeBetween(view: View, presence: Presence): Finding[] {
  const { node } = presence.arrival;
  const { dataset } = presence;
  // A network has no ends of its own: its scope says how far it reaches, and its circuits are judged by themselves.
  if (!node.row?.carrier || node.row.attached.length === 0) return [];
  if (!node.resource || isUnlimited(dataset.residency, "transit")) return [];
  const boundary = boundaryOf(node.row, node.resource);
  const doubt = boundary === undefined ? withoutBoundary(presence, node.row.boundary) : undefined;
  const [verdict, text] = doubt
    ? ["cannotBeShown" as const, doubt]
    : withBoundary(presence, node.row.boundary ?? "", boundary, view.today);
  if (text === undefined) return [];
  const evidence = verdict === "cannotBeShown" ? evidenceOfTransit(view, presence) : undefined;
  if (evidence?.covers) return [];
  const message = `Dataset "${dataset.name}" ${text}${evidence?.shortfall ?? ""} Path: ${describePath(presence.path)}.`;
  return [{ verdict, urn: node.urn, dataset: dataset.name, message, path: presence.path }];
}

/** A circuit inside one metro does not leave it; between two, its carrier may route through any country. */
function withoutBoundary({ arrival }: Presence, property: string | undefined): string | undefined {
  const { places, unresolved } = arrival.node.location;
  const metros = new Set(places.flatMap(({ place }) => place.metro ?? []));
  if (metros.size === 1 && unresolved.length === 0) return undefined;
  const ends = places.map(({ place }) => describePlace(place)).join(" and ") || "unknown ends";
  const promise = property === undefined ? "over a network that promises no boundary" : `without ${property}`;
  return `passes between ${ends} ${promise}, so nothing shows which countries it crosses.`;
}

function withBoundary(
  { dataset }: Presence,
  property: string,
  boundary: Value | undefined,
  today: string,
): ["broken" | "cannotBeShown", string | undefined] {
  if (boundary === undefined) return ["broken", undefined];
  if (isUnknown(boundary))
    return ["cannotBeShown", `passes a circuit whose ${property} is not known before creation.`];
  const countries = typeof boundary === "string" ? countriesOfGeoScope(boundary) : undefined;
  if (!countries) {
    const legal = geoScopeNames().join(", ");
    return ["cannotBeShown", `passes a circuit whose ${property} is none of ${legal}.`];
  }
  const { residency, kinds } = dataset;
  const outside = countries.filter(
    (country) =>
      mayBeIn(residency, "transit", { country, operator: "equinix" }, { kinds, today }).verdict !== "holds",
  );
  if (outside.length === 0) return ["broken", undefined];
  return ["broken", `may be carried anywhere in ${outside.join(", ")} by ${property} ${String(boundary)}.`];
}
