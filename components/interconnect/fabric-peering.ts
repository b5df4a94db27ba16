import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import type { FailoverPreference } from "./failover";
import { withoutLength } from "./link-addresses";
import { fabricName } from "./names";

/** Routing on a circuit of a Cloud Router: first addresses, then BGP over them. */
export interface FabricPeering {
  connection: equinix.FabricConnection;
  /** Address of the Cloud Router and of its peer, with prefix length, in each family that is spoken. */
  ipv4: { own: pulumi.Input<string>; peer: pulumi.Input<string> };
  ipv6?: { own: pulumi.Input<string>; peer: pulumi.Input<string> };
  peerAsn: pulumi.Input<number>;
  bfdIntervalMs: number;
  preference: FailoverPreference;
  bgpKey?: pulumi.Input<string>;
  /** What must exist before the session can come up. */
  after: pulumi.Resource[];
}

/** Both routing protocols go with their circuit: the provider would leave them on the one that is gone. */
export function peerAtFabric(name: string, peering: FabricPeering, opts: pulumi.CustomResourceOptions): void {
  const { connection, ipv4, ipv6, preference } = peering;
  const chained = { ...opts, replaceWith: [connection] };
  const direct = new equinix.FabricRoutingProtocol(
    `${name}-direct`,
    {
      name: fabricName(`${name}-direct`),
      type: "DIRECT",
      connectionUuid: connection.uuid,
      directIpv4s: [{ equinixIfaceIp: ipv4.own }],
      ...(ipv6 ? { directIpv6s: [{ equinixIfaceIp: ipv6.own }] } : {}),
    },
    chained,
  );
  const session = (peer: pulumi.Input<string>) => ({
    customerPeerIp: typeof peer === "string" ? withoutLength(peer) : pulumi.output(peer).apply(withoutLength),
    enabled: true,
    inboundMed: preference.med,
    outboundMed: preference.med,
    outboundAsPrependCount: String(preference.asPrepend),
  });
  new equinix.FabricRoutingProtocol(
    `${name}-bgp`,
    {
      name: fabricName(`${name}-bgp`),
      type: "BGP",
      connectionUuid: connection.uuid,
      customerAsn: peering.peerAsn,
      bgpIpv4s: [session(ipv4.peer)],
      ...(ipv6 ? { bgpIpv6s: [session(ipv6.peer)] } : {}),
      bfds: [{ enabled: true, interval: String(peering.bfdIntervalMs) }],
      ...(peering.bgpKey === undefined ? {} : { bgpAuthKey: pulumi.secret(peering.bgpKey) }),
    },
    // Equinix refuses BGP on a circuit without addresses.
    { ...chained, dependsOn: [direct, ...peering.after], additionalSecretOutputs: ["bgpAuthKey"] },
  );
}
