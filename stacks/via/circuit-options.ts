import type { Interconnect } from "../environment";
import type { CircuitOrder } from "../interconnect";

/** What an interconnect says about every resource that is ordered for it. */
export function guardsOf({ protect, allowReplacement }: Interconnect) {
  return { protect, ...(allowReplacement === undefined ? {} : { allowReplacement }) };
}

/** What every circuit is told about its interface, whoever carries it. */
export function interfaceOf({ declared, gatewayId, ownerAccountId, link, bgpKey }: CircuitOrder) {
  return {
    directConnectGatewayId: gatewayId,
    virtualInterface: declared.virtualInterface,
    ...(ownerAccountId === undefined ? {} : { ownerAccountId }),
    link,
    ipv6: declared.ipv6,
    siteLink: declared.siteLink !== undefined,
    ...(bgpKey === undefined ? {} : { bgpKey }),
  };
}
