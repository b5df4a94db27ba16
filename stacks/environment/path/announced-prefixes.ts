import { validatePrefixes } from "../../../components/interconnect/announced-prefixes";
import { devicesPerPath } from "../../../components/interconnect/resiliency";
import { accountName } from "../../accounts";
import { isOverTransit, tightestAllocation } from "../../interconnect-decisions";
import { type Problem, problem } from "../../problems";
import type { Interconnect } from "../interconnects";
import { isAwsPlace } from "../places";
import type { EnvironmentContent } from "../shape";

/** What site and places announce to each other over the path, against the quotas of AWS. */
export function checkAnnounced(
  path: string,
  declared: Interconnect,
  environment: EnvironmentContent,
): Problem[] {
  const { from, via, resiliency, circuits } = declared;
  const site = environment.places[from];
  const fromSite = site && !isAwsPlace(site) ? (site.cidrs ?? []) : [];
  const found = validatePrefixes({
    fromSite,
    fromRegions: isOverTransit(declared) ? announcedByGateways(declared, environment) : [],
    virtualInterfaces: via.length * devicesPerPath(resiliency, circuits),
    allocated: tightestAllocation(declared),
  });
  return found.map(({ propertyPath, reason }) => problem(written(propertyPath), reason));

  function written(propertyPath: string): string {
    if (propertyPath === "fromSite") return `places.${from}.cidrs`;
    return propertyPath.startsWith("fromRegions") ? `${path}.to` : `${path}.via`;
  }
}

/** Places of one account and region stand behind one transit gateway, which announces the prefix of each. */
function announcedByGateways({ to }: Interconnect, environment: EnvironmentContent) {
  const gateways = new Map<string, { region: string; prefixes: string[] }>();
  for (const name of new Set(to)) {
    const place = environment.places[name];
    if (!isAwsPlace(place)) continue;
    const gateway = `${accountName(environment, place)}-${place.aws}`;
    const prefixes = [...(gateways.get(gateway)?.prefixes ?? []), place.cidr];
    gateways.set(gateway, { region: place.aws, prefixes });
  }
  return [...gateways.values()];
}
