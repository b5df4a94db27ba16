import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  circuitName,
  type DatasetLabels,
  Interconnect,
  type InterconnectCircuit,
  linkAddresses,
  VirtualInterfaceAccepter,
} from "../components";
import { providerOfAccount } from "./accounts";
import { createHub } from "./direct-connect-hub";
import { type Interconnect as Declared, type Environment, isAwsPlace } from "./environment";
import { type HandOver, handOver } from "./environment/via/hand-over";
import { linkNumber } from "./interconnect-decisions";
import { labelsOver } from "./labels";
import type { RegionLayer } from "./network";
import { createPrivateGateways } from "./private-gateways";
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
  /** Account that takes the circuit. */
  accountId: string;
  /** Account of the gateway where it is another: the interface is offered to it. */
  ownerAccountId?: string;
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
  const privateGateways = createPrivateGateways(environment, regions);
  const providers = new Map(
    Object.values(regions).map(({ accountName, provider }) => [accountName, provider] as const),
  );
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
      ...(declared.siteLink === undefined ? {} : { siteLinkApprovedBy: declared.siteLink.approvedBy }),
      ...(labels ? { labels } : {}),
    });
    const hub = createHub(environment, name, { declared, reached, transits, privateGateways, path, labels });
    const taker = takerOf(environment, declared, nearest, providers);
    for (const circuit of path.circuits) {
      const over = overs[circuit.handOff];
      if (!over) continue;
      const order = {
        environment,
        name: circuitName(name, circuit),
        interconnect: name,
        declared,
        circuit,
        over,
        metro,
        ...taker,
        gatewayId: hub.gatewayId,
        link: linkAddresses(declared.linkCidr, linkNumber(circuit)),
        ...(over.bgpKey === undefined ? {} : { bgpKey: new pulumi.Config().requireSecret(over.bgpKey) }),
        ...(labels ? { labels } : {}),
        parent: path,
      };
      const attached = orderCircuit(order);
      if (attached) acceptOffered(order, attached, nearest.provider);
    }
  }
}

/** Who takes the circuits of a path, and who owns its gateway where that is another. */
function takerOf(
  environment: Environment,
  { connectionAccount }: Declared,
  nearest: RegionLayer,
  providers: Map<string, aws.Provider>,
): Pick<CircuitOrder, "accountId" | "provider" | "ownerAccountId"> {
  const { accountId, accountName, provider, region } = nearest;
  if (connectionAccount === undefined || connectionAccount === accountName) return { accountId, provider };
  return {
    accountId: environment.accounts[connectionAccount]?.id ?? "",
    provider: providerOfAccount(environment, connectionAccount, region, providers),
    ownerAccountId: accountId,
  };
}

/** The account of the gateway takes the interface that the account of the circuit offers. */
function acceptOffered(order: CircuitOrder, offered: pulumi.Output<string>, provider: aws.Provider): void {
  const { name, over, declared, circuit, gatewayId, labels, parent } = order;
  if (order.ownerAccountId === undefined) return;
  const allocatedPrefixes = declared.via[circuit.handOff]?.directConnect?.allocatedPrefixes;
  new VirtualInterfaceAccepter(
    `${name}-taken`,
    {
      region: over.sellerRegion,
      virtualInterface: declared.virtualInterface,
      virtualInterfaceId: offered,
      directConnectGatewayId: gatewayId,
      ...(allocatedPrefixes === undefined ? {} : { allocatedPrefixes }),
      ...(labels ? { labels } : {}),
    },
    { parent, provider },
  );
}

/** Orders a circuit at whoever carries it; tells the interface that it ends in. */
function orderCircuit(order: CircuitOrder): pulumi.Output<string> | undefined {
  const via = order.declared.via[order.circuit.handOff];
  if (via?.equinixFabric) return orderFabric(order, via.equinixFabric);
  if (via?.megaport) return orderMegaport(order, via.megaport);
  return via?.directConnect ? orderDedicated(order, via.directConnect) : undefined;
}
