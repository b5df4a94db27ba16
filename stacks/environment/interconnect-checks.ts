import {
  awsRegionIds,
  circuitQuotas,
  directConnectLocation,
  directConnectLocationCodes,
  directConnectLocationsOfMetro,
  equinixMetro,
  equinixMetroCodes,
  fabricRouterPackage,
  geoScopes,
  isSold,
  isUsableAsn,
  locationMbps,
  needsHundredGigPort,
  soldText,
} from "@hybrid-ai-fabric/locality";
import { linksIn } from "../../components/interconnect/link-addresses";
import { devicesPerPath, validateResiliency } from "../../components/interconnect/resiliency";
import { validateVlans } from "../../components/interconnect/vlans";
import { parseCidr } from "../cidr";
import { type Problem, problem, shown } from "../problems";
import type { Interconnect, Via } from "./interconnects";
import { awsPlaceNames, countryOf, isAwsPlace, sitePlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { checkAsn, mustBe } from "./terms";
import { checkTransitEvidence } from "./transit-evidence";
import { type HandOver, handOver } from "./via/hand-over";

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
    ...declared.via.flatMap((via, i) => [
      ...checkProvider(`${path}.via[${i}]`, via),
      ...checkVia(`${path}.via[${i}]`, via, overs[i]),
    ]),
    ...checkMetros(path, declared, metro),
    ...checkGeoScopes(path, declared, environment, metro),
    ...checkResiliency(path, declared, overs),
    ...checkLinks(path, declared),
    ...checkEncryption(path, declared),
    ...checkTransitEvidence(`${path}.transitEvidence`, declared.transitEvidence),
    ...checkReplacement(path, declared, metro, overs),
    ...checkAsn(`${path}.asn`, declared.asn),
  ];
}

/** An entry is one path of one provider. */
function checkProvider(path: string, via: Via): Problem[] {
  const named = Object.entries(via).flatMap(([provider, entry]) => (entry === undefined ? [] : [provider]));
  if (named.length === 1) return [];
  const received = named.length === 0 ? "nothing" : named.join(" and ");
  return [problem(path, `${received}: exactly one of ${providers.join(", ")} in each entry`)];
}

const providers = ["equinixFabric", "megaport", "directConnect"] as const;

/** A bandwidth that a product is not sold with. */
function checkSold(
  path: string,
  product: Parameters<typeof isSold>[0],
  mbps: number,
  noun: string,
): Problem[] {
  if (isSold(product, mbps)) return [];
  return [problem(path, `${mbps}: must be one of ${soldText(product)}: ${noun}`)];
}

const noOtherHosted = "AWS sells no other hosted connection";

