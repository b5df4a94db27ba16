import {
  directConnectLocation,
  metroOfDirectConnectLocation,
  type Place,
  placeOfMetro,
} from "@hybrid-ai-fabric/locality";
import type { PlannedResource } from "../resource";
import type { View } from "../rule";
import { isUnknown, type Value } from "../value";
import type { Circuit } from "./circuits";
import { interconnectOf } from "./plan-index";
import { textAt } from "./reading";

/** Where the site's end of a path is, or why nothing shows it. */
export type SiteEnd = { place: Place; property: string } | { unknown: string; property: string };

/** Finds the site's end of circuits, with the metros that components registered for a whole interconnect. */
export function siteFinder(view: View): (circuit: Circuit) => SiteEnd {
  const ofPath = metrosByInterconnect(view.graph.resources);
  return (circuit) => siteOf(view, circuit, ofPath);
}

/** Components that register both `interconnect` and `metro` say where the site of all circuits of that name is. */
function metrosByInterconnect(resources: readonly PlannedResource[]): Map<string, Value> {
  const metros = new Map<string, Value>();
  for (const { custom, outputs } of resources) {
    const { interconnect, metro, circuits } = outputs;
    if (custom || typeof interconnect !== "string" || metro === undefined) continue;
    if (circuits !== undefined || !metros.has(interconnect)) metros.set(interconnect, metro);
  }
  return metros;
}

function siteOf(view: View, circuit: Circuit, ofPath: ReadonlyMap<string, Value>): SiteEnd {
  const { attachment, connection, carrier } = circuit;
  const interconnect = interconnectOf(view);
  const components = interconnect.componentsOf(connection ?? attachment);
  const path = components.map(({ outputs }) => outputs.interconnect).find((name) => typeof name === "string");
  const registered =
    (typeof path === "string" ? ofPath.get(path) : undefined) ??
    components.map(({ outputs }) => outputs.metro).find((metro) => metro !== undefined);
  if (registered !== undefined) return inMetro(registered, "metro");
  if (!connection)
    return { unknown: circuit.unresolved ?? "its connection is not in this plan", property: "connectionId" };
  if (carrier === "equinix") return fabricEnd(view, connection);
  if (carrier === "aws") return locationEnd(connection);
  const declared = view.graph.nodes.get(connection.urn)?.location.places[0]?.place;
  if (carrier === "megaport" && declared?.metro) return { place: declared, property: "aEnd" };
  return { unknown: `nothing shows the metro that ${connection.name} starts in`, property: "aEnd" };
}

function fabricEnd(view: View, connection: PlannedResource): SiteEnd {
  const property = "aSide.accessPoint.location.metroCode";
  const metro = textAt(connection, property);
  if (metro.state === "known") return inMetro(metro.value, property);
  if (metro.state === "hidden") return { unknown: metro.why, property };
  const { resources } = interconnectOf(view).named(
    connection,
    "aSide.accessPoint.router.uuid",
    "fabricRouter",
  );
  const [router] = resources.map((resource) => textAt(resource, "location.metroCode"));
  if (router?.state === "known") return inMetro(router.value, property);
  return { unknown: `nothing shows the metro that ${connection.name} starts in`, property };
}

function locationEnd(connection: PlannedResource): SiteEnd {
  const location = textAt(connection, "location");
  const metro = location.state === "known" ? metroOfDirectConnectLocation(location.value) : undefined;
  if (metro !== undefined) return inMetro(metro, "location");
  const known = location.state === "known" && directConnectLocation(location.value) !== undefined;
  const why = known ? "no table gives its metro" : "it is not known";
  return { unknown: `location of ${connection.name}: ${why}`, property: "location" };
}

function inMetro(metro: Value, property: string): SiteEnd {
  const place = typeof metro === "string" ? placeOfMetro(metro) : undefined;
  if (place) return { place, property };
  return {
    unknown: isUnknown(metro) ? "its metro is not known before creation" : "its metro is in no table",
    property,
  };
}
