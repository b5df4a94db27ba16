import { isSold, soldText } from "@hybrid-ai-fabric/locality";
import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { sealed } from "../sealed";
import { bfdTimers } from "./bfd-timers";
import { peerAtFabric } from "./fabric-peering";
import { failoverPreference } from "./failover";
import { fabricName } from "./names";
import { FIRST_VLAN, LAST_VLAN } from "./vlans";

/** A circuit from a Cloud Router to a port of the site, with BGP to the site's own router. */
export interface FabricUplinkArgs {
  /** Interconnect that the circuit is part of, as the environment names it. */
  interconnect?: string;
  /** Id of the Fabric Cloud Router. */
  routerId: pulumi.Input<string>;
  /** Equinix metro of router and port. */
  metro: string;
  /** Id of the port at the site. */
  portId: pulumi.Input<string>;
  /** VLAN of the circuit on the port: 2 to 4093. */
  vlan: number;
  /** Mbps, 10 to 50000. */
  bandwidthMbps: number;
  /** Boundary that Equinix keeps the circuit inside, such as JAPAN. Default: none is promised. */
  geoScope?: string;
  /** Addresses that Equinix tells of maintenance and failures: at least one. */
  notificationEmails: string[];
  /** ASN of the site's router. */
  siteAsn: number;
  /** Both ends of the BGP link: the Cloud Router's and the site's. */
  link: FabricUplinkLink;
  /** The same in IPv6. Default: IPv4 only. */
  linkIpv6?: FabricUplinkLink;
  /** BGP MD5 key, up to 80 ASCII characters. Default: no authentication. */
  bgpKey?: pulumi.Input<string>;
  /** 0 is preferred, 3 is the last. Default: 0. */
  rank?: number;
  /** Place that the circuit may leave: without it a changed place is refused, not followed. */
  allowReplacement?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

/** Both ends of the BGP link, with prefix length. */
export interface FabricUplinkLink {
  /** Address of the router's end with the length of its prefix. */
  router: string;
  /** Address of the site's end, in the same prefix. */
  site: string;
}

export class FabricUplink extends pulumi.ComponentResource {
  public readonly circuitId: pulumi.Output<string>;

  constructor(name: string, args: FabricUplinkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricUplink", name, sealed(args, "bgpKey"), opts);
    refuse("FabricUplink", validateFabricUplink(args));
    const child = { parent: this };
    const location = { metroCode: args.metro };
    const connection = new equinix.FabricConnection(
      name,
      {
        name: fabricName(name),
        type: "IP_VC",
        bandwidth: args.bandwidthMbps,
        ...(args.geoScope === undefined ? {} : { geoScope: args.geoScope }),
        notifications: [{ type: "ALL", emails: args.notificationEmails }],
        aSide: { accessPoint: { type: "CLOUD_ROUTER", router: { uuid: args.routerId }, location } },
        zSide: {
          accessPoint: {
            type: "COLO",
            port: { uuid: args.portId },
            linkProtocol: { type: "DOT1Q", vlanTag: args.vlan },
            location,
          },
        },
      },
      {
        ...child,
        protect: args.allowReplacement === undefined && (args.protect ?? true),
        replacementTrigger: pulumi
          .all([args.routerId, args.portId])
          .apply(([router, port]) => [args.metro, args.geoScope ?? "", router, port, args.vlan].join("/")),
      },
    );
    peerAtFabric(
      name,
      {
        connection,
        ipv4: { own: args.link.router, peer: args.link.site },
        ...(args.linkIpv6 ? { ipv6: { own: args.linkIpv6.router, peer: args.linkIpv6.site } } : {}),
        peerAsn: args.siteAsn,
        bfdIntervalMs: bfdTimers(0).intervalMs,
        preference: failoverPreference(args.rank ?? 0),
        ...(args.bgpKey === undefined ? {} : { bgpKey: args.bgpKey }),
        after: [],
      },
      child,
    );
    this.circuitId = connection.uuid;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      circuitId: this.circuitId,
      metro: args.metro,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}

export function validateFabricUplink({ bandwidthMbps, vlan }: FabricUplinkArgs): ArgumentProblem[] {
  return [
    ...(isSold("fabricCircuit", bandwidthMbps)
      ? []
      : [{ propertyPath: "bandwidthMbps", reason: `${bandwidthMbps}: ${soldText("fabricCircuit")} Mbps` }]),
    ...(Number.isInteger(vlan) && vlan >= FIRST_VLAN && vlan <= LAST_VLAN
      ? []
      : [{ propertyPath: "vlan", reason: `${vlan} is not a VLAN: ${FIRST_VLAN} to ${LAST_VLAN}` }]),
  ];
}
