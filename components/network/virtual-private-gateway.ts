import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";

/** The gateway of one VPC that private virtual interfaces end at, without a transit gateway between. */
export interface VirtualPrivateGatewayArgs {
  /** AWS region of the VPC. */
  region: string;
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** Route table that learns the prefixes of the site. */
  routeTableId: pulumi.Input<string>;
  /** Private ASN, unlike that of the Direct Connect gateway. */
  asn: number;
  /** Data that crosses the gateway. */
  labels?: DatasetLabels;
}

export class VirtualPrivateGateway extends pulumi.ComponentResource {
  public readonly gatewayId: pulumi.Output<string>;
  public readonly region: string;

  constructor(name: string, args: VirtualPrivateGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:VirtualPrivateGateway", name, args, opts);
    const child = { parent: this };
    const { region, vpcId, routeTableId } = args;
    const tags = { Name: name, ...(args.labels ? labelTags(args.labels) : {}) };
    const gateway = new aws.ec2.VpnGateway(
      name,
      { region, vpcId, amazonSideAsn: String(args.asn), tags },
      child,
    );
    new aws.ec2.VpnGatewayRoutePropagation(name, { region, vpnGatewayId: gateway.id, routeTableId }, child);
    this.gatewayId = gateway.id;
    this.region = region;
    this.registerOutputs({
      region,
      gatewayId: this.gatewayId,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}
