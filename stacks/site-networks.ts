import { FabricNetwork, FabricRouter, joinedLabels } from "../components";
import { type Environment, isAwsPlace } from "./environment";
import { labelsOf } from "./labels";
import { geoScopeOfSites, scopeOf } from "./site-network-decisions";

/** Networks between sites; IP-WAN orders a Cloud Router for each of them. */
export function createSiteNetworks(environment: Environment): void {
  for (const [name, network] of Object.entries(environment.siteNetworks)) {
    const { type, project, notifications, protect, region } = network;
    const labels = joinedLabels(network.carries.map((dataset) => labelsOf(environment, dataset)));
    const geoScope = geoScopeOfSites(network, environment);
    const shared = {
      interconnect: name,
      projectId: project,
      notificationEmails: notifications,
      protect,
      ...(labels ? { labels } : {}),
    };
    const sites = Object.entries(network.sites).flatMap(([site, member]) => {
      const place = environment.places[site];
      if (!place || isAwsPlace(place)) return [];
      const { metro } = place.site;
      const { bandwidthMbps, port, vlan, routerPackage = "STANDARD" } = member;
      const begin =
        type === "IPWAN"
          ? {
              routerId: new FabricRouter(`${name}-${site}-router`, {
                ...shared,
                metro,
                packageCode: routerPackage,
              }).routerId,
            }
          : { ...(port === undefined ? {} : { portId: port }), ...(vlan === undefined ? {} : { vlan }) };
      return [
        { name: site, metro, bandwidthMbps, ...begin, ...(geoScope === undefined ? {} : { geoScope }) },
      ];
    });
    new FabricNetwork(name, {
      ...shared,
      type,
      scope: scopeOf(network, environment),
      sites,
      ...(region === undefined ? {} : { fabricRegion: region }),
    });
  }
}
