import { circuitQuotas, isSold, locationMbps, pathMtu, soldText } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { sealed } from "../sealed";
import { hopsOf, pathMtuPrediction, smallestHop, virtualInterfaceMtu } from "./smallest-hop";
import { attachVirtualInterface, speakIpv6, validateVirtualInterface } from "./virtual-interface";
import { FIRST_VLAN, LAST_VLAN } from "./vlans";

/** A port of our own at a Direct Connect location, or several bundled, with a virtual interface on it. */
export interface DedicatedConnectionArgs {
  /** Interconnect that the connection is part of, as the environment names it. */
  interconnect?: string;
  /** AWS region that the location is associated with: the connection is kept there. */
  region: string;
  /** Code of the Direct Connect location, such as EQTY2. */
  location: string;
  /** Mbps of each link: 1000, 10000, 100000 or 400000. */
  bandwidthMbps: number;
  /** Links of a group (LAG): 2 to 4, or 2 at 100 Gbps and more. Default: 1, no group. */
  links?: number;
  /** Encrypts the cross connect with MACsec, from 10 Gbps on. */
  macsec?: DedicatedConnectionMacsec;
  /** VLAN of the virtual interface. */
  vlan: number;
  /** transit or private. Default: transit. */
  virtualInterface?: string;
  /** Account of the Direct Connect gateway, when it is another one. */
  ownerAccountId?: string;
  /** Direct Connect gateway that the virtual interface belongs to. */
  directConnectGatewayId: pulumi.Input<string>;
  /** ASN of the site's router. */
  customerAsn: number;
  /** Both ends of the BGP link. */
  link: DedicatedConnectionLink;
  /** Speaks IPv6 too, over addresses that Amazon allocates. Default: false. */
  ipv6?: boolean;
  /** BGP MD5 key, up to 80 ASCII characters. Default: no authentication. */
  bgpKey?: pulumi.Input<string>;
  /** Jumbo frames on the virtual interface. Default: true. */
  jumbo?: boolean;
  /** Lets sites reach each other over Amazon's backbone: traffic then crosses countries on its own. Default: false. */
  siteLink?: boolean;
  /** Prefixes that the session may take, up to 1000; of an offered interface the accepter says it. Default: 100. */
  allocatedPrefixes?: number;
  /** Place that the connection may leave: without it a changed place is refused, not followed. */
  allowReplacement?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

/** Both ends of the BGP link, with prefix length. */
export interface DedicatedConnectionLink {
  /** Address of the customer's end with the length of its prefix, such as 169.254.0.1/30. */
  customer: string;
  /** Address of Amazon's end, in the same prefix. */
  amazon: string;
}

/** Keys of MACsec: both secret. */
export interface DedicatedConnectionMacsec {
  /** Name of the connectivity association key: 64 hexadecimal digits. */
  ckn: pulumi.Input<string>;
  /** Connectivity association key: 64 hexadecimal digits. */
  cak: pulumi.Input<string>;
  /** must_encrypt or should_encrypt. Default: must_encrypt, so that a lost key stops traffic instead of baring it. */
  encryptionMode?: string;
}

export class DedicatedConnection extends pulumi.ComponentResource {
  public readonly connectionId: pulumi.Output<string>;
  public readonly virtualInterfaceId: pulumi.Output<string>;
  /** Largest packet in bytes that the whole path takes. */
  public readonly pathMtu: number;

