import * as pulumi from "@pulumi/pulumi";
import { assignVlans, DedicatedConnection } from "../../components";
import type { DirectConnect } from "../environment/via/direct-connect";
import type { CircuitOrder } from "../interconnect";
import { guardsOf, interfaceOf } from "./circuit-options";

/** A port of our own at the location, with MACsec where the environment asks for it. */
export function orderDedicated(order: CircuitOrder, dedicated: DirectConnect): pulumi.Output<string> {
  const { name, interconnect, declared, circuit, over, labels } = order;
  const macsec = declared.encryption?.macsec;
  const config = new pulumi.Config();
  return new DedicatedConnection(
    name,
    {
      interconnect,
      region: over.sellerRegion,
      location: dedicated.location,
      bandwidthMbps: dedicated.bandwidthMbps,
      ...(dedicated.links === undefined ? {} : { links: dedicated.links }),
      ...(macsec
        ? {
            macsec: {
              ckn: config.requireSecret(macsec.cknKey),
              cak: config.requireSecret(macsec.cakKey),
              encryptionMode: macsec.mode,
            },
          }
        : {}),
      vlan: dedicated.vlans?.[circuit.device - 1] ?? assignVlans([{ name }])[name] ?? 0,
      ...interfaceOf(order),
      customerAsn: dedicated.siteAsn,
      ...(dedicated.allocatedPrefixes === undefined || order.ownerAccountId !== undefined
        ? {}
        : { allocatedPrefixes: dedicated.allocatedPrefixes }),
      ...(labels ? { labels } : {}),
      ...guardsOf(declared),
    },
    { parent: order.parent, provider: order.provider },
  ).virtualInterfaceId;
}
