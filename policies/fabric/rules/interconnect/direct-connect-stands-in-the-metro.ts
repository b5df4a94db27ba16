import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { interconnectOf, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import {
  directConnectLocation,
  directConnectLocationsOfMetro,
  equinixMetro,
  metrosWithKnownLocations,
} from "@hybrid-ai-fabric/locality";

/** Locations: DescribeLocations of 2026-02-17 (locality/data/direct-connect.json); Dublin has none inside Equinix. */
export const directConnectStandsInMetro: Rule = {
  id: "direct-connect-stands-in-the-metro",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A circuit to AWS ends in a metro or location in which AWS has a Direct Connect device; an order to any other cannot be delivered.",
  remediation:
    "End the circuit in a metro with a Direct Connect location, and reach the site over the Fabric.",
  evaluate: (view) => {
    const { all } = interconnectOf(view);
    return [...all("fabricConnection").flatMap(inMetro), ...all("connection", "lag").flatMap(atLocation)];
  },
};

function inMetro(connection: PlannedResource): Finding[] {
  if (textAt(connection, "zSide.accessPoint.sellerRegion").state === "absent") return [];
  const metro = textAt(connection, "zSide.accessPoint.location.metroCode");
  if (metro.state === "absent") return [];
  if (metro.state === "hidden") {
    return [
      notShown(connection, metro.path, `Nothing shows in which metro ${connection.name} ends: ${metro.why}.`),
    ];
  }
  if (!equinixMetro(metro.value)) {
    return [
      broken(
        connection,
        metro.path,
        `${connection.name} ends in "${metro.value}", which is no Equinix metro.`,
      ),
    ];
  }
  if (directConnectLocationsOfMetro(metro.value).length > 0) return [];
  if (metrosWithKnownLocations().includes(metro.value)) {
    const message = `${connection.name} ends in ${metro.value}, where AWS has no Direct Connect location inside Equinix.`;
    return [broken(connection, metro.path, message)];
  }
  const message = `The table of Direct Connect locations does not cover ${metro.value}, where ${connection.name} ends.`;
  return [notShown(connection, metro.path, message, { level: "advisory" })];
}

function atLocation(connection: PlannedResource): Finding[] {
  const location = textAt(connection, "location");
  if (location.state === "hidden") {
    return [
      notShown(connection, "location", `Nothing shows where ${connection.name} ends: ${location.why}.`),
    ];
  }
  if (location.state === "absent" || directConnectLocation(location.value)) return [];
  const message = `${connection.name} ends in "${location.value}", which is no Direct Connect location of the table.`;
  return [broken(connection, "location", message)];
}
