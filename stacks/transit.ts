import type * as aws from "@pulumi/aws";
import { RegionPeering, type RegionPeeringEnd, RegionTransit } from "../components";
import { type Environment, isAwsPlace } from "./environment";
import { labelsArrivingAt } from "./labels";
import { type RegionLayer, siteCidrsReaching } from "./network";
import { transitGateways } from "./transit-decisions";

/** The transit gateway of a region with the places that it joins. */
export interface TransitLayer {
  region: string;
  asn: number;
  transit: RegionTransit;
  places: RegionLayer[];
  provider: aws.Provider;
}

/** One transit gateway for all places of a region in an account, and the peerings between them. By place. */
export function createTransits(
  environment: Environment,
  networks: { [place: string]: RegionLayer },
): { [place: string]: TransitLayer } {
  const layers = transitGateways(environment).flatMap(({ name, places, asn }) => {
    const joined = places.flatMap((place) => networks[place] ?? []);
    const layer = createTransit(environment, name, joined, asn);
    return layer ? joined.map(({ place }) => [place, layer] as const) : [];
  });
  const byPlace = Object.fromEntries(layers);
  createPeerings(environment, byPlace);
  return byPlace;
}

function createTransit(
  environment: Environment,
  name: string,
  places: RegionLayer[],
  asn: number,
): TransitLayer | undefined {
  const [first] = places;
  if (!first) return undefined;
  const { region, provider } = first;
  const labels = labelsArrivingAt(environment, ...places.map(({ place }) => place));
  const transit = new RegionTransit(
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
          ...siteCidrsReaching(environment, place),
          ...peersOf(environment, place).flatMap((peer) => cidrOf(environment, peer)),
        ],
      })),
      ...(labels ? { labels } : {}),
    },
    { provider },
  );
  return { region, asn, transit, places, provider };
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
