import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { RegionNetwork } from "../components";
import { type AwsPlace, type Environment, isAwsPlace } from "./environment";
import { labelsArrivingAt } from "./labels";

/** An AWS place with its network. */
export interface RegionLayer {
  place: string;
  region: string;
  cidr: string;
  accountId: string;
  transitGatewayAsn: number;
  network: RegionNetwork;
  provider: aws.Provider;
}

/** Private ASNs of transit gateways, one after the other in order of name: a place that is added moves none before it. */
const FIRST_TRANSIT_GATEWAY_ASN = 64620;

/** Networks of all AWS places. Providers differ by account only; the region is said at each resource. */
export function createNetworks(environment: Environment): { [place: string]: RegionLayer } {
  const places = Object.entries(environment.places)
    .flatMap(([name, place]) => (isAwsPlace(place) ? [{ name, place }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const providers = new Map<string, aws.Provider>();
  return Object.fromEntries(
    places.map(({ name, place }, index) => {
      const provider = providerFor(environment, place, providers);
      const transitGatewayAsn = place.transitGatewayAsn ?? FIRST_TRANSIT_GATEWAY_ASN + index;
      const labels = labelsArrivingAt(environment, name);
      const network = new RegionNetwork(
        name,
        {
          region: place.aws,
          zoneIds: place.zones,
          cidr: place.cidr,
          transitGatewayAsn,
          siteCidrs: siteCidrsReaching(environment, name),
          ...(labels ? { labels } : {}),
        },
        { provider },
      );
      const layer = {
        place: name,
        region: place.aws,
        cidr: place.cidr,
        accountId: accountOf(environment, place),
        transitGatewayAsn,
        network,
        provider,
      };
      return [name, layer];
    }),
  );
}

function siteCidrsReaching(environment: Environment, place: string): string[] {
  const sites = Object.values(environment.interconnects).flatMap(({ from, to }) =>
    to.includes(place) ? [from] : [],
  );
  return [...new Set(sites)].flatMap((site) => {
    const declared = environment.places[site];
    return declared && !isAwsPlace(declared) ? (declared.cidrs ?? []) : [];
  });
}

export function accountOf(environment: Environment, place: AwsPlace): string {
  const [first] = Object.keys(environment.accounts);
  const account = environment.accounts[place.account ?? first ?? ""];
  if (!account) throw new RangeError("no account");
  return account.id;
}

function providerFor(
  environment: Environment,
  place: AwsPlace,
  providers: Map<string, aws.Provider>,
): aws.Provider {
  const [first] = Object.keys(environment.accounts);
  const name = place.account ?? first ?? "main";
  const known = providers.get(name);
  if (known) return known;
  const account = environment.accounts[name];
  const assumeRoles: pulumi.Input<aws.types.input.ProviderAssumeRole>[] = account?.role
    ? [{ roleArn: account.role }]
    : [];
  const provider = new aws.Provider(name, {
    region: place.aws as aws.Region,
    ...(account ? { allowedAccountIds: [account.id] } : {}),
    ...(assumeRoles.length > 0 ? { assumeRoles } : {}),
  });
  providers.set(name, provider);
  return provider;
}
