import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import {
  interconnectOf,
  type Noun,
  numberAt,
  type Reading,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";
import {
  type BandwidthProduct,
  circuitQuotas,
  directConnectLocationsOfMetro,
  isSold,
  locationMbps,
  mbpsOf,
  needsHundredGigPort,
  soldText,
} from "@hybrid-ai-fabric/locality";

/**
 * Tiers and port speeds of locations: AWS user guide, DescribeLocations of 2026-02-17, Equinix Fabric documentation (10 Mbps
 * to 50 Gbps), Megaport provider schema; condensed in locality/data/interconnect.json.
 */
export const bandwidthIsSold: Rule = {
  id: "circuits-have-a-bandwidth-that-is-sold",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Every circuit, port and router asks for a bandwidth that its product is sold in, at a location that has such ports; a provider refuses the rest when half the path is built.",
  remediation: "Choose one of the bandwidths listed, and a product and location that have it.",
  evaluate: (view) => {
    const { all } = interconnectOf(view);
    return [
      ...all("fabricConnection").flatMap(fabricConnection),
      ...all("vxc").flatMap(vxc),
      ...all("fabricServiceToken").flatMap(serviceToken),
      ...plain.flatMap(({ nouns, property, product, noun }) =>
        all(...nouns).flatMap((resource) => {
          const text = textAt(resource, property);
          const reading = noun === "aws" ? inMbps(text) : numberAt(resource, property);
          const unsold = sold(resource, reading, product);
          return unsold.length > 0 ? unsold : atLocation(resource, reading);
        }),
      ),
    ];
  },
};

/** Products that one property says all about; AWS writes a bandwidth as `10Gbps`, Megaport as a number of Mbps. */
const plain: { nouns: Noun[]; property: string; product: BandwidthProduct; noun: "aws" | "megaport" }[] = [
  { nouns: ["connection"], property: "bandwidth", product: "dedicatedConnection", noun: "aws" },
  { nouns: ["lag"], property: "connectionsBandwidth", product: "dedicatedConnection", noun: "aws" },
  { nouns: ["hostedConnection"], property: "bandwidth", product: "hostedConnection", noun: "aws" },
  { nouns: ["megaportPort", "lagPort"], property: "portSpeed", product: "megaportPort", noun: "megaport" },
  { nouns: ["mcr"], property: "portSpeed", product: "megaportRouter", noun: "megaport" },
];

const named: { [product in BandwidthProduct]: string } = {
  hostedConnection: "a hosted connection",
  dedicatedConnection: "a dedicated connection",
  macsec: "a connection with MACsec",
  fabricCircuit: "a Fabric connection",
  megaportPort: "a Megaport port",
  megaportRouter: "a Megaport Cloud Router",
  megaportCircuit: "a VXC",
};

/** To AWS a Fabric connection becomes a hosted connection, whose tiers are AWS's; elsewhere Equinix's range holds. */
function fabricConnection(connection: PlannedResource): Finding[] {
  const bandwidth = numberAt(connection, "bandwidth");
  const toAws = textAt(connection, "zSide.accessPoint.sellerRegion").state !== "absent";
  if (!toAws) return sold(connection, bandwidth, "fabricCircuit");
  return [...sold(connection, bandwidth, "hostedConnection"), ...onHundredGig(connection, bandwidth)];
}

/** The largest hosted connections are cut out of 100 Gbps ports only. */
function onHundredGig(connection: PlannedResource, bandwidth: Reading<number>): Finding[] {
  if (bandwidth.state !== "known" || !needsHundredGigPort(bandwidth.value)) return [];
  const metro = textAt(connection, "zSide.accessPoint.location.metroCode");
  const codes = metro.state === "known" ? directConnectLocationsOfMetro(metro.value) : [];
  if (codes.some((code) => locationMbps(code)?.includes(100_000))) return [];
  const message = `${connection.name} asks for ${bandwidth.value} Mbps, which needs a port of 100 Gbps, and no table shows one where it ends.`;
  return [notShown(connection, bandwidth.path, message)];
}

function vxc(vxc: PlannedResource): Finding[] {
  const rate = numberAt(vxc, "rateLimit");
  const type = textAt(vxc, "bEndPartnerConfig.awsConfig.connectType");
  if (type.state === "hidden") {
    return [notShown(vxc, type.path, `Nothing shows which tiers hold for ${vxc.name}: ${type.why}.`)];
  }
  const hosted = type.state === "known" && type.value === "AWSHC";
  return sold(vxc, rate, hosted ? "hostedConnection" : "megaportCircuit");
}

function serviceToken(token: PlannedResource): Finding[] {
  const limit = numberAt(
    token,
    "serviceTokenConnections[].bandwidthLimit",
    "serviceTokenConnection.bandwidthLimit",
  );
  const kind = textAt(
    token,
    "serviceTokenConnections[].aSides[].accessPointSelectors[].type",
    "serviceTokenConnection.aSide.accessPointSelector.type",
  );
  const most = kind.state === "known" ? circuitQuotas.fabricServiceTokenMbps[kind.value] : undefined;
  if (limit.state === "known" && most !== undefined && limit.value > most) {
    return [
      broken(token, limit.path, `${token.name} grants ${limit.value} Mbps; such a token grants ${most}.`),
    ];
  }
  return sold(token, limit, "fabricCircuit");
}

function sold(resource: PlannedResource, reading: Reading<number>, product: BandwidthProduct): Finding[] {
  if (reading.state === "absent") return [];
  if (reading.state === "hidden") {
    const message = `Nothing shows whether ${named[product]} is sold in the bandwidth of ${resource.name}: ${reading.why}.`;
    return [notShown(resource, reading.path, message)];
  }
  if (isSold(product, reading.value)) return [];
  const message = `${resource.name} asks for ${reading.value} Mbps, but ${named[product]} is sold in ${soldText(product)} Mbps.`;
  return [broken(resource, reading.path, message)];
}

/** Not every location has ports of every speed. */
function atLocation(resource: PlannedResource, reading: Reading<number>): Finding[] {
  const location = textAt(resource, "location");
  const speeds = location.state === "known" ? locationMbps(location.value) : undefined;
  if (reading.state !== "known" || !speeds || speeds.includes(reading.value)) return [];
  const message = `${resource.name} asks for a port of ${reading.value} Mbps in a location that has ${speeds.join(", ")} Mbps.`;
  return [broken(resource, reading.path, message)];
}

/** A bandwidth that AWS writes as a text. */
export function inMbps(reading: Reading<string>): Reading<number> {
  if (reading.state !== "known") return reading;
  const value = mbpsOf(reading.value);
  return value === undefined
    ? { state: "hidden", path: reading.path, why: `"${reading.value}" is no bandwidth` }
    : { ...reading, value };
}
