import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";

/** The transit gateway of a region: networks of one class reach each other and the sites, classes do not mix. */
export interface RegionTransitArgs {
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** Private ASN, unlike that of any other gateway. */
  asn: number;
  /** VPCs that join the gateway. */
  networks: RegionTransitNetwork[];
  /** Data that crosses the gateway. */
  labels?: DatasetLabels;
}

/** A VPC that joins the gateway. */
export interface RegionTransitNetwork {
  /** Stable name, such as the place. */
  name: string;
  /** What runs in it: training, serving or agents. Each has a route table of its own. */
  purpose: string;
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** One subnet in each zone that reaches the gateway. */
  subnetIds: pulumi.Input<string>[];
  /** Route table of the VPC that gets the routes to the destinations. */
  routeTableId: pulumi.Input<string>;
  /** Prefixes that the VPC reaches through the gateway: those of sites and of other regions. */
  destinations: string[];
}

const PURPOSES = ["training", "serving", "agents"];

export class RegionTransit extends pulumi.ComponentResource {
  public readonly transitGatewayId: pulumi.Output<string>;
  /** Route table for what comes from outside: it knows every network of the region and no way on. */
  public readonly arrivalRouteTableId: pulumi.Output<string>;
  /** Route tables of the networks, by purpose. */
  public readonly routeTableIds: pulumi.Output<{ [purpose: string]: string }>;
  public readonly region: string;

  constructor(name: string, args: RegionTransitArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:RegionTransit", name, args, opts);
    refuse("RegionTransit", validateRegionTransit(args));
    const child = { parent: this };
    const { region } = args;
    const tags = { Name: name, ...(args.labels ? labelTags(args.labels) : {}) };

    const gateway = new aws.ec2transitgateway.TransitGateway(
      `${name}-tgw`,
      {
        region,
        amazonSideAsn: args.asn,
        autoAcceptSharedAttachments: "disable",
        // Every attachment is put where it belongs: none lands in a table that knows everything.
        defaultRouteTableAssociation: "disable",
        defaultRouteTablePropagation: "disable",
        tags,
      },
      child,
    );
    const arrivals = createRouteTable("arrivals");
    const purposes = [...new Set(args.networks.map(({ purpose }) => purpose))].sort();
    const tables = new Map(purposes.map((purpose) => [purpose, createRouteTable(purpose)]));
    args.networks.forEach(attach);

    this.transitGatewayId = gateway.id;
    this.arrivalRouteTableId = arrivals.id;
    this.routeTableIds = pulumi.output(
      Object.fromEntries([...tables].map(([purpose, table]) => [purpose, table.id])),
    );
    this.region = region;
    this.registerOutputs({
      region,
      transitGatewayId: this.transitGatewayId,
      arrivalRouteTableId: this.arrivalRouteTableId,
      routeTableIds: this.routeTableIds,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function createRouteTable(role: string): aws.ec2transitgateway.RouteTable {
      return new aws.ec2transitgateway.RouteTable(
        `${name}-${role}`,
        { region, transitGatewayId: gateway.id, tags: { ...tags, Name: `${name}-${role}` } },
        child,
      );
    }

    function attach(network: RegionTransitNetwork): void {
      const attachment = new aws.ec2transitgateway.VpcAttachment(
        `${network.name}-vpc`,
        {
          region,
          transitGatewayId: gateway.id,
          vpcId: network.vpcId,
          subnetIds: network.subnetIds,
          transitGatewayDefaultRouteTableAssociation: false,
          transitGatewayDefaultRouteTablePropagation: false,
          tags,
        },
        child,
      );
      const own = tables.get(network.purpose) ?? arrivals;
      const place = { region, transitGatewayAttachmentId: attachment.id };
      new aws.ec2transitgateway.RouteTableAssociation(
        network.name,
        { ...place, transitGatewayRouteTableId: own.id },
        child,
      );
      for (const [role, table] of Object.entries({ arrivals, [network.purpose]: own })) {
        new aws.ec2transitgateway.RouteTablePropagation(
          `${network.name}-${role}`,
          { ...place, transitGatewayRouteTableId: table.id },
          child,
        );
      }
      for (const destinationCidrBlock of network.destinations) {
        new aws.ec2.Route(
          `${network.name}-to-${destinationCidrBlock.replace(/[./]/g, "-")}`,
          {
            region,
            routeTableId: network.routeTableId,
            destinationCidrBlock,
            transitGatewayId: gateway.id,
          },
          { ...child, dependsOn: [attachment] },
        );
      }
    }
  }
}

export function validateRegionTransit({ networks }: RegionTransitArgs): ArgumentProblem[] {
  return networks.flatMap(({ purpose }, index) =>
    PURPOSES.includes(purpose)
      ? []
      : [
          {
            propertyPath: `networks[${index}].purpose`,
            reason: `"${purpose}" is none of ${PURPOSES.join(", ")}`,
          },
        ],
  );
}
