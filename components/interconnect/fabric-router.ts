import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { fabricName } from "./names";

/** A virtual router of a site in the Equinix Fabric; every circuit of the site starts at it. */
export interface FabricRouterArgs {
  /** Equinix metro code, such as TY. A change replaces the router and its circuits. */
  metro: string;
  /** Id of the Fabric project that pays. */
  projectId: pulumi.Input<string>;
  /** Size: LAB, STANDARD, ADVANCED or PREMIUM. It limits routes and bandwidth. */
  packageCode: string;
  purchaseOrder?: string;
  accountNumber?: number;
  notificationEmails: string[];
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

export class FabricRouter extends pulumi.ComponentResource {
  public readonly routerId: pulumi.Output<string>;
  /** ASN that Equinix gave to the metro: the circuits' BGP sessions speak it. */
  public readonly asn: pulumi.Output<number>;
  public readonly metro: string;

  constructor(name: string, args: FabricRouterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricRouter", name, args, opts);
    const router = new equinix.FabricCloudRouter(
      name,
      {
        name: fabricName(name),
        type: "XF_ROUTER",
        location: { metroCode: args.metro },
        package: { code: args.packageCode },
        project: { projectId: args.projectId },
        notifications: [{ type: "ALL", emails: args.notificationEmails }],
        ...(args.accountNumber === undefined ? {} : { account: { accountNumber: args.accountNumber } }),
        ...(args.purchaseOrder === undefined ? {} : { order: { purchaseOrderNumber: args.purchaseOrder } }),
      },
      // The provider would move the router on paper only: a change of place is a replacement.
      { parent: this, protect: args.protect ?? true, replacementTrigger: args.metro },
    );
    this.routerId = router.uuid;
    this.asn = router.equinixAsn;
    this.metro = args.metro;
    this.registerOutputs({ routerId: this.routerId, asn: this.asn, metro: args.metro });
  }
}
