import { pathMtu } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { recordFlows } from "./flow-logs";
import { readPrefix, subnetOfIpv6, subnetPrefixes, subPrefix } from "./prefixes";

/** A private network in one region: subnets without a way to the Internet, and the endpoints that data uses. */
export interface RegionNetworkArgs {
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** Availability Zone ids, such as apne1-az1: names differ between accounts, ids do not. */
  zoneIds: string[];
  /** IPv4 prefix of the VPC, /16 to /24. */
  cidr: string;
  /** Prefixes outside the VPC that may reach its endpoints: those of the sites. */
  siteCidrs: string[];
  /** Services that get an interface endpoint, such as datasync. Default: datasync, for agents on site. */
  interfaceEndpoints?: string[];
  /** Days that flow records are kept; 0 records nothing. Default: 90. */
  flowLogDays?: number;
  /** A public subnet with a NAT gateway, for nodes that must fetch from the Internet. Default: none. */
  nat?: boolean;
  /** IPv6 beside IPv4, without a way to the Internet. Default: false. */
  ipv6?: boolean;
  /** Data that crosses the network; policies check its paths. */
  labels?: DatasetLabels;
}

export class RegionNetwork extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  public readonly subnetIds: pulumi.Output<string>[];
  /** Route table of all private subnets. */
  public readonly routeTableId: pulumi.Output<string>;
  public readonly region: string;
  /** Largest packet in bytes inside the VPC. */
  public readonly mtu: number;

  constructor(name: string, args: RegionNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:RegionNetwork", name, args, opts);
    refuse("RegionNetwork", validateRegionNetwork(args));
    const child = { parent: this };
    const { region } = args;
    const tags = { Name: name, ...(args.labels ? labelTags(args.labels) : {}) };

    const vpc = createVpc();
    const routes = new aws.ec2.RouteTable(
      `${name}-private`,
      { region, vpcId: vpc.id, tags: { Name: name } },
      child,
    );
    const subnets = createSubnets();
    createEndpoints();
    const flowLogDays = args.flowLogDays ?? 90;
    if (flowLogDays > 0)
      recordFlows(name, { region, vpcId: vpc.id, retentionDays: flowLogDays, tags }, child);
    if (args.nat === true) openToInternet();

    this.vpcId = vpc.id;
    this.subnetIds = subnets.map((subnet) => subnet.id);
    this.routeTableId = routes.id;
    this.region = region;
    this.mtu = pathMtu.vpc;
    this.registerOutputs({
      region,
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
      routeTableId: this.routeTableId,
      mtu: this.mtu,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function createVpc(): aws.ec2.Vpc {
      return new aws.ec2.Vpc(
        `${name}-vpc`,
        {
          region,
          cidrBlock: args.cidr,
          enableDnsHostnames: true,
          enableDnsSupport: true,
          ...(args.ipv6 === true ? { assignGeneratedIpv6CidrBlock: true } : {}),
          tags: { Name: name },
        },
        child,
      );
    }

    function createSubnets(): aws.ec2.Subnet[] {
      return Object.entries(subnetPrefixes(args.cidr, args.zoneIds)).map(([zone, cidrBlock], index) => {
        const ipv6 = {
          assignIpv6AddressOnCreation: true,
          ipv6CidrBlock: vpc.ipv6CidrBlock.apply((block) => subnetOfIpv6(block, index)),
        };
        const subnet = new aws.ec2.Subnet(
          `${name}-${zone}`,
          {
            region,
            vpcId: vpc.id,
            availabilityZoneId: zone,
            cidrBlock,
            ...(args.ipv6 === true ? ipv6 : {}),
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

    /** S3 and DynamoDB over gateway endpoints, free and inside the region; what else is asked for, in every subnet. */
    function createEndpoints(): void {
      const endpoint = (service: string) => ({
        region,
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        tags,
      });
      const asked = args.interfaceEndpoints ?? ["datasync"];
      const gateways = ["s3", ...asked.filter((service) => service === "dynamodb")];
      for (const service of gateways)
        new aws.ec2.VpcEndpoint(
          `${name}-${service}`,
          { ...endpoint(service), vpcEndpointType: "Gateway", routeTableIds: [routes.id] },
          child,
        );
      const services = asked.filter((service) => !gateways.includes(service));
      if (services.length === 0) return;
      const guard = guardEndpoints();
      for (const service of services) {
        new aws.ec2.VpcEndpoint(
          `${name}-${service.replaceAll(".", "-")}`,
          {
            ...endpoint(service),
            vpcEndpointType: "Interface",
            privateDnsEnabled: true,
            subnetIds: subnets.map((subnet) => subnet.id),
            securityGroupIds: [guard.id],
          },
          child,
        );
      }
    }

    function guardEndpoints(): aws.ec2.SecurityGroup {
      const group = new aws.ec2.SecurityGroup(
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
          { region, securityGroupId: group.id, cidrIpv4, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
          child,
        );
      }
      return group;
    }

    /** Outward only, and through one public subnet that holds nothing else. */
    function openToInternet(): void {
      const outside = { region, vpcId: vpc.id, tags: { Name: `${name}-public` } };
      const gateway = new aws.ec2.InternetGateway(`${name}-public`, outside, child);
      const publicRoutes = new aws.ec2.RouteTable(`${name}-public`, outside, child);
      const [zone = ""] = args.zoneIds;
      const subnet = new aws.ec2.Subnet(
        `${name}-public`,
        { ...outside, availabilityZoneId: zone, cidrBlock: natPrefix(args.cidr), mapPublicIpOnLaunch: false },
        child,
      );
      new aws.ec2.RouteTableAssociation(
        `${name}-public`,
        { region, subnetId: subnet.id, routeTableId: publicRoutes.id },
        child,
      );
      const everywhere = "0.0.0.0/0";
      new aws.ec2.Route(
        `${name}-public`,
        { region, routeTableId: publicRoutes.id, destinationCidrBlock: everywhere, gatewayId: gateway.id },
        child,
      );
      const address = new aws.ec2.Eip(`${name}-nat`, { region, domain: "vpc", tags: outside.tags }, child);
      const nat = new aws.ec2.NatGateway(
        `${name}-nat`,
        { region, subnetId: subnet.id, allocationId: address.id, tags: outside.tags },
        { ...child, dependsOn: [gateway] },
      );
      new aws.ec2.Route(
        `${name}-nat`,
        { region, routeTableId: routes.id, destinationCidrBlock: everywhere, natGatewayId: nat.id },
        child,
      );
    }
  }
}

/** The last /28 of the prefix: subnets of zones begin at its front. */
function natPrefix(cidr: string): string {
  const { length } = readPrefix(cidr);
  return subPrefix(cidr, 28, 2 ** (28 - length) - 1);
}

/** Rules on the arguments that no type expresses. */
export function validateRegionNetwork(args: RegionNetworkArgs): ArgumentProblem[] {
  const { length } = readPrefix(args.cidr);
  const problems: ArgumentProblem[] = [];
  const add = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  if (length < 16 || length > 24)
    add("cidr", `"${args.cidr}": AWS takes /16 to /28, and subnets need /24 or larger`);
  if (args.zoneIds.length === 0) add("zoneIds", "one zone at least");
  if (new Set(args.zoneIds).size !== args.zoneIds.length) add("zoneIds", "a zone stands twice");
  if (args.nat === true && args.zoneIds.length > 3)
    add("nat", `${args.zoneIds.length} zones fill the prefix: a NAT gateway needs three zones at most`);
  const days = args.flowLogDays ?? 90;
  if (!RETENTION_DAYS.includes(days))
    add("flowLogDays", `${days}: CloudWatch keeps ${RETENTION_DAYS.join(", ")} days (0: record nothing)`);
  return problems;
}

/** Days that CloudWatch Logs takes as a retention, and 0 for no record at all. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
