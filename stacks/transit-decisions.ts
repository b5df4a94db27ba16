import { type AsnGateway, assignAsns } from "../components/interconnect/asns";
import { accountName } from "./accounts";
import { isAwsPlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import { isOverTransit } from "./interconnect-decisions";

/** The transit gateway of a region in an account: it joins all places there. */
export interface TransitGatewayPlan extends AsnGateway {
  /** Account and region: its name, and what its ASN comes from. */
  name: string;
  region: string;
  places: string[];
  /** The ASN that a place of it asks for, else the one of its name. */
  asn: number;
  /** Place that asks for it. */
  asked?: string;
}

/** Transit gateways of an environment, in order of name. */
export function transitGateways(environment: EnvironmentContent): TransitGatewayPlan[] {
  const groups = new Map<string, { region: string; places: string[] }>();
  for (const [place, declared] of Object.entries(environment.places).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isAwsPlace(declared) || !joinsTransit(environment, place)) continue;
    const name = `${accountName(environment, declared)}-${declared.aws}`;
    const group = groups.get(name) ?? { region: declared.aws, places: [] };
    groups.set(name, { ...group, places: [...group.places, place] });
  }
  const asks = (place: string) => {
    const declared = environment.places[place];
    return isAwsPlace(declared) ? declared.transitGatewayAsn : undefined;
  };
  return [...groups].map(([name, { region, places }]) => {
    const asked = places.find((place) => asks(place) !== undefined);
    const asn = asked === undefined ? undefined : asks(asked);
    const given = assignAsns([asn === undefined ? { name } : { name, asn }])[name] ?? 0;
    return { name, region, places, asn: given, ...(asked === undefined ? {} : { asked }) };
  });
}

/** Every place joins but one that is only reached by paths with a gateway of their own, and peers with none. */
function joinsTransit({ interconnects, peerings }: EnvironmentContent, place: string): boolean {
  const paths = Object.values(interconnects).filter(({ to }) => to.includes(place));
  const peers = Object.values(peerings).some(({ between }) => between.includes(place));
  return peers || paths.length === 0 || paths.some(isOverTransit);
}
