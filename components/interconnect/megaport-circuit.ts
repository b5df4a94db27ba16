import { isSold, pathMtu, soldText } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import type { types } from "@pulumi/megaport";
import * as megaport from "@pulumi/megaport";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { sealed } from "../sealed";
import { bfdTimers } from "./bfd-timers";
import { failoverPreference } from "./failover";
import { withoutLength } from "./link-addresses";
import { validateMegaportOrder } from "./megaport-order";
import {
  type CircuitPath,
  hopsOf,
  pathMtuPrediction,
  smallestHop,
  virtualInterfaceMtu,
} from "./smallest-hop";
import { attachVirtualInterface, speakIpv6, validateVirtualInterface } from "./virtual-interface";

/** A circuit (VXC) of a site over Megaport to AWS, with everything that makes it carry routes. */
export interface MegaportCircuitArgs {
  /** Interconnect that the circuit is part of, as the environment names it: evidence of its path is approved by it. */
  interconnect?: string;
  /** Product uid of the port or router that it begins at. */
  beginUid: pulumi.Input<string>;
  /** Number of the Megaport location of that end. */
  beginLocationId: number;
  /** A Cloud Router begins it, and speaks BGP; otherwise a port does, and the site's router speaks. */
  router: boolean;
  /** VLAN on the port. Default: a free one. */
  vlan?: number;
  /** ASN of the router at the site's end. */
  customerAsn: number;
  /** Product uid of AWS's partner port, pinned: what a lookup finds changes from one day to the next. */
  partnerPortUid: string;
  /** Number of the Megaport location of the partner port. */
  partnerLocationId: number;
  /** red or blue, as the partner port has it: part of its place. */
  diversityZone?: string;
  /** Code of the Direct Connect location behind the partner port, such as ATTC1. */
  location: string;
  /** Mbps; a hosted connection takes the tiers of AWS only. */
  bandwidthMbps: number;
  /** A hosted virtual interface (AWS) in place of a hosted connection (AWSHC): one session, no tier. Default: false. */
  hostedVirtualInterface?: boolean;
  /** AWS account that takes the circuit: 12 digits. */
  accountId: string;
  /** AWS region that the hosted connection lives in. */
  sellerRegion: string;
  /** Direct Connect gateway that the virtual interface belongs to. */
  directConnectGatewayId: pulumi.Input<string>;
  /** ASN of the Direct Connect gateway. */
  amazonSideAsn: number;
  /** transit or private. Default: transit. */
  virtualInterface?: string;
  /** Account of the Direct Connect gateway, when it is another one. */
  ownerAccountId?: string;
  /** Both ends of the BGP link. */
  link: MegaportCircuitLink;
  /** Speaks IPv6 too, over addresses that Amazon allocates: from a port over a hosted connection only. Default: false. */
  ipv6?: boolean;
  /** BGP MD5 key, up to 80 ASCII characters. Default: no authentication. */
  bgpKey?: pulumi.Input<string>;
  /** Service key of somebody else's port that the circuit uses. Secret. */
  serviceKey?: pulumi.Input<string>;
  /** 0 is preferred, 3 is the last. Default: 0. */
  rank?: number;
  /** Milliseconds between two BFD packets, 300 and more. Default: by the length of the path. */
  bfdIntervalMs?: number;
  /** MTU of the router's interface: 1500 to 9100. Default: 1500. */
  routerMtu?: number;
  /** Lets sites reach each other over Amazon's backbone: traffic then crosses countries on its own. Default: false. */
  siteLink?: boolean;
  /** Prefix filter list of the router that what Amazon announces must pass. Default: none. */
  importFilter?: string;
  /** Prefix filter list of the router that what is announced to Amazon must pass. Default: none. */
  exportFilter?: string;
  /** Months of the contract: 1, 12, 24, 36, 48 or 60. Default: 12. */
  contractTermMonths?: number;
  /** Place that the circuit may leave: without it a changed place is refused, not followed. */
  allowReplacement?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

/** Both ends of the BGP link, with prefix length. */
export interface MegaportCircuitLink {
  /** Address of the customer's end with the length of its prefix, such as 169.254.0.1/30. */
  customer: string;
  /** Address of Amazon's end, in the same prefix. */
  amazon: string;
}

export class MegaportCircuit extends pulumi.ComponentResource {
  /** Id of the hosted connection at AWS, known once Megaport created the circuit. */
  public readonly connectionId: pulumi.Output<string>;
  public readonly virtualInterfaceId: pulumi.Output<string>;
  /** Id of the circuit at Megaport. The provider gives circuits no id of their own. */
  public readonly productUid: pulumi.Output<string>;
  /** Largest packet in bytes that the whole path takes. */
  public readonly pathMtu: number;

