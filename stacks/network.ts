import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type DatasetLabels,
  endpointsOfAgents,
  joinedLabels,
  RegionNetwork,
  type StackOutputs,
} from "../components";
import { accountName, accountOf, providerFor } from "./accounts";
import { topologyOf } from "./agent-topology";
import { type AwsPlace, type Environment, type Interconnect, isAwsPlace } from "./environment";
import { labelsArrivingAt } from "./labels";
import { labelsServedAt, servicesAskedForAt } from "./serving-decisions";
import { endpointsOfClusters } from "./training-decisions";

/** What the other layers need of a network, whether this stack creates it or another one did. */
export type NetworkIds = Pick<RegionNetwork, "vpcId" | "subnetIds" | "routeTableId">;

/** An AWS place with its network. */
export interface RegionLayer {
  place: string;
  region: string;
  cidr: string;
  /** What runs here: training, serving or agents. */
  purpose: string;
  accountId: string;
  accountName: string;
  network: NetworkIds;
  provider: aws.Provider;
}

/** Networks of all AWS places. Providers differ by account only; the region is said at each resource. */
export function createNetworks(environment: Environment): { [place: string]: RegionLayer } {
  const providers = new Map<string, aws.Provider>();
  return Object.fromEntries(
    awsPlaces(environment).map(({ name, place }) => {
      const provider = providerFor(environment, place, providers);
      const labels = labelsInNetwork(environment, name);
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
      return [name, layerOf(environment, name, place, network, provider)];
    }),
  );
}

/** Labels of everything that the network of a place carries, and that its records of flows tell of. */
export function labelsInNetwork(environment: Environment, place: string): DatasetLabels | undefined {
  const all = [labelsArrivingAt(environment, place), labelsServedAt(environment, [place])];
  return joinedLabels(all.filter((labels) => labels !== undefined));
}

/** Networks that another stack created. What is decided comes from the environment, which both stacks share. */
export function referToNetworks(
  environment: Environment,
  from: StackOutputs<typeof exportNetworks>,
): { [place: string]: RegionLayer } {
  const providers = new Map<string, aws.Provider>();
  const exported = from.output("networks");
  return Object.fromEntries(
    awsPlaces(environment).map(({ name, place }) => {
      const network = exported.apply((networks) => exportedAt(networks, "networks", name));
      const ids = {
        vpcId: network.vpcId,
        subnetIds: place.zones.map((_, index) => network.subnetIds.apply((ids) => ids[index] ?? "")),
        routeTableId: network.routeTableId,
      };
      return [name, layerOf(environment, name, place, ids, providerFor(environment, place, providers))];
    }),
  );
}

/** A place, store or model that the other stack must have: it was brought up before the environment named it. */
export function exportedAt<T>(exported: { [key: string]: T }, output: string, key: string): T {
  const found = exported[key];
  if (found !== undefined) return found;
  const keys = Object.keys(exported).join(", ") || "none";
  throw new pulumi.RunError(
    `The output ${output} of the other stack has no ${key}; it has ${keys}. Bring it up again first.`,
  );
}

/** What other stacks may place into the networks. */
export function exportNetworks(layers: { [place: string]: RegionLayer }) {
  const networks = Object.fromEntries(
    Object.entries(layers).map(([place, { region, accountId, cidr, network }]) => {
      const { vpcId, subnetIds, routeTableId } = network;
      return [place, { region, accountId, cidr, vpcId, subnetIds, routeTableId }];
    }),
  );
  return { networks };
}

/** What the packs of other stacks must know of the subnets: the zone that each one stands in. */
export function zonesOfSubnets(environment: Environment, layers: { [place: string]: RegionLayer }) {
  return awsPlaces(environment).flatMap(({ name, place }) =>
    place.zones.flatMap((zone, index) => {
      const id = layers[name]?.network.subnetIds[index];
      return id ? [{ id, zone }] : [];
    }),
  );
}

function layerOf(
  environment: Environment,
  name: string,
  place: AwsPlace,
  network: NetworkIds,
  provider: aws.Provider,
): RegionLayer {
  return {
    place: name,
    region: place.aws,
    cidr: place.cidr,
    purpose: place.purpose,
    accountId: accountOf(environment, place),
    accountName: accountName(environment, place),
    network,
    provider,
  };
}

/** AWS places in order of name. */
export function awsPlaces(environment: Environment): { name: string; place: AwsPlace }[] {
  return Object.entries(environment.places)
    .flatMap(([name, place]) => (isAwsPlace(place) ? [{ name, place }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Prefixes of the sites that have a path to a place; or those of paths of a kind. */
export function siteCidrsReaching(
  environment: Environment,
  place: string,
  kind: (interconnect: Interconnect) => boolean = () => true,
): string[] {
  const sites = Object.values(environment.interconnects).flatMap((interconnect) =>
    interconnect.to.includes(place) && kind(interconnect) ? [interconnect.from] : [],
  );
  return [...new Set(sites)].flatMap((site) => siteCidrs(environment, site));
}

/** Prefixes of a site that AWS may reach. */
export function siteCidrs(environment: Environment, site: string): string[] {
  const declared = environment.places[site];
  return declared && !isAwsPlace(declared) ? (declared.cidrs ?? []) : [];
}
