import {
  type DatasetLabels,
  DirectConnectHub,
  type DirectConnectHubArgs,
  type Interconnect,
  type VirtualPrivateGateway,
} from "../components";
import type { Interconnect as Declared, Environment } from "./environment";
import { isOverTransit, tightestAllocation } from "./interconnect-decisions";
import { type RegionLayer, siteCidrs } from "./network";
import type { TransitLayer } from "./transit";

/** What a gateway is made for, and what may stand behind it. */
export interface HubOrder {
  declared: Declared;
  reached: readonly RegionLayer[];
  transits: { [place: string]: TransitLayer };
  privateGateways: { [place: string]: VirtualPrivateGateway };
  path: Interconnect;
  labels: DatasetLabels | undefined;
}

/** One gateway for the path: it reaches what stands in the declared places, and nothing else. */
export function createHub(environment: Environment, name: string, order: HubOrder): DirectConnectHub {
  const { declared, reached, path, labels } = order;
  const [provider] = reached.map((layer) => layer.provider);
  return new DirectConnectHub(
    `${name}-hub`,
    {
      interconnect: name,
      amazonSideAsn: declared.asn,
      ...behind(order),
      sitePrefixes: siteCidrs(environment, declared.from),
      virtualInterfaces: path.circuits.length,
      allocatedPrefixes: tightestAllocation(declared),
      ...(labels ? { labels } : {}),
    },
    { parent: path, ...(provider ? { provider } : {}) },
  );
}

type Behind = Pick<DirectConnectHubArgs, "regions" | "virtualPrivateGateways" | "coreNetwork">;

/** Transit gateways, gateways of single networks, or a core network: AWS lets one gateway serve one kind. */
function behind({ declared, reached, transits, privateGateways }: HubOrder): Behind {
  const { coreNetwork } = declared;
  if (isOverTransit(declared)) return { regions: transitRegions(reached, transits) };
  if (coreNetwork) {
    const { id, edgeLocations, routingPolicyLabel } = coreNetwork;
    const label = routingPolicyLabel === undefined ? {} : { routingPolicyLabel };
    return { regions: [], coreNetwork: { id, edgeLocations, ...label } };
  }
  const virtualPrivateGateways = reached.flatMap(({ place, region, cidr }) => {
    const gateway = privateGateways[place];
    return gateway ? [{ name: place, region, gatewayId: gateway.gatewayId, allowedPrefixes: [cidr] }] : [];
  });
  return { regions: [], virtualPrivateGateways };
}

function transitRegions(
  reached: readonly RegionLayer[],
  transits: { [place: string]: TransitLayer },
): DirectConnectHubArgs["regions"] {
  const joined = new Map<TransitLayer, RegionLayer[]>();
  for (const layer of reached) {
    const transit = transits[layer.place];
    if (transit) joined.set(transit, [...(joined.get(transit) ?? []), layer]);
  }
  return [...joined].map(([{ region, asn, transit }, layers]) => ({
    region,
    transitGatewayId: transit.transitGatewayId,
    transitGatewayAsn: asn,
    allowedPrefixes: layers.map(({ cidr }) => cidr),
    arrivalRouteTableId: transit.arrivalRouteTableId,
    learningRouteTables: [...new Set(layers.map(({ purpose }) => purpose))].map((purpose) => ({
      name: purpose,
      routeTableId: transit.routeTableIds.apply((tables) => tables[purpose] ?? ""),
    })),
  }));
}
