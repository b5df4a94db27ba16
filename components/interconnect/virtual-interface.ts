import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags } from "../labels";
import type { ArgumentProblem } from "../problems";

/** A virtual interface as Direct Connect attaches it to a connection: one VLAN, one BGP session per address family. */
export interface VirtualInterface {
  region: string;
  /** transit, towards transit gateways, or private, towards one VPC's gateway. */
  kind: string;
  connectionId: pulumi.Input<string>;
  vlan: pulumi.Input<number>;
  directConnectGatewayId: pulumi.Input<string>;
  /** Account of the gateway when it is not the connection's: the interface is then offered to it, not attached. */
  ownerAccountId?: string;
  customerAddress: string;
  amazonAddress: string;
  /** ASN of the router at the other end. */
  customerAsn: pulumi.Input<number>;
  bgpKey?: pulumi.Input<string>;
  mtu: number;
  siteLink?: boolean;
  /** Prefixes that the session may take. Default: 100. */
  allocatedPrefixes?: number;
  /** Its connection may move: then the new interface is made on the new connection before the old one goes. */
  moving: boolean;
  labels?: DatasetLabels;
}

/** What a circuit needs from its interface. */
export interface AttachedInterface {
  id: pulumi.Output<string>;
  resource: pulumi.Resource;
}

/** Attaches the interface, or offers it to the account that owns the gateway. */
export function attachVirtualInterface(
  name: string,
  wanted: VirtualInterface,
  opts: pulumi.CustomResourceOptions,
): AttachedInterface {
  const options = {
    ...opts,
    additionalSecretOutputs: ["bgpAuthKey"],
    // On a connection that stays, a second interface finds its VLAN taken: another key or address takes the place of the first.
    deleteBeforeReplace: !wanted.moving,
  };
  const { region, kind, connectionId, vlan, customerAddress, amazonAddress, mtu } = wanted;
  const common = {
    region,
    name,
    connectionId,
    vlan,
    addressFamily: "ipv4",
    customerAddress,
    amazonAddress,
    bgpAsn: wanted.customerAsn,
    mtu,
    ...(wanted.bgpKey === undefined ? {} : { bgpAuthKey: pulumi.secret(wanted.bgpKey) }),
  };
  const resource = wanted.ownerAccountId === undefined ? attachHere() : offerTo(wanted.ownerAccountId);
  return { id: resource.id, resource };

  function attachHere(): pulumi.CustomResource {
    const own = {
      ...common,
      dxGatewayId: wanted.directConnectGatewayId,
      ...(wanted.siteLink === true ? { sitelinkEnabled: true } : {}),
      ...(wanted.allocatedPrefixes === undefined
        ? {}
        : { prefixPoolAllocatedCountIpv4: wanted.allocatedPrefixes }),
      tags: wanted.labels ? labelTags(wanted.labels) : {},
    };
    return kind === "transit"
      ? new aws.directconnect.TransitVirtualInterface(name, own, options)
      : new aws.directconnect.PrivateVirtualInterface(name, own, options);
  }

  function offerTo(ownerAccountId: string): pulumi.CustomResource {
    const offered = { ...common, ownerAccountId };
    return kind === "transit"
      ? new aws.directconnect.HostedTransitVirtualInterface(name, offered, options)
      : new aws.directconnect.HostedPrivateVirtualInterface(name, offered, options);
  }
}

/** IPv6 on an interface that speaks IPv4: Amazon allocates the addresses of both ends. */
export interface Ipv6Session {
  region: string;
  virtualInterfaceId: pulumi.Input<string>;
  customerAsn: pulumi.Input<number>;
  bgpKey?: pulumi.Input<string>;
}

export function speakIpv6(
  name: string,
  { region, virtualInterfaceId, customerAsn, bgpKey }: Ipv6Session,
  opts: pulumi.CustomResourceOptions,
): aws.directconnect.BgpPeer {
  return new aws.directconnect.BgpPeer(
    `${name}-ipv6`,
    {
      region,
      virtualInterfaceId,
      addressFamily: "ipv6",
      bgpAsn: customerAsn,
      ...(bgpKey === undefined ? {} : { bgpAuthKey: pulumi.secret(bgpKey) }),
    },
    { ...opts, additionalSecretOutputs: ["bgpAuthKey"] },
  );
}

/** Kind and SiteLink: what no type expresses. */
export function validateVirtualInterface(kind: string, siteLink: boolean, owner?: string): ArgumentProblem[] {
  return [
    ...(kind === "transit" || kind === "private"
      ? []
      : [{ propertyPath: "virtualInterface", reason: `"${kind}": transit or private` }]),
    ...(siteLink && owner !== undefined
      ? [
          {
            propertyPath: "siteLink",
            reason: "the account that owns an offered interface decides on SiteLink",
          },
        ]
      : []),
  ];
}
