import { prefixQuotas } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { validatePrefixes } from "./announced-prefixes";

/** The Direct Connect gateway of a site, and the regions that the site may reach through it. */
export interface DirectConnectHubArgs {
  /** Interconnect that the gateway is part of, as the environment names it. */
  interconnect?: string;
  /** Private ASN of the gateway, unlike that of any transit gateway. */
  amazonSideAsn: number;
  /** Transit gateways to associate: only these regions can be reached. */
  regions: DirectConnectHubRegion[];
  /** Virtual private gateways to associate instead: one VPC each, over private virtual interfaces. */
  virtualPrivateGateways?: DirectConnectHubVirtualPrivateGateway[];
  /** Cloud WAN core network to attach to instead. */
  coreNetwork?: DirectConnectHubCoreNetwork;
  /** Prefixes that the site announces over each of its virtual interfaces. Default: none. */
  sitePrefixes?: string[];
  /** Prefixes that the tightest of these interfaces may take, up to 1000. Default: 100. */
  allocatedPrefixes?: number;
  /** Virtual interfaces that end at the gateway, counted against its quota. Default: 1. */
  virtualInterfaces?: number;
  /** Data that crosses the gateway. */
  labels?: DatasetLabels;
}

/** A region behind the gateway. */
export interface DirectConnectHubRegion {
  /** AWS region of the transit gateway. */
  region: string;
  /** Transit gateway of that region. */
  transitGatewayId: pulumi.Input<string>;
  /** ASN of the transit gateway. */
  transitGatewayAsn: number;
  /** Prefixes that are announced to the site: 200 at most. */
  allowedPrefixes: string[];
  /** Route table of the transit gateway that what comes from the site is looked up in. Default: none. */
  arrivalRouteTableId?: pulumi.Input<string>;
  /** Route tables of the transit gateway that learn the site's prefixes. Default: none. */
  learningRouteTables?: DirectConnectHubLearner[];
}

/** A route table that learns the prefixes of the site. */
export interface DirectConnectHubLearner {
  /** Stable name, such as training. */
  name: string;
  /** Route table of the transit gateway that gets the routes. */
  routeTableId: pulumi.Input<string>;
}

/** A virtual private gateway behind the gateway. */
export interface DirectConnectHubVirtualPrivateGateway {
  /** Stable name, such as the place: one region may have several. Default: the region. */
  name?: string;
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** Id of the virtual private gateway, vgw-... */
  gatewayId: pulumi.Input<string>;
  /** Prefixes that the site learns from it. */
  allowedPrefixes: string[];
}

/** A Cloud WAN core network that the gateway is attached to. */
export interface DirectConnectHubCoreNetwork {
  /** Id of the core network of Cloud WAN. */
  id: pulumi.Input<string>;
  /** Regions of the core network that the gateway is reachable from: data can go to each of them. */
  edgeLocations: string[];
  /** Label that the core network's routing policy reads. Default: none. */
  routingPolicyLabel?: string;
}

export class DirectConnectHub extends pulumi.ComponentResource {
  public readonly gatewayId: pulumi.Output<string>;
  /** Transit gateway attachments by region, to route on. */
  public readonly attachmentIds: pulumi.Output<{ [region: string]: string }>;

