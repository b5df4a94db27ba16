import { bandwidthOffer } from "@hybrid-ai-fabric/locality";
import type * as pulumi from "@pulumi/pulumi";
import {
  MegaportCircuit,
  type MegaportCircuitArgs,
  MegaportPort,
  MegaportRouter,
  MegaportServiceKey,
} from "../../components";
import type { Megaport } from "../environment/via/megaport";
import type { CircuitOrder } from "../interconnect";
import { guardsOf, interfaceOf } from "./circuit-options";

/** A circuit over Megaport: from a router or a port of its own, in the diversity zone of its device. */
export function orderMegaport(order: CircuitOrder, megaport: Megaport): pulumi.Output<string> {
  const { name, interconnect, declared, circuit, over, labels } = order;
  const { partner } = megaport;
  const [zone, partnerPortUid] = portOf(megaport, circuit.device);
  const { port, siteAsn } = megaport;
  const begin =
    port && siteAsn !== undefined
      ? beginAtPort(order, megaport, port, { zone, siteAsn })
      : beginAtRouter(order, megaport, zone);
  return new MegaportCircuit(
    name,
    {
      interconnect,
      ...begin,
      beginLocationId: megaport.locationId,
      partnerPortUid,
      partnerLocationId: partner.locationId,
      diversityZone: zone,
      location: partner.location,
      bandwidthMbps: megaport.bandwidthMbps,
      hostedVirtualInterface: megaport.connectType === "AWS",
      accountId: order.accountId,
      sellerRegion: over.sellerRegion,
      ...interfaceOf(order),
      amazonSideAsn: declared.asn,
      rank: circuit.rank,
      contractTermMonths: megaport.contractTermMonths,
      ...(megaport.routerMtu === undefined ? {} : { routerMtu: megaport.routerMtu }),
      ...(labels ? { labels } : {}),
      ...guardsOf(declared),
    },
    { parent: order.parent, provider: order.provider },
  ).virtualInterfaceId;
}

/** What a circuit begins at, and the lists that filter there. */
type Begin = Pick<
  MegaportCircuitArgs,
  "beginUid" | "router" | "customerAsn" | "vlan" | "importFilter" | "exportFilter"
>;

function beginAtRouter(order: CircuitOrder, megaport: Megaport, zone: string): Begin {
  const { name, interconnect, declared, labels } = order;
  const { inbound, outbound } = declared.routes ?? {};
  const router = new MegaportRouter(
    `${name}-router`,
    {
      interconnect,
      locationId: megaport.locationId,
      speedMbps: megaport.routerMbps ?? smallestRouter(megaport.bandwidthMbps),
      diversityZone: zone,
      contractTermMonths: megaport.contractTermMonths,
      ...(megaport.asn === undefined ? {} : { asn: megaport.asn }),
      prefixFilters: [
        ...(inbound ? [{ name: "inbound", prefixes: inbound }] : []),
        ...(outbound ? [{ name: "outbound", prefixes: outbound }] : []),
      ],
      ...(labels ? { labels } : {}),
      ...guardsOf(declared),
    },
    { parent: order.parent },
  );
  return {
    beginUid: router.productUid,
    router: true,
    customerAsn: router.asn,
    ...(inbound ? { importFilter: "inbound" } : {}),
    ...(outbound ? { exportFilter: "outbound" } : {}),
  };
}

/** The site's own router speaks BGP behind the port. The first port of the path may have room for others. */
function beginAtPort(
  order: CircuitOrder,
  { locationId, contractTermMonths }: Megaport,
  port: NonNullable<Megaport["port"]>,
  { zone, siteAsn }: { zone: string; siteAsn: number },
): Begin {
  const { name, interconnect, declared, circuit, labels } = order;
  const { productUid } = new MegaportPort(
    `${name}-port`,
    {
      interconnect,
      locationId,
      speedMbps: port.mbps,
      diversityZone: zone,
      contractTermMonths,
      ...(port.links === undefined ? {} : { links: port.links }),
      ...(labels ? { labels } : {}),
      ...guardsOf(declared),
    },
    { parent: order.parent },
  );
  for (const [key, { maxMbps, vlan, singleUse }] of Object.entries(port.serviceKeys)) {
    if (circuit.device !== 1) continue;
    new MegaportServiceKey(
      `${name}-${key}`,
      { productUid, maxMbps, singleUse, description: key, ...(vlan === undefined ? {} : { vlan }) },
      { parent: order.parent },
    );
  }
  return { beginUid: productUid, router: false, customerAsn: siteAsn, vlan: port.vlan };
}

/** The first device is in red, the second in blue; a path with one port has that zone. */
function portOf({ partner }: Megaport, device: number): [string, string] {
  const ports = Object.entries(partner.ports).sort(([a], [b]) => (a > b ? -1 : 1));
  const [zone, uid] = ports[device - 1] ?? ports[0] ?? ["red", ""];
  return [zone, uid ?? ""];
}

/** Routers are sold in steps: the smallest that carries the circuit. */
function smallestRouter(mbps: number): number {
  return bandwidthOffer("megaportRouter").mbps?.find((step) => step >= mbps) ?? mbps;
}
