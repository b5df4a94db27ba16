import { circuitQuotas, isSold, soldText } from "@hybrid-ai-fabric/locality";
import * as megaport from "@pulumi/megaport";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { validateMegaportOrder } from "./megaport-order";

/** A port of the site in Megaport's network, or several bundled. */
export interface MegaportPortArgs {
  /** Interconnect that the port is part of, as the environment names it. */
  interconnect?: string;
  /** Number of the Megaport location. A change replaces the port. */
  locationId: number;
  /** Mbps of each link: 1000, 10000, 100000 or 400000. */
  speedMbps: number;
  /** Links of a group (LAG): 1 to 8. Default: no group. */
  links?: number;
  /** red or blue: two ports in different zones share no device. */
  diversityZone?: string;
  /** Months of the contract: 1, 12, 24, 36, 48 or 60. Default: 12. */
  contractTermMonths?: number;
  /** Place that the port may leave: without it a changed place is refused, not followed. */
  allowReplacement?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

const MOST_LINKS = circuitQuotas.megaportLagPorts;

export class MegaportPort extends pulumi.ComponentResource {
  /** What circuits are ordered on. The provider gives ports no id of their own. */
  public readonly productUid: pulumi.Output<string>;
  public readonly locationId: number;

  constructor(name: string, args: MegaportPortArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:MegaportPort", name, args, opts);
    refuse("MegaportPort", validateMegaportPort(args));
    const order = {
      productName: name,
      locationId: args.locationId,
      portSpeed: args.speedMbps,
      contractTermMonths: args.contractTermMonths ?? 12,
      marketplaceVisibility: false,
      ...(args.diversityZone === undefined ? {} : { diversityZone: args.diversityZone }),
      ...(args.labels ? { resourceTags: labelTags(args.labels) } : {}),
    };
    const guarded = {
      parent: this,
      protect: args.allowReplacement === undefined && (args.protect ?? true),
      // The provider replaces what changes here; the trigger says so even where it does not notice.
      replacementTrigger: [args.locationId, args.diversityZone ?? "", args.speedMbps].join("/"),
    };
    const port =
      args.links === undefined
        ? new megaport.Port(name, order, guarded)
        : new megaport.LagPort(name, { ...order, lagCount: args.links }, guarded);
    this.productUid = port.productUid;
    this.locationId = args.locationId;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      productUid: this.productUid,
      locationId: args.locationId,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}

export function validateMegaportPort(args: MegaportPortArgs): ArgumentProblem[] {
  const { speedMbps, links } = args;
  return [
    ...validateMegaportOrder(args),
    ...(isSold("megaportPort", speedMbps)
      ? []
      : [{ propertyPath: "speedMbps", reason: `${speedMbps}: one of ${soldText("megaportPort")}` }]),
    ...(links === undefined || (Number.isInteger(links) && links >= 1 && links <= MOST_LINKS)
      ? []
      : [{ propertyPath: "links", reason: `${links}: 1 to ${MOST_LINKS}` }]),
  ];
}
