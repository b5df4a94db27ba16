import {
  broken,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import {
  type Interconnect,
  interconnectOf,
  type Reading,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";
import { awsRegion, countriesOfGeoScope, equinixMetro, geoScopeNames } from "@hybrid-ai-fabric/locality";

/** Zones and their countries: docs.equinix.com/fabric/geo-zones; the API names EU as well, which provider 5.1.0 refuses. */
export const geoZonesHoldBothEnds: Rule = {
  id: "geo-zones-hold-both-ends",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Both ends of a circuit are inside its geo zone: a circuit that may not leave a country cannot reach an end outside of it, and Equinix blocks its traffic.",
  remediation:
    "Choose ends inside the zone, or the zone that holds both; it cannot be changed later without a new circuit.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    return interconnect
      .all("fabricConnection")
      .flatMap((connection) => judge(view, connection, interconnect));
  },
};

function judge(_view: View, connection: PlannedResource, interconnect: Interconnect): Finding[] {
  const zone = textAt(connection, "geoScope");
  if (zone.state === "absent") return [];
  if (zone.state === "hidden") {
    return [
      notShown(connection, "geoScope", `Nothing shows the geo zone of ${connection.name}: ${zone.why}.`),
    ];
  }
  const countries = countriesOfGeoScope(zone.value);
  if (!countries) {
    const message = `${connection.name} has geo zone "${zone.value}", not one of ${geoScopeNames().join(", ")}.`;
    return [broken(connection, "geoScope", message)];
  }
  return endsOf(connection, interconnect).flatMap(({ property, country, name }) => {
    if (country === undefined) {
      return [
        notShown(
          connection,
          property,
          `Nothing shows that ${name} of ${connection.name} is inside ${zone.value}.`,
        ),
      ];
    }
    if (countries.includes(country)) return [];
    const message = `${connection.name} may not leave ${zone.value}, but ${name} is in ${country}.`;
    return [broken(connection, property, message, { via: [{ urn: connection.urn, property: "geoScope" }] })];
  });
}

interface ZoneEnd {
  property: string;
  name: string;
  country?: string | undefined;
}

function endsOf(connection: PlannedResource, interconnect: Interconnect): ZoneEnd[] {
  const ends = ["aSide", "zSide"].flatMap((side) => {
    const property = `${side}.accessPoint.location.metroCode`;
    return end(property, textAt(connection, property), (metro) => equinixMetro(metro)?.country);
  });
  const router = interconnect.named(connection, "aSide.accessPoint.router.uuid", "fabricRouter").resources[0];
  const start = router
    ? end(
        "aSide.accessPoint.router",
        textAt(router, "location.metroCode"),
        (metro) => equinixMetro(metro)?.country,
      )
    : [];
  const property = "zSide.accessPoint.sellerRegion";
  return [...ends, ...start, ...end(property, textAt(connection, property), (id) => awsRegion(id)?.country)];
}

function end(
  property: string,
  reading: Reading<string>,
  countryOf: (text: string) => string | undefined,
): ZoneEnd[] {
  if (reading.state === "absent") return [];
  if (reading.state === "hidden") return [{ property, name: property }];
  return [{ property, name: `${property} ${reading.value}`, country: countryOf(reading.value) }];
}
