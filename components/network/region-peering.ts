import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";

/** Two regions joined over Amazon's backbone: their transit gateways peer, and static routes say what may cross. */
export interface RegionPeeringArgs {
  /** One end: it asks for the peering. */
  from: RegionPeeringEnd;
  /** The other end: it accepts, and is in another region. */
  to: RegionPeeringEnd;
  /** Data that may cross. */
  labels?: DatasetLabels;
}

/** One end of a peering. */
export interface RegionPeeringEnd {
  /** AWS region. */
  region: string;
  /** Transit gateway of that region. */
  transitGatewayId: pulumi.Input<string>;
  /** Route table that what comes from the other region is looked up in. */
  arrivalRouteTableId: pulumi.Input<string>;
  /** What this region sends to the other one. */
  routes: RegionPeeringRoute[];
}

/** A static route to the other region: peering learns none. */
export interface RegionPeeringRoute {
  /** Stable name of the route table, such as training. */
  table: string;
  /** Route table of the transit gateway that gets the routes. */
  routeTableId: pulumi.Input<string>;
  /** Prefix in the other region. */
  destination: string;
}

export class RegionPeering extends pulumi.ComponentResource {
  public readonly attachmentId: pulumi.Output<string>;

  constructor(name: string, args: RegionPeeringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:RegionPeering", name, args, opts);
    refuse("RegionPeering", validateRegionPeering(args));
    const child = { parent: this };
    const { from, to } = args;
    const tags = { Name: name, ...(args.labels ? labelTags(args.labels) : {}) };
    const attachment = new aws.ec2transitgateway.PeeringAttachment(
      name,
      {
        region: from.region,
        transitGatewayId: from.transitGatewayId,
        peerRegion: to.region,
        peerTransitGatewayId: to.transitGatewayId,
        tags,
      },
      child,
    );
    const accepted = new aws.ec2transitgateway.PeeringAttachmentAccepter(
      name,
      { region: to.region, transitGatewayAttachmentId: attachment.id, tags },
      child,
    );
    for (const end of [from, to]) route(end);

    this.attachmentId = attachment.id;
    this.registerOutputs({
      attachmentId: this.attachmentId,
      regions: [from.region, to.region],
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function route({ region, arrivalRouteTableId, routes }: RegionPeeringEnd): void {
      // A route over a peering that is not accepted is refused.
      const after = { ...child, dependsOn: [accepted] };
      new aws.ec2transitgateway.RouteTableAssociation(
        `${name}-${region}`,
        {
          region,
          transitGatewayAttachmentId: attachment.id,
          transitGatewayRouteTableId: arrivalRouteTableId,
        },
        after,
      );
      for (const { table, routeTableId, destination } of routes) {
        new aws.ec2transitgateway.Route(
          `${name}-${region}-${table}-${destination.replace(/[./]/g, "-")}`,
          {
            region,
            destinationCidrBlock: destination,
            transitGatewayAttachmentId: attachment.id,
            transitGatewayRouteTableId: routeTableId,
          },
          after,
        );
      }
    }
  }
}

export function validateRegionPeering({ from, to }: RegionPeeringArgs): ArgumentProblem[] {
  if (from.region !== to.region) return [];
  return [{ propertyPath: "to.region", reason: `"${to.region}" is the region of the other end too` }];
}
