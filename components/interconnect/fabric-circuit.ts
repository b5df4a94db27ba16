import { isSold, soldText } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { sealed } from "../sealed";
import { bfdTimers } from "./bfd-timers";
import { type FabricCircuitASide, orderASide, validateASide } from "./fabric-a-side";
import { peerAtFabric } from "./fabric-peering";
import { failoverPreference } from "./failover";
import { fabricName } from "./names";
import {
  type CircuitPath,
  hopsOf,
  pathMtuPrediction,
  smallestHop,
  virtualInterfaceMtu,
} from "./smallest-hop";
import { attachVirtualInterface, speakIpv6, validateVirtualInterface } from "./virtual-interface";

/** A circuit from a site over Equinix Fabric to AWS, with everything that makes it carry routes. */
export interface FabricCircuitArgs {
  /** Interconnect that the circuit is part of, as the environment names it: evidence of its path is approved by it. */
  interconnect?: string;
  /** Where the circuit begins: exactly one of router, port and device. */
  aSide: FabricCircuitASide;
  /** ASN of the router at the a-side: the Cloud Router's, or the site's own. */
  customerAsn: pulumi.Input<number>;
  /** Equinix metro of the a-side, such as TY. */
  metro: string;
  /** Metro in which the circuit is handed over to AWS. Default: the one of the a-side. */
  farMetro?: string;
  /** AWS region that the hosted connection lives in. */
  sellerRegion: string;
  /** AWS account that accepts the connection: 12 digits. */
  accountId: string;
  /** Id of the Fabric service profile AWS Direct Connect. */
  profileId: pulumi.Input<string>;
  /** Mbps; one of the hosted connection tiers of AWS. */
  bandwidthMbps: number;
  /** Equinix geo zone that the circuit may not leave, such as JAPAN. Default: none. */
  geoScope?: string;
  /** Addresses that Equinix tells of maintenance and failures: at least one. */
  notificationEmails: string[];
  /** Id of the Direct Connect gateway. */
  directConnectGatewayId: pulumi.Input<string>;
  /** ASN of the Direct Connect gateway. */
  amazonSideAsn: number;
  /** transit or private. Default: transit. */
  virtualInterface?: string;
  /** Account of the Direct Connect gateway, when it is another one: it takes the interface with VirtualInterfaceAccepter. */
  ownerAccountId?: string;
  /** Both ends of the BGP link. */
  link: FabricCircuitLink;
  /** Speaks IPv6 too, over addresses that Amazon allocates. Default: false. */
  ipv6?: boolean;
  /** BGP MD5 key, up to 80 ASCII characters. Default: no authentication. */
  bgpKey?: pulumi.Input<string>;
  /** 0 is preferred, 3 is the last. Default: 0. */
  rank?: number;
  /** Milliseconds between two BFD packets, 300 and more. Default: 300. */
  bfdIntervalMs?: number;
  /** Jumbo frames on the virtual interface. Default: where every hop is known to take them. */
  jumbo?: boolean;
  /** Lets sites reach each other over Amazon's backbone: traffic then crosses countries on its own. Default: false. */
  siteLink?: boolean;
  /** Place that the circuit may leave: without it a changed place is refused, not followed. */
  allowReplacement?: string;
  /** Data that the circuit carries; Equinix types have no tags, so the component registers it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

/** Both ends of the BGP link, with prefix length. */
export interface FabricCircuitLink {
  /** Address of the customer's end with the length of its prefix, such as 169.254.0.1/30. */
  customer: string;
  /** Address of Amazon's end, in the same prefix. */
  amazon: string;
}

export class FabricCircuit extends pulumi.ComponentResource {
  /** Id of the hosted connection at AWS, known once Equinix created the circuit. */
  public readonly connectionId: pulumi.Output<string>;
  public readonly virtualInterfaceId: pulumi.Output<string>;
  /** Id of the circuit at Equinix. */
  public readonly circuitId: pulumi.Output<string>;
  /** Largest packet in bytes that the whole path takes. */
  public readonly pathMtu: number;

