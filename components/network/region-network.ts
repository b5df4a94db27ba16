import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { readPrefix, subnetPrefixes } from "./prefixes";

/** The AWS side of one region: private subnets, the endpoints that data uses, and the transit gateway. */
export interface RegionNetworkArgs {
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** Availability Zone ids, such as apne1-az1: names differ between accounts, ids do not. */
  zoneIds: string[];
  /** IPv4 prefix of the VPC, /16 to /24. */
  cidr: string;
  /** Private ASN of the transit gateway, unlike that of the Direct Connect gateway. */
  transitGatewayAsn: number;
  /** Data that crosses the network; policies check its paths. */
  labels?: DatasetLabels;
  /** Prefixes on site that are routed to the transit gateway. */
  siteCidrs: string[];
}

export class RegionNetwork extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  public readonly subnetIds: pulumi.Output<string>[];
  public readonly transitGatewayId: pulumi.Output<string>;
  public readonly region: string;

  constructor(name: string, args: RegionNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:RegionNetwork", name, args, opts);
    refuse("RegionNetwork", validateRegionNetwork(args));
    const child = { parent: this };
    const { region } = args;
    const tags = { Name: name, ...(args.labels ? labelTags(args.labels) : {}) };

    const vpc = new aws.ec2.Vpc(
      `${name}-vpc`,
      {
        region,
        cidrBlock: args.cidr,
        enableDnsHostnames: true,
        enableDnsSupport: true,
        tags: { Name: name },
      },
      child,
    );
    const routes = new aws.ec2.RouteTable(
      `${name}-private`,
      { region, vpcId: vpc.id, tags: { Name: name } },
      child,
    );
    const subnets = createSubnets();
    const transitGateway = createTransitGateway();
    createEndpoints();

    this.vpcId = vpc.id;
    this.subnetIds = subnets.map((subnet) => subnet.id);
    this.transitGatewayId = transitGateway.id;
    this.region = region;
    this.registerOutputs({
      region,
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
      transitGatewayId: this.transitGatewayId,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function createSubnets(): aws.ec2.Subnet[] {
      return Object.entries(subnetPrefixes(args.cidr, args.zoneIds)).map(([zone, cidrBlock]) => {
        const subnet = new aws.ec2.Subnet(
          `${name}-${zone}`,
          {
            region,
            vpcId: vpc.id,
            availabilityZoneId: zone,
            cidrBlock,
            mapPublicIpOnLaunch: false,
            tags: { Name: `${name}-${zone}` },
          },
          child,
        );
        new aws.ec2.RouteTableAssociation(
          `${name}-${zone}`,
          { region, subnetId: subnet.id, routeTableId: routes.id },
          child,
        );
        return subnet;
      });
    }

    function createTransitGateway(): aws.ec2transitgateway.TransitGateway {
      const gateway = new aws.ec2transitgateway.TransitGateway(
        `${name}-tgw`,
        { region, amazonSideAsn: args.transitGatewayAsn, autoAcceptSharedAttachments: "disable", tags },
        child,
      );
      const attachment = new aws.ec2transitgateway.VpcAttachment(
        `${name}-vpc`,
        {
          region,
          transitGatewayId: gateway.id,
          vpcId: vpc.id,
          subnetIds: subnets.map((subnet) => subnet.id),
          tags,
        },
        child,
      );
      for (const destinationCidrBlock of args.siteCidrs) {
        new aws.ec2.Route(
          `${name}-to-${destinationCidrBlock.replace(/[./]/g, "-")}`,
          { region, routeTableId: routes.id, destinationCidrBlock, transitGatewayId: gateway.id },
          { ...child, dependsOn: [attachment] },
        );
      }
      return gateway;
    }

    /** S3 over a gateway endpoint, free and inside the region; DataSync privately, for agents on site. */
    function createEndpoints(): void {
      new aws.ec2.VpcEndpoint(
        `${name}-s3`,
        {
          region,
          vpcId: vpc.id,
          serviceName: `com.amazonaws.${region}.s3`,
          vpcEndpointType: "Gateway",
          routeTableIds: [routes.id],
          tags,
        },
        child,
      );
      const fromSite = new aws.ec2.SecurityGroup(
        `${name}-endpoints`,
        {
          region,
          vpcId: vpc.id,
          description: "Private endpoints, reached from site and VPC",
          tags: { Name: `${name}-endpoints` },
        },
        child,
      );
      for (const cidrIpv4 of [args.cidr, ...args.siteCidrs]) {
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-endpoints-${cidrIpv4.replace(/[./]/g, "-")}`,
          { region, securityGroupId: fromSite.id, cidrIpv4, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
          child,
        );
      }
      new aws.ec2.VpcEndpoint(
        `${name}-datasync`,
        {
          region,
          vpcId: vpc.id,
          serviceName: `com.amazonaws.${region}.datasync`,
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: subnets.map((subnet) => subnet.id),
          securityGroupIds: [fromSite.id],
          tags,
        },
        child,
      );
    }
  }
}

/** Rules on the arguments that no type expresses. */
export function validateRegionNetwork(args: RegionNetworkArgs): ArgumentProblem[] {
  const { length } = readPrefix(args.cidr);
  return [
    ...(length >= 16 && length <= 24
      ? []
      : [
          {
            propertyPath: "cidr",
            reason: `"${args.cidr}": AWS takes /16 to /28, and subnets need /24 or larger`,
          },
        ]),
    ...(args.zoneIds.length > 0 ? [] : [{ propertyPath: "zoneIds", reason: "one zone at least" }]),
    ...(new Set(args.zoneIds).size === args.zoneIds.length
      ? []
      : [{ propertyPath: "zoneIds", reason: "a zone stands twice" }]),
  ];
}
