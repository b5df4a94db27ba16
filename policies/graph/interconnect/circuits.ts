import { directConnectLocation, directConnectLocationsOfMetro } from "@hybrid-ai-fabric/locality";
import type { Graph } from "../flow/node";
import { leavesAt } from "../path";
import type { PlannedResource } from "../resource";
import type { View } from "../rule";
import type { Settings } from "../settings";
import { type Noun, nounOf } from "./nouns";
import { type Interconnect, interconnectOf } from "./plan-index";
import { asked, numberAt, textAt } from "./reading";

/** One end of a resiliency question: a device or a building, or why nothing shows which. */
export type End = { at: string } | { unknown: string };

export type Carrier = "equinix" | "megaport" | "aws";

/** One way from a site to a Direct Connect gateway, as far as the plan shows it. */
export interface Circuit {
  /** What is attached to the gateway: a virtual interface, or the acceptance of one. */
  attachment: PlannedResource;
  gateway?: PlannedResource;
  /** The order at the carrier, or the dedicated connection or LAG. */
  connection?: PlannedResource;
  carrier?: Carrier;
  /** A hosted connection is one that a carrier shares out; a dedicated one is a port of one's own at AWS. */
  kind?: "hosted" | "dedicated";
  /** Why the connection cannot be found. */
  unresolved?: string;
}

const gatewayAttachments = [
  "privateInterface",
  "transitInterface",
  "privateAcceptor",
  "transitAcceptor",
] as const satisfies readonly Noun[];

/** What a hosted or dedicated connection can be seen by. */
const connections = [
  "confirmation",
  "fabricConnection",
  "vxc",
  "hostedConnection",
  "connection",
  "lag",
] as const satisfies readonly Noun[];

/** Every way to a gateway; a virtual private gateway counts as none, because nothing fails over behind it. */
export function circuitsOf(view: View): readonly Circuit[] {
  const known = found.get(view.graph);
  if (known) return known;
  const interconnect = interconnectOf(view);
  const circuits = interconnect
    .all(...gatewayAttachments)
    .map((attachment) => circuitOf(attachment, interconnect));
  found.set(view.graph, circuits);
  return circuits;
}

const found = new WeakMap<Graph, readonly Circuit[]>();

export function circuitOf(attachment: PlannedResource, interconnect: Interconnect): Circuit {
  const [gateway] = interconnect.named(attachment, "dxGatewayId", "gateway").resources;
  const found = connectionOf(attachment, interconnect);
  return { attachment, ...(gateway ? { gateway } : {}), ...found };
}

type Found = Pick<Circuit, "connection" | "carrier" | "kind" | "unresolved">;

/** Follows an interface to the order that carries it: over the acceptance of a hosted connection or interface. */
export function connectionOf(attachment: PlannedResource, interconnect: Interconnect): Found {
  const accepts = attachment.inputs.virtualInterfaceId !== undefined;
  const property = accepts ? "virtualInterfaceId" : "connectionId";
  const nouns: readonly Noun[] = accepts
    ? ["hostedPrivateInterface", "hostedTransitInterface", "vxc"]
    : connections;
  const { resources, elsewhere, unresolved } = interconnect.named(attachment, property, ...nouns);
  // A value that was computed from a circuit and its acceptance names both; the order at the carrier says more.
  const [next] = [...resources].sort((a, b) => rank(a) - rank(b));
  if (!next) {
    return {
      unresolved: unresolved ?? `${property} names ${elsewhere.join(", ") || "nothing"} outside this plan`,
    };
  }
  switch (nounOf(next.type)) {
    case "fabricConnection":
      return { connection: next, carrier: "equinix", kind: "hosted" };
    case "vxc":
      return { connection: next, carrier: "megaport", kind: "hosted" };
    case "hostedConnection":
      return { connection: next, kind: "hosted" };
    case "connection":
    case "lag":
      return { connection: next, carrier: "aws", kind: "dedicated" };
    case "confirmation": {
      const order = connectionOf(next, interconnect);
      return order.connection ? order : { ...order, connection: next, kind: "hosted" };
    }
    default:
      return connectionOf(next, interconnect);
  }
}

function rank(resource: PlannedResource): number {
  const noun = nounOf(resource.type);
  if (noun === "fabricConnection" || noun === "vxc") return 0;
  return noun === "confirmation" ? 2 : 1;
}