  constructor(name: string, args: MegaportCircuitArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:MegaportCircuit", name, sealed(args, "bgpKey", "serviceKey"), opts);
    refuse("MegaportCircuit", validateMegaportCircuit(args));
    const child = { parent: this };
    const region = args.sellerRegion;
    const path = pathOf(args);
    const smallest = smallestHop(hopsOf(path));
    const bgpKey = args.bgpKey === undefined ? undefined : pulumi.secret(args.bgpKey);

    const circuit = orderCircuit();
    // Reading the uid as well keeps these unknown until the circuit exists.
    const farEnd = pulumi
      .all([circuit.cspConnections, circuit.bEnd, circuit.productUid])
      .apply(([connections, bEnd]) => ({ connection: connections?.[0], vlan: bEnd?.vlan }));
    const attached = args.hostedVirtualInterface === true ? acceptInterface() : acceptConnection();

    this.productUid = circuit.productUid;
    this.connectionId = farEnd.apply(({ connection }) => connection?.connectionId ?? "");
    this.virtualInterfaceId = attached;
    this.pathMtu = smallest?.mtu ?? pathMtu.assumed;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      productUid: this.productUid,
      connectionId: this.connectionId,
      virtualInterfaceId: this.virtualInterfaceId,
      pathMtu: this.pathMtu,
      predictions: pathMtuPrediction(name, smallest),
      location: args.location,
      region,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function orderCircuit(): megaport.Vxc {
      const place = [
        args.beginLocationId,
        args.partnerLocationId,
        args.partnerPortUid,
        args.diversityZone ?? "",
        region,
        args.accountId,
        args.hostedVirtualInterface === true ? "AWS" : "AWSHC",
      ].join("/");
      return new megaport.Vxc(
        name,
        {
          productName: name,
          rateLimit: args.bandwidthMbps,
          contractTermMonths: args.contractTermMonths ?? 12,
          aEnd: {
            requestedProductUid: args.beginUid,
            locationId: args.beginLocationId,
            ...(args.vlan === undefined ? {} : { orderedVlan: args.vlan }),
          },
          bEnd: { requestedProductUid: args.partnerPortUid, locationId: args.partnerLocationId },
          ...(args.router ? { aEndPartnerConfig: routerEnd() } : {}),
          bEndPartnerConfig: { partner: "aws", awsConfig: amazonEnd() },
          ...(args.serviceKey === undefined ? {} : { serviceKey: pulumi.secret(args.serviceKey) }),
          ...(args.labels ? { resourceTags: labelTags(args.labels) } : {}),
        },
        {
          ...child,
          protect: args.allowReplacement === undefined && (args.protect ?? true),
          replacementTrigger: pulumi.output(args.beginUid).apply((begin) => `${place}/${begin}`),
          additionalSecretOutputs: ["serviceKey", "aEndPartnerConfig", "bEndPartnerConfig"],
        },
      );
    }

    function routerEnd(): types.input.VxcAEndPartnerConfig {
      const preference = failoverPreference(args.rank ?? 0);
      const { intervalMs, multiplier } = bfdTimers(undefined);
      const interval = args.bfdIntervalMs ?? intervalMs;
      const session = {
        peerAsn: args.amazonSideAsn,
        localIpAddress: withoutLength(args.link.customer),
        peerIpAddress: withoutLength(args.link.amazon),
        bfdEnabled: true,
        asPathPrependCount: preference.asPrepend,
        medOut: preference.med,
        medIn: preference.med,
        ...(bgpKey === undefined ? {} : { password: bgpKey }),
        ...(args.importFilter === undefined ? {} : { importWhitelist: args.importFilter }),
        ...(args.exportFilter === undefined ? {} : { exportWhitelist: args.exportFilter }),
      };
      const inside = {
        ipAddresses: [args.link.customer],
        ipMtu: args.routerMtu ?? pathMtu.megaportRouterDefault,
        bfd: { txInterval: interval, rxInterval: interval, multiplier },
        bgpConnections: [session],
      };
      return { partner: "vrouter", vrouterConfig: { interfaces: [inside] } };
    }

    function amazonEnd(): types.input.VxcBEndPartnerConfigAwsConfig {
      const hosted = { name, ownerAccount: args.accountId, connectType: "AWSHC" };
      if (args.hostedVirtualInterface !== true) return hosted;
      return {
        ...hosted,
        connectType: "AWS",
        type: path.virtualInterface,
        asn: args.customerAsn,
        amazonAsn: args.amazonSideAsn,
        customerIpAddress: args.link.customer,
        amazonIpAddress: args.link.amazon,
        ...(bgpKey === undefined ? {} : { authKey: bgpKey }),
      };
    }

    function acceptConnection(): pulumi.Output<string> {
      const hosted = new aws.directconnect.ConnectionConfirmation(
        name,
        { region, connectionId: farEnd.apply(({ connection }) => connection?.connectionId ?? "") },
        { ...child, replaceWith: [circuit] },
      );
      const wanted = {
        region,
        kind: path.virtualInterface,
        connectionId: hosted.connectionId,
        vlan: farEnd.apply(({ vlan }) => vlan ?? 0),
        directConnectGatewayId: args.directConnectGatewayId,
        customerAddress: args.link.customer,
        amazonAddress: args.link.amazon,
        customerAsn: args.customerAsn,
        mtu: virtualInterfaceMtu(path),
        moving: args.allowReplacement !== undefined,
        ...(args.ownerAccountId === undefined ? {} : { ownerAccountId: args.ownerAccountId }),
        ...(bgpKey === undefined ? {} : { bgpKey }),
        ...(args.siteLink === undefined ? {} : { siteLink: args.siteLink }),
        ...(args.labels ? { labels: args.labels } : {}),
      };
      const chained = { ...child, replaceWith: [circuit] };
      const { id } = attachVirtualInterface(name, wanted, { ...chained, dependsOn: [hosted] });
      if (args.ipv6 === true) {
        const { customerAsn } = args;
        const key = bgpKey === undefined ? {} : { bgpKey };
        speakIpv6(name, { region, virtualInterfaceId: id, customerAsn, ...key }, chained);
      }
      return id;
    }

    /** Megaport made the interface in its own connection: we take it. */
    function acceptInterface(): pulumi.Output<string> {
      const taken = {
        region,
        virtualInterfaceId: farEnd.apply(({ connection }) => connection?.vifId ?? ""),
        dxGatewayId: args.directConnectGatewayId,
        tags: args.labels ? labelTags(args.labels) : {},
      };
      const options = { ...child, replaceWith: [circuit] };
      const accepted =
        path.virtualInterface === "transit"
          ? new aws.directconnect.HostedTransitVirtualInterfaceAcceptor(name, taken, options)
          : new aws.directconnect.HostedPrivateVirtualInterfaceAccepter(name, taken, options);
      return accepted.virtualInterfaceId;
    }
  }
}

function pathOf({ router, virtualInterface, routerMtu }: MegaportCircuitArgs): CircuitPath {
  return {
    from: router ? "megaportRouter" : "megaportPort",
    virtualInterface: virtualInterface === "private" ? "private" : "transit",
    ...(routerMtu === undefined ? {} : { routerMtu }),
  };
}

export function validateMegaportCircuit(args: MegaportCircuitArgs): ArgumentProblem[] {
  const { bandwidthMbps, accountId, routerMtu } = args;
  const product = args.hostedVirtualInterface === true ? "megaportCircuit" : "hostedConnection";
  return [
    ...validateMegaportOrder(args),
    ...validateVirtualInterface(
      args.virtualInterface ?? "transit",
      args.siteLink ?? false,
      args.ownerAccountId,
    ),
    ...(isSold(product, bandwidthMbps)
      ? []
      : [{ propertyPath: "bandwidthMbps", reason: `${bandwidthMbps}: ${soldText(product)} Mbps are sold` }]),
    ...(args.ipv6 === true && (args.router || args.hostedVirtualInterface === true)
      ? [
          {
            propertyPath: "ipv6",
            reason:
              "Amazon allocates the addresses after the order: only a port over a hosted connection can",
          },
        ]
      : []),
    ...(/^\d{12}$/.test(accountId)
      ? []
      : [{ propertyPath: "accountId", reason: `"${accountId}" is not the 12 digits of an AWS account` }]),
    ...(routerMtu === undefined || (routerMtu >= pathMtu.assumed && routerMtu <= pathMtu.megaportCircuit)
      ? []
      : [
          {
            propertyPath: "routerMtu",
            reason: `${routerMtu}: ${pathMtu.assumed} to ${pathMtu.megaportCircuit}`,
          },
        ]),
  ];
}
