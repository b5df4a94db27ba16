import * as pulumi from "@pulumi/pulumi";
import { DirectConnectHub, FabricCircuit, FabricRouter, linkAddresses } from "../components";
import { type Environment, isAwsPlace } from "./environment";
import { labelsArrivingAt } from "./labels";
import type { RegionLayer } from "./network";

/** The private paths from sites to their regions. */
export function createInterconnects(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
): void {
  const config = new pulumi.Config();
  for (const [name, interconnect] of Object.entries(environment.interconnects)) {
    const site = environment.places[interconnect.from];
    const reached = interconnect.to.flatMap((place) => regions[place] ?? []);
    const [fabric] = interconnect.via.map((via) => via.equinixFabric);
    const [nearest] = reached;
    if (!site || isAwsPlace(site) || !fabric || !nearest) continue;
    const labels = labelsArrivingAt(environment, nearest.place);
    const hub = new DirectConnectHub(
      `${name}-hub`,
      {
        amazonSideAsn: interconnect.asn,
        regions: reached.map(({ region, network, transitGatewayAsn, cidr }) => ({
          region,
          transitGatewayId: network.transitGatewayId,
          transitGatewayAsn,
          allowedPrefixes: [cidr],
        })),
        ...(labels ? { labels } : {}),
      },
      { provider: nearest.provider },
    );
    const router = new FabricRouter(`${name}-router`, {
      metro: site.site.metro,
      projectId: fabric.project,
      packageCode: fabric.routerPackage,
      notificationEmails: fabric.notifications,
      ...(fabric.purchaseOrder === undefined ? {} : { purchaseOrder: fabric.purchaseOrder }),
      ...(fabric.accountNumber === undefined ? {} : { accountNumber: Number(fabric.accountNumber) }),
    });
    new FabricCircuit(
      name,
      {
        routerId: router.routerId,
        routerAsn: router.asn,
        metro: site.site.metro,
        sellerRegion: nearest.region,
        accountId: nearest.accountId,
        profileId: fabric.profile,
        bandwidthMbps: fabric.bandwidthMbps,
        notificationEmails: fabric.notifications,
        directConnectGatewayId: hub.gatewayId,
        amazonSideAsn: interconnect.asn,
        link: linkAddresses(interconnect.linkCidr, 0),
        ...(fabric.geoScope === undefined ? {} : { geoScope: fabric.geoScope }),
        ...(fabric.bgpKey === undefined ? {} : { bgpKey: config.requireSecret(fabric.bgpKey) }),
        ...(labels ? { labels } : {}),
      },
      { provider: nearest.provider },
    );
  }
}