/** A tier, a location, an ASN or a region that an entry names. */
function checkVia(path: string, via: Via, over: HandOver | undefined): Problem[] {
  const { equinixFabric, megaport, directConnect } = via;
  const problems: Problem[] = [];
  if (equinixFabric) {
    const at = `${path}.equinixFabric`;
    const { location, metro, sellerRegion, bandwidthMbps, ports, siteAsn, routerPackage } = equinixFabric;
    if (metro !== undefined) problems.push(...mustBe(`${at}.metro`, metro, equinixMetroCodes(), "a metro"));
    if (location !== undefined) problems.push(...checkLocation(`${at}.location`, location));
    if (sellerRegion !== undefined) problems.push(...checkRegion(`${at}.sellerRegion`, sellerRegion));
    problems.push(...checkSold(`${at}.bandwidthMbps`, "hostedConnection", bandwidthMbps, noOtherHosted));
    const limit = fabricRouterPackage(routerPackage)?.circuitMbps;
    if (!ports && limit !== undefined && bandwidthMbps > limit)
      problems.push(
        problem(
          `${at}.bandwidthMbps`,
          `${bandwidthMbps}: a ${routerPackage} router carries ${limit} Mbps per circuit`,
        ),
      );
    if ((ports === undefined) !== (siteAsn === undefined))
      problems.push(
        problem(
          `${at}.siteAsn`,
          `${shown(siteAsn)}: it goes with ports, where the site's own router speaks BGP`,
        ),
      );
    const tags = (ports ?? []).map(({ id, vlan }, i) => ({ path: `${at}.ports[${i}].vlan`, port: id, vlan }));
    problems.push(...validateVlans(tags).map(({ propertyPath, reason }) => problem(propertyPath, reason)));
  }
  if (megaport) {
    const at = `${path}.megaport`;
    const { partner, asn, sellerRegion, routerMbps, bandwidthMbps } = megaport;
    problems.push(...checkSold(`${at}.bandwidthMbps`, "hostedConnection", bandwidthMbps, noOtherHosted));
    if (routerMbps !== undefined)
      problems.push(
        ...checkSold(
          `${at}.routerMbps`,
          "megaportRouter",
          routerMbps,
          "Megaport sells no other Cloud Router",
        ),
      );
    problems.push(...checkLocation(`${at}.partner.location`, partner.location));
    if (Object.keys(partner.ports).length === 0)
      problems.push(problem(`${at}.partner.ports`, "nothing: the uid of a port in red, in blue or in both"));
    if (asn !== undefined && !isUsableAsn(asn)) problems.push(...checkAsn(`${at}.asn`, asn));
    if (sellerRegion !== undefined) problems.push(...checkRegion(`${at}.sellerRegion`, sellerRegion));
    if (routerMbps !== undefined && routerMbps < bandwidthMbps)
      problems.push(
        problem(`${at}.routerMbps`, `${routerMbps}: less than the circuit's ${bandwidthMbps} Mbps`),
      );
  }
  if (directConnect) {
    const at = `${path}.directConnect`;
    const { location, bandwidthMbps, links = 1, vlans } = directConnect;
    problems.push(...checkLocation(`${at}.location`, location));
    const speeds = locationMbps(location);
    problems.push(
      ...checkSold(
        `${at}.bandwidthMbps`,
        "dedicatedConnection",
        bandwidthMbps,
        "AWS sells no other dedicated connection",
      ),
    );
    if (speeds && isSold("dedicatedConnection", bandwidthMbps) && !speeds.includes(bandwidthMbps))
      problems.push(
        problem(
          `${at}.bandwidthMbps`,
          `${bandwidthMbps}: ${location} has ports of ${speeds.join(", ")} Mbps`,
        ),
      );
    const most = circuitQuotas.lagMembers[bandwidthMbps] ?? links;
    if (links > most)
      problems.push(
        problem(`${at}.links`, `${links}: a group of ${bandwidthMbps} Mbps has ${most} links at most`),
      );
    const tags = (vlans ?? []).map((vlan, i) => ({ path: `${at}.vlans[${i}]`, port: String(i), vlan }));
    problems.push(...validateVlans(tags).map(({ propertyPath, reason }) => problem(propertyPath, reason)));
  }
  if (over && over.provider !== "directConnect") problems.push(...checkTier(path, over));
  return problems;
}

/** The largest tier exists only where AWS has 100 Gbps ports. */
function checkTier(path: string, { location, bandwidthMbps, provider }: HandOver): Problem[] {
  const speeds = locationMbps(location);
  if (!needsHundredGigPort(bandwidthMbps) || speeds === undefined || speeds.includes(100_000)) return [];
  return [
    problem(
      `${path}.${provider}.bandwidthMbps`,
      `${bandwidthMbps}: ${location} has ports of ${speeds.join(", ")} Mbps, and this tier needs one of 100000`,
    ),
  ];
}

function checkLocation(path: string, code: string): Problem[] {
  return mustBe(path, code, directConnectLocationCodes(), "a Direct Connect location");
}

function checkRegion(path: string, region: string): Problem[] {
  return mustBe(path, region, awsRegionIds(), "an AWS region");
}

/** Dublin and others have no Direct Connect location in an Equinix building: another metro must hand over. */
function checkMetros(path: string, { from, via }: Interconnect, siteMetro: string | undefined): Problem[] {
  return via.flatMap(({ equinixFabric }, i) => {
    const metro = equinixFabric?.metro ?? siteMetro;
    if (!equinixFabric || equinixFabric.location !== undefined || metro === undefined) return [];
    if (equinixMetro(metro) === undefined || directConnectLocationsOfMetro(metro).length > 0) return [];
    const where =
      equinixFabric.metro === undefined
        ? `places.${from}.site.metro`
        : `${path}.via[${i}].equinixFabric.metro`;
    return [problem(where, `${shown(metro)} has no Direct Connect location in an Equinix building`)];
  });
}

