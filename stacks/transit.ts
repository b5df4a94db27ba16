import type * as aws from "@pulumi/aws";
import { RegionPeering, type RegionPeeringEnd, RegionTransit, type StackOutputs } from "../components";
import { type Environment, isAwsPlace } from "./environment";
import { isOverTransit } from "./interconnect-decisions";
import { labelsArrivingAt } from "./labels";
import { exportedAt, type RegionLayer, siteCidrsReaching } from "./network";
import { transitGateways } from "./transit-decisions";

/** What the other layers need of a transit gateway, whether this stack creates it or another one did. */
export type TransitIds = Pick<RegionTransit, "transitGatewayId" | "arrivalRouteTableId" | "routeTableIds">;

/** The transit gateway of a region with the places that it joins. */
export interface TransitLayer {
  /** Account and region. */
  name: string;
  region: string;
  asn: number;
  transit: TransitIds;
  places: RegionLayer[];
  provider: aws.Provider;
}

/** One transit gateway for all places of a region in an account, and the peerings between them. By place. */
export function createTransits(
  environment: Environment,
  networks: { [place: string]: RegionLayer },
): { [place: string]: TransitLayer } {
  const layers = gatewaysOf(environment, networks).map((group) => ({
    ...group,
    transit: createTransit(environment, group),
  }));
  const byPlace = placesOf(layers);
  createPeerings(environment, byPlace);
  return byPlace;
}

/** Transit gateways that another stack created. */
export function referToTransits(
  environment: Environment,
  networks: { [place: string]: RegionLayer },
  from: StackOutputs<typeof exportTransits>,
): { [place: string]: TransitLayer } {
  const exported = from.output("transits");
  return placesOf(
    gatewaysOf(environment, networks).map((group) => ({
      ...group,
      transit: exported.apply((transits) => exportedAt(transits, "transits", group.name)),
    })),
  );
}

/** What other stacks may attach to the transit gateways. */
export function exportTransits(layers: { [place: string]: TransitLayer }) {
  const transits = Object.fromEntries(
    Object.values(layers).map(({ name, transit }) => {
      const { transitGatewayId, arrivalRouteTableId, routeTableIds } = transit;
      return [name, { transitGatewayId, arrivalRouteTableId, routeTableIds }];
    }),
  );
  return { transits };
}

/** What the packs of other stacks must know of the gateways: the region that a path to one leads to. */
export function placesOfGateways(layers: { [place: string]: TransitLayer }) {
  return [...new Set(Object.values(layers))].map(({ region, transit }) => ({
    id: transit.transitGatewayId,
    place: `aws:${region}`,
  }));
}

type Gateway = Omit<TransitLayer, "transit">;

/** One gateway for all places of a region in an account. */
function gatewaysOf(environment: Environment, networks: { [place: string]: RegionLayer }): Gateway[] {
  return transitGateways(environment).flatMap(({ name, places, asn }) => {
    const joined = places.flatMap((place) => networks[place] ?? []);
    const [first] = joined;
    return first ? [{ name, region: first.region, asn, places: joined, provider: first.provider }] : [];
  });
}

function placesOf(layers: readonly TransitLayer[]): { [place: string]: TransitLayer } {
  return Object.fromEntries(
    layers.flatMap((layer) => layer.places.map(({ place }) => [place, layer] as const)),
  );
}

function createTransit(
  environment: Environment,
  { name, region, asn, places, provider }: Gateway,
): RegionTransit {
  const labels = labelsArrivingAt(environment, ...places.map(({ place }) => place));
  return new RegionTransit(
    name,
    {
      region,
      asn,
      networks: places.map(({ place, purpose, network }) => ({
        name: place,
        purpose,
        vpcId: network.vpcId,
        subnetIds: network.subnetIds,
        routeTableId: network.routeTableId,
        destinations: [
          ...siteCidrsReaching(environment, place, isOverTransit),
          ...peersOf(environment, place).flatMap((peer) => cidrOf(environment, peer)),
        ],
      })),
      ...(labels ? { labels } : {}),
    },
    { provider },
  );
}

/** Places that a peering joins with this one. */
function peersOf(environment: Environment, place: string): string[] {
  return Object.values(environment.peerings).flatMap(({ between }) =>
    between.includes(place) ? between.filter((other) => other !== place) : [],
  );
}

function cidrOf(environment: Environment, place: string): string[] {
  const declared = environment.places[place];
  return isAwsPlace(declared) ? [declared.cidr] : [];
}

function createPeerings(environment: Environment, transits: { [place: string]: TransitLayer }): void {
  for (const [name, { between }] of Object.entries(environment.peerings)) {
    const [from = "", to = ""] = between;
    const [near, far] = [transits[from], transits[to]];
    if (!near || !far) continue;
    const labels = labelsArrivingAt(environment, from, to);
    new RegionPeering(
      name,
      {
        from: endOf(environment, near, from, to),
        to: endOf(environment, far, to, from),
        ...(labels ? { labels } : {}),
      },
      { provider: near.provider },
    );
  }
}

/** One place of a peering: it sends to the other place's prefix, out of the route table of its own purpose. */
function endOf(
  environment: Environment,
  { region, transit, places }: TransitLayer,
  place: string,
  other: string,
): RegionPeeringEnd {
  const table = places.find((layer) => layer.place === place)?.purpose ?? "training";
  return {
    region,
    transitGatewayId: transit.transitGatewayId,
    arrivalRouteTableId: transit.arrivalRouteTableId,
    routes: cidrOf(environment, other).map((destination) => ({
      table,
      routeTableId: transit.routeTableIds.apply((tables) => tables[table] ?? ""),
      destination,
    })),
  };
}
