import { fabricRouterPackage, fabricRouterPackageCodes } from "@hybrid-ai-fabric/locality";
import * as equinix from "@pulumi/equinix";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { fabricName } from "./names";

/** A virtual router of a site in the Equinix Fabric; every circuit of the site starts at it. */
export interface FabricRouterArgs {
  /** Equinix metro code, such as TY. A change replaces the router and its circuits. */
  metro: string;
  /** Interconnect that the router is part of, as the environment names it. */
  interconnect?: string;
  /** Id of the Fabric project that pays. */
  projectId: pulumi.Input<string>;
  /** Size: LAB, STANDARD, ADVANCED or PREMIUM. It limits routes and bandwidth. */
  packageCode: string;
  /** Number that Equinix puts on its invoices. Default: none. */
  purchaseOrder?: string;
  /** Billing account at Equinix, where a project has several. Default: that of the project. */
  accountNumber?: number;
  /** Addresses that Equinix tells of maintenance and failures: at least one. */
  notificationEmails: string[];
  /** Data that passes the router; its type has no tags, so the component registers it. */
  labels?: DatasetLabels;
  /** Place that the router may leave: without it a changed metro is refused, not followed. */
  allowReplacement?: string;
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
    refuse("FabricRouter", validateFabricRouter(args));
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
      {
        parent: this,
        protect: args.allowReplacement === undefined && (args.protect ?? true),
        replacementTrigger: args.metro,
      },
    );
    this.routerId = router.uuid;
    this.asn = router.equinixAsn;
    this.metro = args.metro;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      routerId: this.routerId,
      asn: this.asn,
      metro: args.metro,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}

/** Packages with published limits: what the router is asked to carry must be known to fit. */
export function validateFabricRouter({ packageCode }: FabricRouterArgs): ArgumentProblem[] {
  if (fabricRouterPackage(packageCode)) return [];
  const legal = fabricRouterPackageCodes().join(", ");
  return [{ propertyPath: "packageCode", reason: `"${packageCode}" is none of ${legal}` }];
}