  constructor(name: string, args: FabricCircuitArgs, opts?: pulumi.ComponentResourceOptions) {
    super(
      "hybrid-ai-fabric:index:FabricCircuit",
      name,
      sealed(args, "bgpKey", "aSide.serviceToken.id"),
      opts,
    );
    refuse("FabricCircuit", validateFabricCircuit(args));
    const child = { parent: this };
    const region = args.sellerRegion;
    const path = pathOf(args);
    const smallest = smallestHop(hopsOf(path));

    const connection = orderConnection();
    // Reading the id of the circuit as well keeps these unknown until it exists, whatever the plan echoes of zSide.
    // Of the far end only the account is secret, and neither the connection id nor the VLAN tells it.
    const farEnd = pulumi.unsecret(
      pulumi.all([connection.zSide, connection.uuid]).apply(([zSide]) => zSide.accessPoint),
    );
    const hosted = acceptConnection();
    const attached = attachInterface();
    const ipv6 = args.ipv6 === true ? peerOverIpv6() : undefined;
    if (args.aSide.router) speakBgp();

    this.connectionId = hosted.connectionId;
    this.virtualInterfaceId = attached.id;
    this.circuitId = connection.uuid;
    this.pathMtu = smallest?.mtu ?? 0;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      connectionId: this.connectionId,
      virtualInterfaceId: this.virtualInterfaceId,
      circuitId: this.circuitId,
      pathMtu: this.pathMtu,
      predictions: pathMtuPrediction(name, smallest),
      metro: args.metro,
      farMetro: args.farMetro ?? args.metro,
      region,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function orderConnection(): equinix.FabricConnection {
      const { type, aSide, identity } = orderASide(args.aSide, args.metro);
      const farMetro = args.farMetro ?? args.metro;
      const place = [args.metro, farMetro, region, args.accountId, args.geoScope ?? ""].join("/");
      return new equinix.FabricConnection(
        name,
        {
          name: fabricName(name),
          type,
          bandwidth: args.bandwidthMbps,
          ...(args.geoScope === undefined ? {} : { geoScope: args.geoScope }),
          notifications: [{ type: "ALL", emails: args.notificationEmails }],
          aSide,
          zSide: {
            accessPoint: {
              type: "SP",
              profile: { type: "L2_PROFILE", uuid: args.profileId },
              authenticationKey: pulumi.secret(args.accountId),
              sellerRegion: region,
              location: { metroCode: farMetro },
            },
          },
        },
        {
          ...child,
          protect: args.allowReplacement === undefined && (args.protect ?? true),
          // The provider ignores a changed place and says nothing: the circuit would stay where it was.
          replacementTrigger: pulumi
            .all([identity, args.profileId])
            .apply(([begin, profile]) => [place, begin, profile].join("/")),
        },
      );
    }

    function acceptConnection(): aws.directconnect.ConnectionConfirmation {
      const connectionId = farEnd.apply((accessPoint) => accessPoint?.providerConnectionId ?? "");
      return new aws.directconnect.ConnectionConfirmation(
        name,
        { region, connectionId },
        { ...child, replaceWith: [connection] },
      );
    }

    function attachInterface() {
      const wanted = {
        region,
        kind: args.virtualInterface ?? "transit",
        connectionId: hosted.connectionId,
        directConnectGatewayId: args.directConnectGatewayId,
        vlan: farEnd.apply((accessPoint) => accessPoint?.linkProtocol?.vlanTag ?? 0),
        amazonAddress: args.link.amazon,
        customerAddress: args.link.customer,
        customerAsn: args.customerAsn,
        mtu: virtualInterfaceMtu(path),
        moving: args.allowReplacement !== undefined,
        ...(args.ownerAccountId === undefined ? {} : { ownerAccountId: args.ownerAccountId }),
        ...(args.bgpKey === undefined ? {} : { bgpKey: args.bgpKey }),
        ...(args.siteLink === undefined ? {} : { siteLink: args.siteLink }),
        ...(args.labels ? { labels: args.labels } : {}),
      };
      return attachVirtualInterface(name, wanted, {
        ...child,
        dependsOn: [hosted],
        replaceWith: [connection],
      });
    }

    function peerOverIpv6(): aws.directconnect.BgpPeer {
      const { customerAsn, bgpKey } = args;
      const session = { region, virtualInterfaceId: attached.id, customerAsn };
      return speakIpv6(
        name,
        { ...session, ...(bgpKey === undefined ? {} : { bgpKey }) },
        { ...child, replaceWith: [connection] },
      );
    }

    function speakBgp(): void {
      peerAtFabric(
        name,
        {
          connection,
          ipv4: { own: args.link.customer, peer: args.link.amazon },
          ...(ipv6 ? { ipv6: { own: ipv6.customerAddress, peer: ipv6.amazonAddress } } : {}),
          peerAsn: args.amazonSideAsn,
          bfdIntervalMs: args.bfdIntervalMs ?? bfdTimers(undefined).intervalMs,
          preference: failoverPreference(args.rank ?? 0),
          ...(args.bgpKey === undefined ? {} : { bgpKey: args.bgpKey }),
          after: [attached.resource],
        },
        child,
      );
    }
  }
}

function pathOf(args: FabricCircuitArgs): CircuitPath {
  const { aSide, virtualInterface, jumbo } = args;
  const from = aSide.port
    ? "fabricPort"
    : aSide.virtualDevice
      ? "virtualDevice"
      : aSide.serviceToken
        ? "serviceToken"
        : "fabricRouter";
  return {
    from,
    virtualInterface: virtualInterface === "private" ? "private" : "transit",
    ...(jumbo === undefined ? {} : { jumbo }),
  };
}

/** Rules on the arguments that no type expresses. */
export function validateFabricCircuit(args: FabricCircuitArgs): ArgumentProblem[] {
  const { bandwidthMbps, accountId, bfdIntervalMs } = args;
  const fastest = bfdTimers(undefined).intervalMs;
  return [
    ...validateASide(args.aSide),
    ...validateVirtualInterface(
      args.virtualInterface ?? "transit",
      args.siteLink ?? false,
      args.ownerAccountId,
    ),
    ...(isSold("hostedConnection", bandwidthMbps)
      ? []
      : [
          {
            propertyPath: "bandwidthMbps",
            reason: `${bandwidthMbps}: AWS sells hosted connections of ${soldText("hostedConnection")} Mbps`,
          },
        ]),
    ...(/^\d{12}$/.test(accountId)
      ? []
      : [{ propertyPath: "accountId", reason: `"${accountId}" is not the 12 digits of an AWS account` }]),
    ...(bfdIntervalMs === undefined || bfdIntervalMs >= fastest
      ? []
      : [
          {
            propertyPath: "bfdIntervalMs",
            reason: `${bfdIntervalMs}: Amazon takes ${fastest} ms and more`,
          },
        ]),
  ];
}