  constructor(name: string, args: DirectConnectHubArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:DirectConnectHub", name, args, opts);
    refuse("DirectConnectHub", validateDirectConnectHub(args));
    const child = { parent: this };
    const tags = args.labels ? { tags: labelTags(args.labels) } : {};
    const gateway = new aws.directconnect.Gateway(
      name,
      { name, amazonSideAsn: String(args.amazonSideAsn), ...tags },
      child,
    );
    const attachments = args.regions.map(associateRegion);
    args.virtualPrivateGateways?.forEach(associateVpc);
    if (args.coreNetwork) attachToCoreNetwork(args.coreNetwork);

    this.gatewayId = gateway.id;
    this.attachmentIds = pulumi.all(attachments).apply((entries) => Object.fromEntries(entries));
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      gatewayId: this.gatewayId,
      attachmentIds: this.attachmentIds,
      regions: args.regions.map(({ region }) => region),
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function associateRegion(reached: DirectConnectHubRegion) {
      const { region, transitGatewayId, allowedPrefixes, arrivalRouteTableId } = reached;
      const association = new aws.directconnect.GatewayAssociation(
        `${name}-${region}`,
        { region, dxGatewayId: gateway.id, associatedGatewayId: transitGatewayId, allowedPrefixes },
        child,
      );
      const transitGatewayAttachmentId = association.transitGatewayAttachmentId;
      if (arrivalRouteTableId !== undefined) {
        new aws.ec2transitgateway.RouteTableAssociation(
          `${name}-${region}`,
          { region, transitGatewayAttachmentId, transitGatewayRouteTableId: arrivalRouteTableId },
          child,
        );
      }
      for (const { name: learner, routeTableId } of reached.learningRouteTables ?? []) {
        new aws.ec2transitgateway.RouteTablePropagation(
          `${name}-${region}-${learner}`,
          { region, transitGatewayAttachmentId, transitGatewayRouteTableId: routeTableId },
          child,
        );
      }
      return transitGatewayAttachmentId.apply((id) => [region, id] as const);
    }

    function associateVpc(reached: DirectConnectHubVirtualPrivateGateway) {
      const { region, gatewayId, allowedPrefixes } = reached;
      new aws.directconnect.GatewayAssociation(
        `${name}-${reached.name ?? region}-vpc`,
        { region, dxGatewayId: gateway.id, associatedGatewayId: gatewayId, allowedPrefixes },
        child,
      );
    }

    function attachToCoreNetwork({ id, edgeLocations, routingPolicyLabel }: DirectConnectHubCoreNetwork) {
      new aws.networkmanager.DxGatewayAttachment(
        name,
        {
          coreNetworkId: id,
          directConnectGatewayArn: gateway.arn,
          edgeLocations,
          ...(routingPolicyLabel === undefined ? {} : { routingPolicyLabel }),
          ...tags,
        },
        child,
      );
    }
  }
}

/** Gateways that speak the same ASN drop each other's routes, and AWS refuses more than its quotas. */
export function validateDirectConnectHub(args: DirectConnectHubArgs): ArgumentProblem[] {
  const privateGateways = args.virtualPrivateGateways ?? [];
  const kinds = [
    args.regions.length > 0 ? "regions" : "",
    privateGateways.length > 0 ? "virtualPrivateGateways" : "",
    args.coreNetwork ? "coreNetwork" : "",
  ].filter(Boolean);
  const problems: ArgumentProblem[] = [];
  if (kinds.length > 1) {
    const reason =
      "one gateway serves transit gateways, virtual private gateways or a core network, not several";
    problems.push({ propertyPath: kinds.join(", "), reason });
  }
  if (privateGateways.length > prefixQuotas.virtualPrivateGatewaysPerGateway) {
    const most = prefixQuotas.virtualPrivateGatewaysPerGateway;
    const reason = `${privateGateways.length}; AWS takes ${most} at most`;
    problems.push({ propertyPath: "virtualPrivateGateways", reason });
  }
  args.regions.forEach(({ transitGatewayAsn }, index) => {
    if (transitGatewayAsn !== args.amazonSideAsn) return;
    const reason = `${transitGatewayAsn} is the ASN of the Direct Connect gateway too`;
    problems.push({ propertyPath: `regions[${index}].transitGatewayAsn`, reason });
  });
  const counted = validatePrefixes({
    fromSite: args.sitePrefixes ?? [],
    fromRegions: args.regions.map(({ region, allowedPrefixes }) => ({ region, prefixes: allowedPrefixes })),
    virtualInterfaces: args.virtualInterfaces ?? 1,
    ...(args.allocatedPrefixes === undefined ? {} : { allocated: args.allocatedPrefixes }),
  });
  return [
    ...problems,
    ...counted.map((found) => ({ ...found, propertyPath: asArgument(found.propertyPath) })),
  ];
}

function asArgument(path: string): string {
  return path
    .replace(/^fromSite/, "sitePrefixes")
    .replace(/^allocated$/, "allocatedPrefixes")
    .replace(/^fromRegions(\[\d+\])?$/, (_, index) =>
      index === undefined ? "regions" : `regions${index}.allowedPrefixes`,
    );
}