  constructor(name: string, args: DedicatedConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super(
      "hybrid-ai-fabric:index:DedicatedConnection",
      name,
      sealed(args, "bgpKey", "macsec.ckn", "macsec.cak"),
      opts,
    );
    refuse("DedicatedConnection", validateDedicatedConnection(args));
    const { region, location } = args;
    const tags = args.labels ? labelTags(args.labels) : {};
    const child = { parent: this };
    const guarded = { ...child, protect: args.allowReplacement === undefined && (args.protect ?? true) };
    const bandwidth = `${args.bandwidthMbps / 1000}Gbps`;
    const path = {
      from: "dedicated" as const,
      virtualInterface: args.virtualInterface === "private" ? ("private" as const) : ("transit" as const),
      ...(args.jumbo === undefined ? {} : { jumbo: args.jumbo }),
    };
    const smallest = smallestHop(hopsOf(path));

    const links = Array.from({ length: args.links ?? 1 }, (_, index) => orderLink(index));
    const group = links.length > 1 ? bundle() : undefined;
    const attached = attach();
    if (args.ipv6 === true) peerOverIpv6();

    this.connectionId = group?.id ?? links[0]?.id ?? pulumi.output("");
    this.virtualInterfaceId = attached.id;
    this.pathMtu = smallest?.mtu ?? pathMtu.assumed;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      connectionId: this.connectionId,
      virtualInterfaceId: this.virtualInterfaceId,
      pathMtu: this.pathMtu,
      predictions: pathMtuPrediction(name, smallest),
      location,
      region,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function orderLink(index: number): aws.directconnect.Connection {
      const link = index === 0 ? name : `${name}-${index + 1}`;
      const encrypted = args.macsec
        ? { requestMacsec: true, encryptionMode: args.macsec.encryptionMode ?? "must_encrypt" }
        : {};
      const connection = new aws.directconnect.Connection(
        link,
        { region, name: link, location, bandwidth, ...encrypted, tags },
        guarded,
      );
      if (args.macsec) {
        const { ckn, cak } = args.macsec;
        new aws.directconnect.MacsecKeyAssociation(
          link,
          { region, connectionId: connection.id, ckn: pulumi.secret(ckn), cak: pulumi.secret(cak) },
          { ...child, replaceWith: [connection], additionalSecretOutputs: ["ckn", "cak"] },
        );
      }
      return connection;
    }

    function bundle(): aws.directconnect.LinkAggregationGroup {
      const lag = new aws.directconnect.LinkAggregationGroup(
        name,
        { region, name, location, connectionsBandwidth: bandwidth, tags },
        guarded,
      );
      links.forEach((connection, index) => {
        new aws.directconnect.ConnectionAssociation(
          index === 0 ? name : `${name}-${index + 1}`,
          { region, connectionId: connection.id, lagId: lag.id },
          child,
        );
      });
      return lag;
    }

    function attach() {
      const wanted = {
        region,
        kind: path.virtualInterface,
        connectionId: group?.id ?? links[0]?.id ?? "",
        vlan: args.vlan,
        directConnectGatewayId: args.directConnectGatewayId,
        customerAddress: args.link.customer,
        amazonAddress: args.link.amazon,
        customerAsn: args.customerAsn,
        mtu: virtualInterfaceMtu(path),
        moving: args.allowReplacement !== undefined,
        ...(args.ownerAccountId === undefined ? {} : { ownerAccountId: args.ownerAccountId }),
        ...(args.bgpKey === undefined ? {} : { bgpKey: args.bgpKey }),
        ...(args.siteLink === undefined ? {} : { siteLink: args.siteLink }),
        ...(args.allocatedPrefixes === undefined ? {} : { allocatedPrefixes: args.allocatedPrefixes }),
        ...(args.labels ? { labels: args.labels } : {}),
      };
      return attachVirtualInterface(name, wanted, { ...child, dependsOn: links });
    }

    function peerOverIpv6(): void {
      const { customerAsn, bgpKey } = args;
      const session = { region, virtualInterfaceId: attached.id, customerAsn };
      speakIpv6(name, { ...session, ...(bgpKey === undefined ? {} : { bgpKey }) }, child);
    }
  }
}

/** What AWS sells at a location, and what MACsec and a group ask for. */
export function validateDedicatedConnection(args: DedicatedConnectionArgs): ArgumentProblem[] {
  const { bandwidthMbps, location, links = 1, macsec, vlan } = args;
  const speeds = locationMbps(location);
  const mostLinks = circuitQuotas.lagMembers[bandwidthMbps] ?? 1;
  const problems = validateVirtualInterface(
    args.virtualInterface ?? "transit",
    args.siteLink ?? false,
    args.ownerAccountId,
  );
  const add = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  if (!isSold("dedicatedConnection", bandwidthMbps)) {
    add("bandwidthMbps", `${bandwidthMbps}: AWS sells ${soldText("dedicatedConnection")} Mbps`);
  } else if (speeds && !speeds.includes(bandwidthMbps)) {
    add("bandwidthMbps", `${bandwidthMbps}: ${location} has ports of ${speeds.join(", ")} Mbps`);
  }
  if (macsec && !isSold("macsec", bandwidthMbps)) {
    add("macsec", `${bandwidthMbps} Mbps: ports of ${soldText("macsec")} Mbps encrypt`);
  }
  if (!Number.isInteger(links) || links < 1 || links > mostLinks) {
    add("links", `${links}: 1 to ${mostLinks} at ${bandwidthMbps} Mbps`);
  }
  if (args.allocatedPrefixes !== undefined && args.ownerAccountId !== undefined) {
    const reason = `${args.allocatedPrefixes}: the account that takes an offered interface allocates its prefixes`;
    add("allocatedPrefixes", reason);
  }
  if (!Number.isInteger(vlan) || vlan < FIRST_VLAN || vlan > LAST_VLAN) {
    add("vlan", `${vlan} is not a VLAN: ${FIRST_VLAN} to ${LAST_VLAN}`);
  }
  return problems;
}