const devicesOfFabric: [string, Noun][] = [
  ["aSide.accessPoint.router.uuid", "fabricRouter"],
  ["aSide.accessPoint.port.uuid", "fabricPort"],
  ["aSide.accessPoint.virtualDevice.uuid", "edgeDevice"],
  ["aSide.serviceToken.uuid", "fabricServiceToken"],
];

/** The device on the site's side that a circuit starts at: what fails when this box fails. */
export function deviceOf(circuit: Circuit, interconnect: Interconnect): End {
  const { connection, carrier } = circuit;
  if (!connection) return { unknown: circuit.unresolved ?? "its connection is not in this plan" };
  if (carrier === "aws") return { at: connection.urn };
  if (carrier === "megaport") {
    return endNamed(
      connection,
      "aEnd.requestedProductUid",
      ["mcr", "megaportPort", "lagPort", "mve"],
      interconnect,
    );
  }
  for (const [property, noun] of devicesOfFabric) {
    if (asked(connection, property).length > 0) return endNamed(connection, property, [noun], interconnect);
  }
  return { unknown: `nothing shows the device that ${connection.name} starts at` };
}

function endNamed(
  resource: PlannedResource,
  property: string,
  nouns: Noun[],
  interconnect: Interconnect,
): End {
  const { resources, elsewhere, unresolved } = interconnect.named(resource, property, ...nouns);
  const [only, another] = resources;
  if (only && !another) return { at: only.urn };
  if (another)
    return { unknown: `${property} of ${resource.name} may be any of ${resources.length} devices` };
  const [id] = elsewhere;
  return id === undefined
    ? { unknown: unresolved ?? `${property} of ${resource.name} is not given` }
    : { at: id };
}

/**
 * The building in which a circuit meets AWS, as a Direct Connect location code where one is known: what the component
 * around it registered as `location`, else what the order itself says.
 */
export function buildingOf(circuit: Circuit, interconnect: Interconnect, settings: Settings): End {
  const { connection, carrier } = circuit;
  if (!connection) return { unknown: circuit.unresolved ?? "its connection is not in this plan" };
  const [declared] = interconnect
    .componentsOf(connection)
    .map(({ outputs }) => outputs.location)
    .filter((code) => typeof code === "string" && directConnectLocation(code) !== undefined);
  if (typeof declared === "string") return { at: declared };
  if (carrier === "megaport") return buildingOfVxc(connection, interconnect, settings);
  if (carrier === "equinix") return buildingOfFabric(connection);
  const location = textAt(connection, "location");
  if (location.state === "known") return { at: location.value };
  return { unknown: `location of ${connection.name} is not known` };
}

function buildingOfFabric(connection: PlannedResource): End {
  const metro = textAt(connection, "zSide.accessPoint.location.metroCode");
  if (metro.state !== "known")
    return { unknown: `the metro of ${connection.name} is not known before creation` };
  const [code, another] = directConnectLocationsOfMetro(metro.value);
  return { at: code !== undefined && another === undefined ? code : `metro ${metro.value}` };
}

/** Megaport names the far end by the UID of a port: only the contract, after creation the provider, says its building. */
function buildingOfVxc(vxc: PlannedResource, interconnect: Interconnect, settings: Settings): End {
  const table = settings.tables.megaportBuildings;
  const port = textAt(vxc, "bEnd.requestedProductUid");
  const place = [...asked(vxc, "bEnd.locationId"), ...leavesAt(vxc.outputs, "bEnd.locationId")];
  const created = place.map(({ value }) => String(value));
  const names = [...(port.state === "known" ? [port.value] : []), ...created];
  const known = names.map((name) => table[name]).find((building) => building !== undefined);
  if (known !== undefined) return { at: known };
  const near = interconnect
    .named(vxc, "aEnd.requestedProductUid", "mcr", "megaportPort", "lagPort", "mve")
    .resources.map((device) => numberAt(device, "locationId"))
    .flatMap((reading) => (reading.state === "known" ? [String(reading.value)] : []));
  const hint = near.length > 0 ? ` (its near end is in Megaport location ${near.join(", ")})` : "";
  return {
    unknown: `nothing shows the building in which ${vxc.name} meets AWS${hint}; say it in settings.tables.megaportBuildings`,
  };
}
