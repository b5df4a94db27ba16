import { placeOfAwsRegion, placeOfMetro, roundTripMs } from "@hybrid-ai-fabric/locality";
import * as pulumi from "@pulumi/pulumi";
import { bfdTimers, FabricCircuit, type FabricCircuitASide, FabricRouter } from "../../components";
import type { EquinixFabric } from "../environment/via/equinix-fabric";
import type { CircuitOrder } from "../interconnect";
import { geoScopeOf } from "../interconnect-decisions";
import { guardsOf } from "./circuit-options";

/** A circuit over Equinix Fabric: from a router of its own, or from the port that is named for it. */
export function orderFabric(order: CircuitOrder, fabric: EquinixFabric): void {
  const { name, interconnect, declared, circuit, over, metro, labels } = order;
  const guards = guardsOf(declared);
  const geoScope = geoScopeOf(order.environment, declared, fabric);
  const { aSide, customerAsn } = begin();
  const farMetro = fabric.metro ?? metro;
  const from = placeOfMetro(metro);
  const to = placeOfAwsRegion(over.sellerRegion);
  const roundTrip = from && to ? roundTripMs(from, to)?.p50 : undefined;
  new FabricCircuit(
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
      directConnectGatewayId: order.gatewayId,
      amazonSideAsn: declared.asn,
      link: order.link,
      ipv6: declared.ipv6,
      rank: circuit.rank,
      bfdIntervalMs: bfdTimers(roundTrip).intervalMs,
      siteLink: declared.siteLink !== undefined,
      ...(geoScope === undefined ? {} : { geoScope }),
      ...(order.bgpKey === undefined ? {} : { bgpKey: order.bgpKey }),
      ...(labels ? { labels } : {}),
      ...guards,
    },
    { parent: order.parent, provider: order.provider },
  );

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
