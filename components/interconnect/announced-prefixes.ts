import { prefixQuotas } from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../problems";

/** Prefixes that travel over one Direct Connect gateway. */
export interface AnnouncedPrefixes {
  /** What the site announces over each virtual interface. */
  fromSite: readonly string[];
  /** What each associated region announces to the site. */
  fromRegions: readonly { region: string; prefixes: readonly string[] }[];
  virtualInterfaces: number;
  /** Prefixes that the interface may take (`prefixPoolAllocatedCountIpv4`). Default: 100. */
  allocated?: number;
}

/** Counts against the quotas of AWS: a session that gets one prefix too many goes down, and stays down. */
export function validatePrefixes(announced: AnnouncedPrefixes): ArgumentProblem[] {
  const { fromSite, fromRegions, virtualInterfaces } = announced;
  const most = announced.allocated ?? prefixQuotas.perVirtualInterface;
  const count = fromSite.length;
  const over = (limit: number, number: number, path: string, text: string): ArgumentProblem[] =>
    number <= limit ? [] : [{ propertyPath: path, reason: `${number} ${text}; AWS takes ${limit} at most` }];
  return [
    ...over(
      prefixQuotas.allocatablePerVirtualInterface,
      most,
      "allocated",
      "prefixes of one virtual interface",
    ),
    ...over(most, count, "fromSite", "prefixes, and a session with more goes down"),
    ...over(
      prefixQuotas.perGateway,
      count * virtualInterfaces,
      "fromSite",
      "prefixes over all virtual interfaces",
    ),
    ...over(
      prefixQuotas.virtualInterfacesPerGateway,
      virtualInterfaces,
      "virtualInterfaces",
      "virtual interfaces",
    ),
    ...over(prefixQuotas.transitGatewaysPerGateway, fromRegions.length, "fromRegions", "transit gateways"),
    ...fromRegions.flatMap(({ prefixes }, index) =>
      over(prefixQuotas.allowedPerAssociation, prefixes.length, `fromRegions[${index}]`, "allowed prefixes"),
    ),
  ];
}
