import { type Problem, problem } from "../../problems";
import type { Interconnect, Via } from "../interconnects";
import { awsPlaceNames, isAwsPlace, sitePlaceNames } from "../places";
import type { EnvironmentContent } from "../shape";
import { checkAsn, mustBe } from "../terms";
import { checkTransitEvidence } from "../transit-evidence";
import { checkDirectConnect } from "../via/direct-connect";
import { checkEquinixFabric } from "../via/equinix-fabric";
import { type HandOver, handOver } from "../via/hand-over";
import { checkMegaport } from "../via/megaport";
import { checkTier } from "../via/sold";
import { checkAnnounced } from "./announced-prefixes";
import { checkBehindGateway } from "./behind-the-gateway";
import { checkEncryption } from "./encryption";
import { checkGeoScopes } from "./geo-scopes";
import { checkIpv6 } from "./ipv6";
import { checkLinks } from "./links";
import { checkMetros } from "./metros";
import { checkResiliency } from "./redundancy";
import { checkReplacement } from "./replacement";

/** What is wrong with one interconnect, beyond the shape of its entries. */
export function checkInterconnect(
  name: string,
  declared: Interconnect,
  environment: EnvironmentContent,
): Problem[] {
  const path = `interconnects.${name}`;
  const { places } = environment;
  const site = places[declared.from];
  const metro = site && !isAwsPlace(site) ? site.site.metro : undefined;
  const overs = declared.via.map((via) => (metro === undefined ? undefined : handOver(via, metro)));
  return [
    ...mustBe(`${path}.from`, declared.from, sitePlaceNames(places), "a site"),
    ...declared.to.flatMap((end, i) =>
      mustBe(`${path}.to[${i}]`, end, awsPlaceNames(places), "an AWS place"),
    ),
    ...declared.via.flatMap((via, i) => checkVia(`${path}.via[${i}]`, via, overs[i])),
    ...checkMetros(path, declared, metro),
    ...checkGeoScopes(path, declared, environment),
    ...checkResiliency(path, declared, overs),
    ...checkLinks(path, declared),
    ...checkIpv6(path, declared),
    ...checkAnnounced(path, declared, environment),
    ...checkBehindGateway(path, declared, environment),
    ...checkEncryption(path, declared),
    ...checkTransitEvidence(`${path}.transitEvidence`, declared.transitEvidence),
    ...checkReplacement(path, declared, metro, overs),
    ...checkAsn(`${path}.asn`, declared.asn),
  ];
}

/** An entry is one path of one provider. */
function checkVia(path: string, via: Via, over: HandOver | undefined): Problem[] {
  const { equinixFabric, megaport, directConnect } = via;
  return [
    ...checkProvider(path, via),
    ...(equinixFabric ? checkEquinixFabric(`${path}.equinixFabric`, equinixFabric) : []),
    ...(megaport ? checkMegaport(`${path}.megaport`, megaport) : []),
    ...(directConnect ? checkDirectConnect(`${path}.directConnect`, directConnect) : []),
    ...(over ? checkTier(path, over) : []),
  ];
}

const providers = ["equinixFabric", "megaport", "directConnect"] as const;

function checkProvider(path: string, via: Via): Problem[] {
  const named = providers.filter((provider) => via[provider] !== undefined);
  if (named.length === 1) return [];
  const received = named.length === 0 ? "nothing" : named.join(" and ");
  return [problem(path, `${received}: exactly one of ${providers.join(", ")} in each entry`)];
}
