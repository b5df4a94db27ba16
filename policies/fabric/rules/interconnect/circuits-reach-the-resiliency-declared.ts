import { broken, type Finding, notShown, type Rule, type View } from "@hybrid-ai-fabric/graph";
import {
  buildingOf,
  type Circuit,
  deviceOf,
  interconnectOf,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";
import { type Declaration, declarationsOf, undecidedOf } from "./resiliency";
import { type Leg, lacksFor } from "./single-points";

/** `high` and `maximum`: AWS Direct Connect Resiliency Toolkit (99.9 % and 99.99 %); one campus counts as one location. */
export const circuitsReachTheirResiliency: Rule = {
  id: "circuits-reach-the-resiliency-declared",
  pack: "fabric",
  severity: "critical",
  level: "mandatory",
  description:
    "Where a resiliency class is declared, the circuits behind it do not share what it says they must not: high needs two locations, maximum two devices in each of two.",
  remediation:
    "Add circuits in another location and from another device or diversity zone, or declare the class that the circuits have.",
  evaluate: (view) => [
    ...declarationsOf(view).flatMap((declaration) => judge(view, declaration)),
    ...undecidedOf(view).map((component) =>
      notShown(component, "resiliency", `Nothing shows which resiliency ${component.name} must reach.`),
    ),
  ],
};

function judge(view: View, { of, property, class: declared, circuits }: Declaration): Finding[] {
  const legs = circuits.map((circuit) => legOf(view, circuit));
  const unknown = legs.flatMap(({ reasons }) => reasons);
  const via = circuits.map(({ attachment }) => ({ urn: attachment.urn, property: "connectionId" }));
  return lacksFor(declared, legs).map(({ verdict, text }) => {
    const reasons =
      verdict === "unknown" && unknown.length > 0 ? ` (${[...new Set(unknown)].join("; ")})` : "";
    const message = `${of.name} declares resiliency ${declared}, but ${text}${reasons}.`;
    return (verdict === "broken" ? broken : notShown)(of, property, message, { via });
  });
}

function legOf(view: View, circuit: Circuit): Leg & { reasons: string[] } {
  const interconnect = interconnectOf(view);
  const [device, building] = [
    deviceOf(circuit, interconnect),
    buildingOf(circuit, interconnect, view.settings),
  ];
  const ends = [device, building];
  const { awsDevice } = circuit.attachment.outputs;
  return {
    name: circuit.attachment.name,
    device: "at" in device ? device.at : undefined,
    building: "at" in building ? building.at : undefined,
    far: typeof awsDevice === "string" && awsDevice !== "" ? awsDevice : undefined,
    zone: zoneOf(view, circuit),
    reasons: ends.flatMap((end) => ("unknown" in end ? [end.unknown] : [])),
  };
}

/** Megaport's red and blue halves of a location: of the device that the circuit starts at. */
function zoneOf(view: View, { connection, carrier }: Circuit): string | undefined {
  if (!connection || carrier !== "megaport") return undefined;
  const devices = interconnectOf(view).named(
    connection,
    "aEnd.requestedProductUid",
    "mcr",
    "megaportPort",
    "lagPort",
    "mve",
  );
  const [zone] = devices.resources.map((device) => textAt(device, "diversityZone"));
  return zone?.state === "known" ? `megaport ${zone.value}` : undefined;
}
