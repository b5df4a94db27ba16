import { bandwidthOffer } from "@hybrid-ai-fabric/locality";
import { MegaportCircuit, MegaportRouter } from "../../components";
import type { Megaport } from "../environment/via/megaport";
import type { CircuitOrder } from "../interconnect";
import { guardsOf } from "./circuit-options";

/** A circuit over Megaport: from a router of its own, in the diversity zone of its device. */
export function orderMegaport(order: CircuitOrder, megaport: Megaport): void {
  const { name, interconnect, declared, circuit, over, labels } = order;
  const { partner } = megaport;
  const [zone, partnerPortUid] = portOf(megaport, circuit.device);
  const guards = guardsOf(declared);
  const router = new MegaportRouter(
    `${name}-router`,
    {
      interconnect,
      locationId: megaport.locationId,
      speedMbps: megaport.routerMbps ?? smallestRouter(megaport.bandwidthMbps),
      diversityZone: zone,
      contractTermMonths: megaport.contractTermMonths,
      ...(megaport.asn === undefined ? {} : { asn: megaport.asn }),
      ...(labels ? { labels } : {}),
      ...guards,
    },
    { parent: order.parent },
  );
  new MegaportCircuit(
    name,
    {
      interconnect,
      beginUid: router.productUid,
      beginLocationId: megaport.locationId,
      router: true,
      customerAsn: router.asn,
      partnerPortUid,
      partnerLocationId: partner.locationId,
      diversityZone: zone,
      location: partner.location,
      bandwidthMbps: megaport.bandwidthMbps,
      accountId: order.accountId,
      sellerRegion: over.sellerRegion,
      directConnectGatewayId: order.gatewayId,
      amazonSideAsn: declared.asn,
      link: order.link,
      rank: circuit.rank,
      siteLink: declared.siteLink !== undefined,
      contractTermMonths: megaport.contractTermMonths,
      ...(megaport.routerMtu === undefined ? {} : { routerMtu: megaport.routerMtu }),
      ...(order.bgpKey === undefined ? {} : { bgpKey: order.bgpKey }),
      ...(labels ? { labels } : {}),
      ...guards,
    },
    { parent: order.parent, provider: order.provider },
  );
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
