import type * as aws from "@pulumi/aws";
import { endpointsOfAgents, RegionNetwork } from "../components";
import { accountName, accountOf, providerFor } from "./accounts";
import { topologyOf } from "./agent-topology";
import { type AwsPlace, type Environment, isAwsPlace } from "./environment";
import { labelsArrivingAt } from "./labels";
import { servicesAskedForAt } from "./serving-decisions";
import { endpointsOfClusters } from "./training-decisions";

/** An AWS place with its network. */
export interface RegionLayer {
  place: string;
  region: string;
  cidr: string;
  /** What runs here: training, serving or agents. */
  purpose: string;
  accountId: string;
  accountName: string;
  network: RegionNetwork;
  provider: aws.Provider;
}

/** Networks of all AWS places. Providers differ by account only; the region is said at each resource. */
export function createNetworks(environment: Environment): { [place: string]: RegionLayer } {
  const providers = new Map<string, aws.Provider>();
  return Object.fromEntries(
    awsPlaces(environment).map(({ name, place }) => {
      const provider = providerFor(environment, place, providers);
      const labels = labelsArrivingAt(environment, name);
      const network = new RegionNetwork(
        name,
        {
          region: place.aws,
          zoneIds: place.zones,
          cidr: place.cidr,
          siteCidrs: siteCidrsReaching(environment, name),
          interfaceEndpoints: [
            ...new Set([
              ...place.endpoints,
              ...endpointsOfClusters(environment, name),
              ...servicesAskedForAt(environment, name),
              ...endpointsOfAgents(topologyOf(environment), name),
            ]),
          ],
          flowLogDays: place.flowLogDays,
          nat: place.nat,
          ipv6: place.ipv6,
          ...(labels ? { labels } : {}),
        },
        { provider },
      );
      const layer = {
        place: name,
        region: place.aws,
        cidr: place.cidr,
        purpose: place.purpose,
        accountId: accountOf(environment, place),
        accountName: accountName(environment, place),
        network,
        provider,
      };
      return [name, layer];
    }),
  );
}

/** AWS places in order of name. */
export function awsPlaces(environment: Environment): { name: string; place: AwsPlace }[] {
  return Object.entries(environment.places)
    .flatMap(([name, place]) => (isAwsPlace(place) ? [{ name, place }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Prefixes of the sites that have a path to a place. */
export function siteCidrsReaching(environment: Environment, place: string): string[] {
  const sites = Object.values(environment.interconnects).flatMap(({ from, to }) =>
    to.includes(place) ? [from] : [],
  );
  return [...new Set(sites)].flatMap((site) => siteCidrs(environment, site));
}

/** Prefixes of a site that AWS may reach. */
export function siteCidrs(environment: Environment, site: string): string[] {
  const declared = environment.places[site];
  return declared && !isAwsPlace(declared) ? (declared.cidrs ?? []) : [];
}
