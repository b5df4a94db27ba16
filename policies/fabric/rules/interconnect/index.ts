import type { Rule } from "@hybrid-ai-fabric/graph";
import { autonomousSystemsAreUsable } from "./autonomous-systems-are-usable";
import { linksHaveTheirOwnAddresses } from "./bgp-links-have-addresses-of-their-own";
import { sessionsAreAuthenticated } from "./bgp-sessions-are-authenticated";
import { sessionsUseBfd } from "./bgp-sessions-detect-failure-by-bfd";
import { sessionsStartAfterAddresses } from "./bgp-sessions-start-after-their-addresses";
import { bothEndsAgree } from "./both-ends-of-a-bgp-session-agree";
import { circuitsAreWhereDeclared } from "./circuits-are-where-they-were-declared";
import { circuitsFitTheirDevice } from "./circuits-fit-the-device-that-carries-them";
import { bandwidthIsSold } from "./circuits-have-a-bandwidth-that-is-sold";
import { providersAreInTwoBuildings } from "./circuits-of-two-providers-are-in-two-buildings";
import { circuitsReachTheirResiliency } from "./circuits-reach-the-resiliency-declared";
import { acceptedWhereSold } from "./connections-are-accepted-where-they-were-sold";
import { directConnectStandsInMetro } from "./direct-connect-stands-in-the-metro";
import { fabricNamesAreShort } from "./fabric-names-are-given-and-short";
import { framesFitEveryHop } from "./frames-fit-every-hop-of-the-path";
import { gatewaysHaveTheirOwnAsn } from "./gateways-have-autonomous-systems-of-their-own";
import { gatewaysReachDeclaredRegions } from "./gateways-reach-only-declared-regions";
import { gatewaysStayWithinQuotas } from "./gateways-stay-within-their-quotas";
import { geoZonesHoldBothEnds } from "./geo-zones-hold-both-ends";
import { noGlobalNetwork } from "./labelled-data-crosses-no-global-network";
import { lagMembersAreAlike } from "./lag-members-are-alike";
import { macsecIsAskedOfWhatCan } from "./macsec-is-asked-of-what-can";
import { megaportOrdersAreReal } from "./megaport-orders-are-real";
import { ordersHoldNoKeys } from "./partner-orders-hold-no-aws-keys";
import { partnerPortsArePinned } from "./partner-ports-are-pinned";
import { prefixesStayWithinQuota } from "./prefixes-stay-within-the-quota";
import { preferencesAreTaken } from "./route-preferences-are-ones-the-router-takes";
import { siteLinkCarriesNoLabelledData } from "./sitelink-carries-no-labelled-data";
import { interfacesFitTheirConnection } from "./virtual-interfaces-fit-their-connection";

/** Whether Direct Connect, Equinix Fabric and Megaport will carry the traffic at full rate and survive a failure. */
export const interconnectRules: readonly Rule[] = [
  autonomousSystemsAreUsable,
  linksHaveTheirOwnAddresses,
  sessionsAreAuthenticated,
  sessionsUseBfd,
  sessionsStartAfterAddresses,
  bothEndsAgree,
  circuitsAreWhereDeclared,
  circuitsFitTheirDevice,
  bandwidthIsSold,
  providersAreInTwoBuildings,
  circuitsReachTheirResiliency,
  acceptedWhereSold,
  directConnectStandsInMetro,
  fabricNamesAreShort,
  framesFitEveryHop,
  gatewaysHaveTheirOwnAsn,
  gatewaysReachDeclaredRegions,
  gatewaysStayWithinQuotas,
  geoZonesHoldBothEnds,
  noGlobalNetwork,
  lagMembersAreAlike,
  macsecIsAskedOfWhatCan,
  megaportOrdersAreReal,
  ordersHoldNoKeys,
  partnerPortsArePinned,
  prefixesStayWithinQuota,
  preferencesAreTaken,
  siteLinkCarriesNoLabelledData,
  interfacesFitTheirConnection,
];
