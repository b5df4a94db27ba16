import { prefixQuotas } from "@hybrid-ai-fabric/locality";
import { accountName } from "../../accounts";
import { overlaps, parseCidr } from "../../cidr";
import { type Problem, problem, shown } from "../../problems";
import type { Interconnect } from "../interconnects";
import { isAwsPlace } from "../places";
import type { EnvironmentContent } from "../shape";
import { mustBe } from "../terms";

/** What stands behind the gateway of a path, in which account, and which routes lead there. */
export function checkBehindGateway(
  path: string,
  declared: Interconnect,
  environment: EnvironmentContent,
): Problem[] {
  return [
    ...checkPrivate(path, declared),
    ...checkCoreNetwork(path, declared, environment),
    ...checkAccounts(path, declared, environment),
    ...checkRoutes(path, declared, environment),
  ];
}

function checkPrivate(path: string, { virtualInterface, coreNetwork, to }: Interconnect): Problem[] {
  if (virtualInterface !== "private") return [];
  const most = prefixQuotas.virtualPrivateGatewaysPerGateway;
  return [
    ...(coreNetwork
      ? [problem(`${path}.virtualInterface`, `"private": a core network is reached over "transit"`)]
      : []),
    ...(to.length > most
      ? [problem(`${path}.to`, `${to.length} places: a gateway takes ${most} private ones`)]
      : []),
  ];
}

/** A region without an edge is not reached, whatever `to` says. */
function checkCoreNetwork(
  path: string,
  { coreNetwork, to }: Interconnect,
  { places }: EnvironmentContent,
): Problem[] {
  if (!coreNetwork) return [];
  const { edgeLocations } = coreNetwork;
  const regions = to.flatMap((name) => {
    const place = places[name];
    return isAwsPlace(place) ? [place.aws] : [];
  });
  return [
    ...regions.flatMap((region, i) =>
      edgeLocations.includes(region)
        ? []
        : [
            problem(
              `${path}.to[${i}]`,
              `${shown(to[i])} is in ${region}, which is none of edgeLocations (${edgeLocations.join(", ")})`,
            ),
          ],
    ),
    ...edgeLocations.flatMap((region, i) =>
      mustBe(`${path}.coreNetwork.edgeLocations[${i}]`, region, regions, "the region of a place in `to`"),
    ),
  ];
}

/** One gateway has one account; circuits of another are offered to it. */
function checkAccounts(path: string, declared: Interconnect, environment: EnvironmentContent): Problem[] {
  const { connectionAccount, siteLink, via } = declared;
  if (connectionAccount === undefined) return [];
  const at = `${path}.connectionAccount`;
  const unknown = mustBe(at, connectionAccount, Object.keys(environment.accounts), "an account");
  const [owner] = declared.to.flatMap((name) => {
    const place = environment.places[name];
    return isAwsPlace(place) ? [accountName(environment, place)] : [];
  });
  if (unknown.length > 0 || owner === connectionAccount) return unknown;
  const interfaces = via.flatMap(({ megaport }, i) => (megaport?.connectType === "AWS" ? [i] : []));
  return [
    ...(siteLink
      ? [
          problem(
            `${path}.siteLink`,
            `${shown(owner)} owns the gateway and decides on SiteLink, not ${connectionAccount}`,
          ),
        ]
      : []),
    ...interfaces.map((i) =>
      problem(
        at,
        `${shown(connectionAccount)}: via[${i}].megaport is an interface (connectType AWS), which goes to ${owner} itself`,
      ),
    ),
  ];
}

/** Filters are for routers that we order, and let through what the places and the site need. */
function checkRoutes(
  path: string,
  { routes, via, from, to }: Interconnect,
  { places }: EnvironmentContent,
): Problem[] {
  if (!routes) return [];
  const ordered = via.some(
    ({ equinixFabric, megaport }) =>
      (equinixFabric && !equinixFabric.siteAsn) || equinixFabric?.uplinks || (megaport && !megaport.port),
  );
  const idle = ordered
    ? []
    : [problem(`${path}.routes`, "no Cloud Router is ordered: the site's own router filters")];
  const site = places[from];
  const ofSite = site && !isAwsPlace(site) ? (site.cidrs ?? []) : [];
  const ofPlaces = to.flatMap((name) => {
    const place = places[name];
    return isAwsPlace(place) ? [place.cidr] : [];
  });
  return [
    ...idle,
    ...checkFilter(`${path}.routes.inbound`, routes.inbound, ofPlaces),
    ...checkFilter(`${path}.routes.outbound`, routes.outbound, ofSite),
  ];
}

function checkFilter(
  at: string,
  filter: readonly string[] | undefined,
  needed: readonly string[],
): Problem[] {
  if (!filter) return [];
  const malformed = filter.flatMap((text, i) =>
    (parseCidr(text)?.length ?? 33) <= LONGEST_IN_A_FILTER
      ? []
      : [
          problem(
            `${at}[${i}]`,
            `${shown(text)} is not an IPv4 prefix of /28 or shorter, such as 10.16.0.0/16`,
          ),
        ],
  );
  if (malformed.length > 0) return malformed;
  const stopped = needed.filter((text) => !filter.some((outer) => holds(outer, text)));
  return stopped.length === 0
    ? []
    : [problem(at, `${shown(filter)} stops ${stopped.join(", ")}, which the path is for`)];
}

function holds(outer: string, inner: string): boolean {
  const [a, b] = [parseCidr(outer), parseCidr(inner)];
  return a !== undefined && b !== undefined && a.length <= b.length && overlaps(a, b);
}

/** Megaport's lists let longer prefixes pass down to this length. */
const LONGEST_IN_A_FILTER = 28;
