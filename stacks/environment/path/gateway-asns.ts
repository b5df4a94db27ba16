import { sharedAsns } from "../../../components/interconnect/asns";
import { type Problem, problem } from "../../problems";
import { type TransitGatewayPlan, transitGateways } from "../../transit-decisions";
import { isAwsPlace } from "../places";
import type { EnvironmentContent } from "../shape";

/** Gateways that meet must speak different ASNs: routes that carry one's own are dropped without a word. */
export function checkGatewayAsns(environment: EnvironmentContent): Problem[] {
  const gateways = transitGateways(environment);
  return [
    ...gateways.flatMap((gateway) => checkAsked(environment, gateway)),
    ...checkShared(gateways),
    ...checkPaths(environment, gateways),
  ];
}

/** Places of one region and account share a gateway, and it has one ASN. */
function checkAsked(
  { places }: EnvironmentContent,
  { places: joined, asn, asked, region }: TransitGatewayPlan,
): Problem[] {
  return joined.flatMap((name) => {
    const place = places[name];
    const other = isAwsPlace(place) ? place.transitGatewayAsn : undefined;
    if (other === undefined || other === asn) return [];
    const reason = `${other}: places.${asked} says ${asn} for the same transit gateway of ${region}`;
    return [problem(`places.${name}.transitGatewayAsn`, reason)];
  });
}

function checkShared(gateways: readonly TransitGatewayPlan[]): Problem[] {
  const placeOf = (name: string) => {
    const gateway = gateways.find((g) => g.name === name);
    return gateway?.asked ?? gateway?.places[0] ?? name;
  };
  return sharedAsns(gateways).flatMap(({ asn, names }) => {
    const [first = "", ...others] = names.map(placeOf);
    return others.map((place) =>
      problem(
        `places.${place}.transitGatewayAsn`,
        `${asn} is the ASN of the transit gateway of places.${first} too: give one of them another`,
      ),
    );
  });
}

/** The gateway of a path meets transit gateways behind it and the routers of the site before it. */
function checkPaths(
  { interconnects }: EnvironmentContent,
  gateways: readonly TransitGatewayPlan[],
): Problem[] {
  return Object.entries(interconnects).flatMap(([name, { asn, to, via }]) => {
    const behind = gateways.find((g) => g.asn === asn && g.places.some((place) => to.includes(place)));
    const routers = via.flatMap(({ equinixFabric, megaport, directConnect }, i) =>
      Object.entries({
        "equinixFabric.siteAsn": equinixFabric?.siteAsn,
        "megaport.siteAsn": megaport?.siteAsn,
        "megaport.asn": megaport?.asn,
        "directConnect.siteAsn": directConnect?.siteAsn,
      })
        .filter(([, spoken]) => spoken === asn)
        .map(([word]) =>
          problem(
            `interconnects.${name}.via[${i}].${word}`,
            `${asn} is the ASN of the Direct Connect gateway too: give one of them another`,
          ),
        ),
    );
    if (!behind) return routers;
    const reason = `${asn} is the ASN of the transit gateway of places.${behind.places[0]} too`;
    return [problem(`interconnects.${name}.asn`, reason), ...routers];
  });
}
