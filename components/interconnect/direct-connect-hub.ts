import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";

/** The Direct Connect gateway of a site, and the regions that the site may reach through it. */
export interface DirectConnectHubArgs {
  /** Private ASN of the gateway, unlike that of any transit gateway. */
  amazonSideAsn: number;
  /** Transit gateways to associate: only these regions can be reached. */
  regions: DirectConnectHubRegion[];
  /** Data that crosses the gateway. */
  labels?: DatasetLabels;
}

/** A region behind the gateway. */
export interface DirectConnectHubRegion {
  /** AWS region of the transit gateway. */
  region: string;
  transitGatewayId: pulumi.Input<string>;
  /** ASN of the transit gateway. */
  transitGatewayAsn: number;
  /** Prefixes that are announced to the site: 200 at most. */
  allowedPrefixes: string[];
}

/** Prefixes that AWS announces to the site over one association (Direct Connect quotas). */
const MOST_PREFIXES = 200;

export class DirectConnectHub extends pulumi.ComponentResource {
  public readonly gatewayId: pulumi.Output<string>;
  /** Transit gateway attachments by region, to route on. */
  public readonly attachmentIds: pulumi.Output<{ [region: string]: string }>;

  constructor(name: string, args: DirectConnectHubArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:DirectConnectHub", name, args, opts);
    refuse("DirectConnectHub", validateDirectConnectHub(args));
    const gateway = new aws.directconnect.Gateway(
      name,
      {
        name,
        amazonSideAsn: String(args.amazonSideAsn),
        ...(args.labels ? { tags: labelTags(args.labels) } : {}),
      },
      { parent: this },
    );
    const attachments = args.regions.map(({ region, transitGatewayId, allowedPrefixes }) => {
      const association = new aws.directconnect.GatewayAssociation(
        `${name}-${region}`,
        { region, dxGatewayId: gateway.id, associatedGatewayId: transitGatewayId, allowedPrefixes },
        { parent: this },
      );
      return association.transitGatewayAttachmentId.apply((id) => [region, id] as const);
    });
    this.gatewayId = gateway.id;
    this.attachmentIds = pulumi.all(attachments).apply((entries) => Object.fromEntries(entries));
    this.registerOutputs({
      gatewayId: this.gatewayId,
      attachmentIds: this.attachmentIds,
      regions: args.regions.map(({ region }) => region),
    });
  }
}

/** Gateways that speak the same ASN drop each other's routes, and AWS refuses more prefixes than its quota. */
export function validateDirectConnectHub(args: DirectConnectHubArgs): ArgumentProblem[] {
  return args.regions.flatMap(({ transitGatewayAsn, allowedPrefixes }, index) => [
    ...(transitGatewayAsn === args.amazonSideAsn
      ? [
          {
            propertyPath: `regions[${index}].transitGatewayAsn`,
            reason: `${transitGatewayAsn} is the ASN of the Direct Connect gateway too`,
          },
        ]
      : []),
    ...(allowedPrefixes.length > MOST_PREFIXES
      ? [
          {
            propertyPath: `regions[${index}].allowedPrefixes`,
            reason: `${allowedPrefixes.length} prefixes; AWS announces ${MOST_PREFIXES} at most`,
          },
        ]
      : []),
  ]);
}
