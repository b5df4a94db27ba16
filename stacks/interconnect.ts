import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  circuitName,
  type DatasetLabels,
  DirectConnectHub,
  Interconnect,
  type InterconnectCircuit,
  linkAddresses,
} from "../components";
import { type Interconnect as Declared, type Environment, isAwsPlace } from "./environment";
import { type HandOver, handOver } from "./environment/via/hand-over";
import { labelsOver } from "./labels";
import { type RegionLayer, siteCidrs } from "./network";
import type { TransitLayer } from "./transit";
import { orderDedicated } from "./via/direct-connect";
import { orderFabric } from "./via/equinix-fabric";
import { orderMegaport } from "./via/megaport";

/** What every circuit of a path needs, whoever carries it. */
export interface CircuitOrder {
  environment: Environment;
  name: string;
  /** Name of the interconnect. */
  interconnect: string;
  declared: Declared;
  circuit: InterconnectCircuit;
  over: HandOver;
  /** Metro of the site. */
  metro: string;
  accountId: string;
  gatewayId: pulumi.Output<string>;
  link: { customer: string; amazon: string };
  bgpKey?: pulumi.Output<string>;
  labels?: DatasetLabels;
  parent: Interconnect;
  provider: aws.Provider;
}

/** The private paths from sites to their regions. */
export function createInterconnects(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
  transits: { [place: string]: TransitLayer },
): void {
  for (const [name, declared] of Object.entries(environment.interconnects)) {
    const site = environment.places[declared.from];
    const reached = declared.to.flatMap((place) => regions[place] ?? []);
    const [nearest] = reached;
    if (!site || isAwsPlace(site) || !nearest) continue;
    const { metro } = site.site;
    const overs = declared.via.flatMap((via) => handOver(via, metro) ?? []);
    const labels = labelsOver(environment, declared);
    const path = new Interconnect(name, {
      metro,
      regions: [...new Set(reached.map(({ region }) => region))],
      resiliency: declared.resiliency,
      handOffs: overs.map(({ provider, location }) => ({ provider, location })),
      shareLoad: declared.shareLoad,
      ...(declared.circuits === undefined ? {} : { circuits: declared.circuits }),
      ...(labels ? { labels } : {}),
    });
    const hub = createHub(environment, name, { declared, reached, transits, path, labels });
    for (const circuit of path.circuits) {
      const over = overs[circuit.handOff];
      if (!over) continue;
      const place = 2 * circuit.handOff + circuit.device - 1;
      orderCircuit({
        environment,
        name: circuitName(name, circuit),
        interconnect: name,
        declared,
        circuit,
        over,
        metro,
        accountId: nearest.accountId,
        gatewayId: hub.gatewayId,
        link: linkAddresses(declared.linkCidr, place),
        ...(over.bgpKey === undefined ? {} : { bgpKey: new pulumi.Config().requireSecret(over.bgpKey) }),
        ...(labels ? { labels } : {}),
        parent: path,
        provider: nearest.provider,
      });
    }
  }
}

interface HubOrder {
  declared: Declared;
  reached: readonly RegionLayer[];
  transits: { [place: string]: TransitLayer };
  path: Interconnect;
  labels: DatasetLabels | undefined;
}

/** One gateway for the path: it reaches the transit gateways of the declared places, and no others. */
function createHub(
  environment: Environment,
  name: string,
  { declared, reached, transits, path, labels }: HubOrder,
): DirectConnectHub {
  const behind = new Map<TransitLayer, RegionLayer[]>();
  for (const layer of reached) {
    const transit = transits[layer.place];
    if (transit) behind.set(transit, [...(behind.get(transit) ?? []), layer]);
  }
  const [provider] = reached.map((layer) => layer.provider);
  return new DirectConnectHub(
    `${name}-hub`,
    {
      interconnect: name,
      amazonSideAsn: declared.asn,
      regions: [...behind].map(([{ region, asn, transit }, layers]) => ({
        region,
        transitGatewayId: transit.transitGatewayId,
        transitGatewayAsn: asn,
        allowedPrefixes: layers.map(({ cidr }) => cidr),
        arrivalRouteTableId: transit.arrivalRouteTableId,
        learningRouteTables: [...new Set(layers.map(({ purpose }) => purpose))].map((purpose) => ({
          name: purpose,
          routeTableId: transit.routeTableIds.apply((tables) => tables[purpose] ?? ""),
        })),
      })),
      sitePrefixes: siteCidrs(environment, declared.from),
      virtualInterfaces: path.circuits.length,
      ...(labels ? { labels } : {}),
    },
    { parent: path, ...(provider ? { provider } : {}) },
  );
}

function orderCircuit(order: CircuitOrder): void {
  const via = order.declared.via[order.circuit.handOff];
  if (via?.equinixFabric) orderFabric(order, via.equinixFabric);
  else if (via?.megaport) orderMegaport(order, via.megaport);
  else if (via?.directConnect) orderDedicated(order, via.directConnect);
}
