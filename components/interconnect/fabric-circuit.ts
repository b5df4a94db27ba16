import * as aws from "@pulumi/aws";
import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type LinkAddresses, withoutLength } from "./link-addresses";
import { fabricName } from "./names";

/** A circuit from a Fabric Cloud Router to AWS, with everything that makes it carry routes. */
export interface FabricCircuitArgs {
  /** Id of the Fabric Cloud Router on the a-side. */
  routerId: pulumi.Input<string>;
  /** ASN of that router. */
  routerAsn: pulumi.Input<number>;
  /** Equinix metro of both ends, such as TY. */
  metro: string;
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
  notificationEmails: string[];
  /** Id of the Direct Connect gateway. */
  directConnectGatewayId: pulumi.Input<string>;
  /** ASN of the Direct Connect gateway. */
  amazonSideAsn: number;
  /** Both ends of the BGP link. */
  link: FabricCircuitLink;
  /** BGP MD5 key, up to 80 ASCII characters. Default: no authentication. */
  bgpKey?: pulumi.Input<string>;
  /** Data that the circuit carries; Equinix types have no tags, so the component registers it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

/** Both ends of the BGP link, with prefix length. */
export interface FabricCircuitLink {
  customer: string;
  amazon: string;
}

/** Milliseconds between two BFD packets; AWS takes 300 and more. */
const BFD_INTERVAL_MS = "300";

export class FabricCircuit extends pulumi.ComponentResource {
  /** Id of the hosted connection at AWS, known once Equinix created the circuit. */
  public readonly connectionId: pulumi.Output<string>;
  public readonly virtualInterfaceId: pulumi.Output<string>;

  constructor(name: string, args: FabricCircuitArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricCircuit", name, args, opts);
    const child = { parent: this };
    const region = args.sellerRegion;
    const link: LinkAddresses = args.link;
    const tags = args.labels ? labelTags(args.labels) : {};

    const connection = orderConnection();
    // Reading the id of the circuit as well keeps these unknown until it exists, whatever the plan echoes of zSide.
    const farEnd = pulumi.all([connection.zSide, connection.uuid]).apply(([zSide]) => zSide.accessPoint);
    const hosted = acceptConnection();
    const virtualInterface = attachVirtualInterface();
    const direct = addressLink();
    speakBgp();

    this.connectionId = hosted.connectionId;
    this.virtualInterfaceId = virtualInterface.id;
    this.registerOutputs({
      connectionId: this.connectionId,
      virtualInterfaceId: this.virtualInterfaceId,
      metro: args.metro,
      region,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function orderConnection(): equinix.FabricConnection {
      return new equinix.FabricConnection(
        name,
        {
          name: fabricName(name),
          type: "IP_VC",
          bandwidth: args.bandwidthMbps,
          ...(args.geoScope === undefined ? {} : { geoScope: args.geoScope }),
          notifications: [{ type: "ALL", emails: args.notificationEmails }],
          aSide: {
            accessPoint: {
              type: "CLOUD_ROUTER",
              router: { uuid: args.routerId },
              location: { metroCode: args.metro },
            },
          },
          zSide: {
            accessPoint: {
              type: "SP",
              profile: { type: "L2_PROFILE", uuid: args.profileId },
              authenticationKey: args.accountId,
              sellerRegion: region,
              location: { metroCode: args.metro },
            },
          },
        },
        {
          ...child,
          protect: args.protect ?? true,
          // The provider ignores a changed place and says nothing: the circuit would stay where it was.
          replacementTrigger: [args.metro, region, args.accountId, args.geoScope ?? ""].join("/"),
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

    function attachVirtualInterface(): aws.directconnect.TransitVirtualInterface {
      return new aws.directconnect.TransitVirtualInterface(
        name,
        {
          region,
          name,
          connectionId: hosted.connectionId,
          dxGatewayId: args.directConnectGatewayId,
          vlan: farEnd.apply((accessPoint) => accessPoint?.linkProtocol?.vlanTag ?? 0),
          addressFamily: "ipv4",
          amazonAddress: link.amazon,
          customerAddress: link.customer,
          bgpAsn: args.routerAsn,
          ...(args.bgpKey === undefined ? {} : { bgpAuthKey: pulumi.secret(args.bgpKey) }),
          tags,
        },
        { ...child, dependsOn: [hosted], additionalSecretOutputs: ["bgpAuthKey"] },
      );
    }

    function addressLink(): equinix.FabricRoutingProtocol {
      return new equinix.FabricRoutingProtocol(
        `${name}-direct`,
        {
          name: fabricName(`${name}-direct`),
          type: "DIRECT",
          connectionUuid: connection.uuid,
          directIpv4s: [{ equinixIfaceIp: link.customer }],
        },
        { ...child, replaceWith: [connection] },
      );
    }

    function speakBgp(): void {
      new equinix.FabricRoutingProtocol(
        `${name}-bgp`,
        {
          name: fabricName(`${name}-bgp`),
          type: "BGP",
          connectionUuid: connection.uuid,
          customerAsn: args.amazonSideAsn,
          bgpIpv4s: [{ customerPeerIp: withoutLength(link.amazon), enabled: true }],
          bfds: [{ enabled: true, interval: BFD_INTERVAL_MS }],
          ...(args.bgpKey === undefined ? {} : { bgpAuthKey: pulumi.secret(args.bgpKey) }),
        },
        // Equinix refuses BGP on a circuit without addresses.
        {
          ...child,
          dependsOn: [direct, virtualInterface],
          replaceWith: [connection],
          additionalSecretOutputs: ["bgpAuthKey"],
        },
      );
    }
  }
}
