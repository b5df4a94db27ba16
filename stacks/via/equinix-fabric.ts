import { placeOfAwsRegion, placeOfMetro, roundTripMs } from "@hybrid-ai-fabric/locality";
import * as pulumi from "@pulumi/pulumi";
import {
  bfdTimers,
  FabricCircuit,
  type FabricCircuitASide,
  FabricRoutePolicy,
  FabricRouter,
  FabricUplink,
  linkAddresses,
  linkAddressesIpv6,
} from "../../components";
import type { EquinixFabric } from "../environment/via/equinix-fabric";
import type { CircuitOrder } from "../interconnect";
import { geoScopeOf, linkNumber } from "../interconnect-decisions";
import { guardsOf, interfaceOf } from "./circuit-options";

/** A circuit over Equinix Fabric: from a router of its own, or from the port that is named for it. */
export function orderFabric(order: CircuitOrder, fabric: EquinixFabric): pulumi.Output<string> {
  const { name, interconnect, declared, circuit, over, metro, labels } = order;
  const guards = guardsOf(declared);
  const geoScope = geoScopeOf(order.environment, declared, fabric);
  const { aSide, customerAsn } = begin();
  const farMetro = fabric.metro ?? metro;
  const from = placeOfMetro(metro);
  const to = placeOfAwsRegion(over.sellerRegion);
  const roundTrip = from && to ? roundTripMs(from, to)?.p50 : undefined;
  const ordered = new FabricCircuit(
    name,
    {
      interconnect,
      aSide,
      customerAsn,
      metro,
      ...(farMetro === metro ? {} : { farMetro }),
      sellerRegion: over.sellerRegion,
      accountId: order.accountId,
      profileId: fabric.profile,
      bandwidthMbps: fabric.bandwidthMbps,
      notificationEmails: fabric.notifications,
      ...interfaceOf(order),
      amazonSideAsn: declared.asn,
      rank: circuit.rank,
      bfdIntervalMs: bfdTimers(roundTrip).intervalMs,
      ...(geoScope === undefined ? {} : { geoScope }),
      ...(labels ? { labels } : {}),
      ...guards,
    },
    { parent: order.parent, provider: order.provider },
  );
  if (aSide.router) filterRoutes(order, fabric, ordered.circuitId);
  return ordered.virtualInterfaceId;

  function begin(): { aSide: FabricCircuitASide; customerAsn: FabricRouter["asn"] | number } {
    const aSide = declaredASide(fabric, circuit.device);
    if (aSide && fabric.siteAsn !== undefined) return { aSide, customerAsn: fabric.siteAsn };
    const router = new FabricRouter(
      `${name}-router`,
      {
        interconnect,
        metro,
        projectId: fabric.project,
        packageCode: fabric.routerPackage,
        notificationEmails: fabric.notifications,
        ...(fabric.purchaseOrder === undefined ? {} : { purchaseOrder: fabric.purchaseOrder }),
        ...(fabric.accountNumber === undefined ? {} : { accountNumber: Number(fabric.accountNumber) }),
        ...(labels ? { labels } : {}),
        ...guards,
      },
      { parent: order.parent },
    );
    joinSite(order, fabric, router, geoScope);
    return { aSide: { router: { id: router.routerId } }, customerAsn: router.asn };
  }
}

/** What the environment names for the circuit on a device; nothing where a Cloud Router is ordered for it. */
function declaredASide(fabric: EquinixFabric, device: number): FabricCircuitASide | undefined {
  const port = fabric.ports?.[device - 1];
  const edge = fabric.virtualDevices?.[device - 1];
  const tokenKey = fabric.serviceTokenKeys?.[device - 1];
  if (port) {
    const { id, vlan, innerVlan } = port;
    return { port: { id, vlan, ...(innerVlan === undefined ? {} : { innerVlan }) } };
  }
  if (edge) {
    const { id, interface: interfaceId } = edge;
    return { virtualDevice: { id, ...(interfaceId === undefined ? {} : { interfaceId }) } };
  }
  if (tokenKey === undefined) return undefined;
  return { serviceToken: { id: new pulumi.Config().requireSecret(tokenKey) } };
}

/** What the router of a circuit may learn over it and announce. */
function filterRoutes(order: CircuitOrder, fabric: EquinixFabric, circuitId: pulumi.Output<string>): void {
  const { inbound, outbound } = order.declared.routes ?? {};
  const { aggregates } = fabric;
  if (!inbound && !outbound && !aggregates) return;
  const orLonger = (prefixes: string[]) => prefixes.map((prefix) => ({ prefix, orLonger: true }));
  new FabricRoutePolicy(
    `${order.name}-routes`,
    {
      circuitId,
      projectId: fabric.project,
      ...(inbound ? { inbound: orLonger(inbound) } : {}),
      ...(outbound ? { outbound: orLonger(outbound) } : {}),
      ...(aggregates ? { aggregates } : {}),
    },
    { parent: order.parent },
  );
}

/** The way from a Cloud Router to the site's own router. */
function joinSite(
  order: CircuitOrder,
  fabric: EquinixFabric,
  router: FabricRouter,
  geoScope: string | undefined,
): void {
  const { name, interconnect, declared, circuit, metro, bgpKey, labels } = order;
  const uplink = fabric.uplinks?.[circuit.device - 1];
  if (!uplink || fabric.siteAsn === undefined) return;
  const ends = linkAddresses(declared.linkCidr, linkNumber(circuit, "uplink"));
  const { linkCidrIpv6 } = declared;
  const ipv6 = linkCidrIpv6 === undefined ? undefined : linkAddressesIpv6(linkCidrIpv6, linkNumber(circuit));
  new FabricUplink(
    `${name}-uplink`,
    {
      interconnect,
      routerId: router.routerId,
      metro,
      portId: uplink.port,
      vlan: uplink.vlan,
      bandwidthMbps: uplink.bandwidthMbps ?? fabric.bandwidthMbps,
      notificationEmails: fabric.notifications,
      siteAsn: fabric.siteAsn,
      // The first address of a link is the router's that we order, here as towards Amazon.
      link: { router: ends.customer, site: ends.amazon },
      ...(ipv6 ? { linkIpv6: { router: ipv6.customer, site: ipv6.amazon } } : {}),
      rank: circuit.rank,
      ...(geoScope === undefined ? {} : { geoScope }),
      ...(bgpKey === undefined ? {} : { bgpKey }),
      ...(labels ? { labels } : {}),
      ...guardsOf(declared),
    },
    { parent: order.parent },
  );
}