function checkGeoScopes(
  path: string,
  { from, to, via }: Interconnect,
  { places }: EnvironmentContent,
  siteMetro: string | undefined,
): Problem[] {
  const countries = [from, ...to].flatMap((end) => countryOf(places[end]) ?? []);
  return via.flatMap(({ equinixFabric }, i) => {
    const scope = equinixFabric?.geoScope;
    const inside = scope === undefined ? undefined : geoScopes[scope];
    const far = equinixMetro(equinixFabric?.metro ?? siteMetro ?? "")?.country;
    const ends = far === undefined || countries.includes(far) ? countries : [...countries, far];
    const out = inside ? ends.filter((country) => !inside.includes(country)) : [];
    if (out.length === 0) return [];
    return [
      problem(
        `${path}.via[${i}].equinixFabric.geoScope`,
        `${shown(scope)} does not contain both ends (${out.join(", ")} is outside)`,
      ),
    ];
  });
}

function checkResiliency(
  path: string,
  { resiliency, circuits, via, shareLoad }: Interconnect,
  overs: readonly (HandOver | undefined)[],
): Problem[] {
  const handOffs = overs.flatMap((over) => (over ? [over] : []));
  const request = { resiliency, handOffs, shareLoad, ...(circuits === undefined ? {} : { circuits }) };
  // Buildings are counted once all of them are known.
  const counted = handOffs.length < overs.length ? [] : validateResiliency(request);
  const perPath = devicesPerPath(resiliency, circuits);
  return [
    ...counted.map(({ propertyPath, reason }) => problem(`${path}.${propertyPath}`, reason)),
    ...via.flatMap((entry, i) => checkDevices(`${path}.via[${i}]`, entry, perPath, resiliency)),
  ];
}

/** Each circuit of a path ends on a device of its own, so each needs a port of its own. */
function checkDevices(path: string, via: Via, devices: number, resiliency: string): Problem[] {
  const ports = via.equinixFabric?.ports?.length ?? devices;
  const zones = Object.keys(via.megaport?.partner.ports ?? { red: 0, blue: 0 }).length;
  const needs = `${resiliency} has ${devices} circuits on each path`;
  return [
    ...(ports >= devices
      ? []
      : [problem(`${path}.equinixFabric.ports`, `${ports}: ${needs}, on a port each`)]),
    ...(zones >= devices
      ? []
      : [problem(`${path}.megaport.partner.ports`, `${zones}: ${needs}, one in red and one in blue`)]),
  ];
}

/** Each path takes two links, used or not, so that a second circuit moves none that is there. */
function checkLinks(path: string, { linkCidr, resiliency, circuits, via }: Interconnect): Problem[] {
  const needed = 2 * (via.length - 1) + devicesPerPath(resiliency, circuits);
  if (parseCidr(linkCidr) === undefined || linksIn(linkCidr) >= needed) return [];
  return [
    problem(
      `${path}.linkCidr`,
      `${shown(linkCidr)} holds ${linksIn(linkCidr)} links, and ${via.length} paths need ${needed}, a /30 each`,
    ),
  ];
}

/** AWS encrypts its own ports only: what a partner carries ends in the partner's. */
function checkEncryption(path: string, { encryption, via }: Interconnect): Problem[] {
  if (!encryption) return [];
  return via.flatMap(({ equinixFabric, directConnect }, i) => {
    const at = `${path}.encryption.macsec`;
    if (!directConnect) {
      const provider = equinixFabric ? "equinixFabric" : "megaport";
      const reason = `via[${i}] is ${provider}, a hosted connection: MACsec is for directConnect only`;
      return [problem(at, reason)];
    }
    const { bandwidthMbps } = directConnect;
    if (isSold("macsec", bandwidthMbps)) return [];
    const reason = `via[${i}].directConnect has ${bandwidthMbps} Mbps: ports of ${soldText("macsec")} Mbps encrypt`;
    return [problem(at, reason)];
  });
}

/** The place that circuits may leave is one where they do not stand any more. */
function checkReplacement(
  path: string,
  { allowReplacement }: Interconnect,
  metro: string | undefined,
  overs: readonly (HandOver | undefined)[],
): Problem[] {
  if (allowReplacement === undefined) return [];
  const at = `${path}.allowReplacement`;
  const isPlace =
    equinixMetro(allowReplacement) !== undefined || directConnectLocation(allowReplacement) !== undefined;
  if (!isPlace)
    return [
      problem(
        at,
        `${shown(allowReplacement)} is neither an Equinix metro nor a Direct Connect location: name the old place`,
      ),
    ];
  const here = [metro, ...overs.map((over) => over?.location)];
  if (!here.includes(allowReplacement)) return [];
  return [
    problem(
      at,
      `${shown(allowReplacement)} is where the circuits are declared now: name the place they leave`,
    ),
  ];
}
