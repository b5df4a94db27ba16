import { asnProblem, circuitQuotas, isSold, privateAsnText, soldText } from "@hybrid-ai-fabric/locality";
import * as megaport from "@pulumi/megaport";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { validateMegaportOrder } from "./megaport-order";

/** A Megaport Cloud Router: where a site's Megaport circuits speak BGP. */
export interface MegaportRouterArgs {
  /** Interconnect that the router is part of, as the environment names it. */
  interconnect?: string;
  /** Number of the Megaport location. A change replaces the router and its circuits. */
  locationId: number;
  /** Mbps that the router forwards: 1000, 2500, 5000, 10000, 25000, 50000 or 100000. It cannot be changed. */
  speedMbps: number;
  /** ASN that it speaks. Default: 133937, Megaport's own. */
  asn?: number;
  /** red or blue: two routers in different zones share no device. */
  diversityZone?: string;
  /** Lists that circuits name in their import and export filters. */
  prefixFilters?: MegaportRouterPrefixFilter[];
  /** Months of the contract: 1, 12, 24, 36, 48 or 60. Default: 12. */
  contractTermMonths?: number;
  /** Place that the router may leave: without it a changed place is refused, not followed. */
  allowReplacement?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels?: DatasetLabels;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

/** Prefixes that may pass, under the name that circuits use. */
export interface MegaportRouterPrefixFilter {
  /** Name of the list on the router. */
  name: string;
  /** IPv4 prefixes; longer ones inside them pass too, down to /28. 1 to 200. */
  prefixes: string[];
}

/** Megaport's own ASN: every router has it that is not given another. */
const MEGAPORT_ASN = 133937;
const LONGEST_PREFIX = 28;
const MOST_ENTRIES = circuitQuotas.megaportPrefixListEntries;

export class MegaportRouter extends pulumi.ComponentResource {
  /** What circuits are ordered on. The provider gives routers no id of their own. */
  public readonly productUid: pulumi.Output<string>;
  public readonly asn: number;
  public readonly locationId: number;

  constructor(name: string, args: MegaportRouterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:MegaportRouter", name, args, opts);
    refuse("MegaportRouter", validateMegaportRouter(args));
    const router = new megaport.Mcr(
      name,
      {
        productName: name,
        locationId: args.locationId,
        portSpeed: args.speedMbps,
        contractTermMonths: args.contractTermMonths ?? 12,
        asn: args.asn ?? MEGAPORT_ASN,
        ...(args.diversityZone === undefined ? {} : { diversityZone: args.diversityZone }),
        ...(args.labels ? { resourceTags: labelTags(args.labels) } : {}),
      },
      {
        parent: this,
        protect: args.allowReplacement === undefined && (args.protect ?? true),
        replacementTrigger: [args.locationId, args.diversityZone ?? "", args.speedMbps].join("/"),
      },
    );
    for (const { name: description, prefixes } of args.prefixFilters ?? []) {
      new megaport.McrPrefixFilterList(
        `${name}-${description}`,
        {
          mcrId: router.productUid,
          description,
          addressFamily: "IPv4",
          entries: prefixes.map((prefix) => ({
            action: "permit",
            prefix,
            ge: Number(prefix.split("/")[1]),
            le: LONGEST_PREFIX,
          })),
        },
        { parent: this, replaceWith: [router] },
      );
    }
    this.productUid = router.productUid;
    this.asn = args.asn ?? MEGAPORT_ASN;
    this.locationId = args.locationId;
    this.registerOutputs({
      ...(args.interconnect === undefined ? {} : { interconnect: args.interconnect }),
      productUid: this.productUid,
      asn: this.asn,
      locationId: args.locationId,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}

export function validateMegaportRouter(args: MegaportRouterArgs): ArgumentProblem[] {
  const { speedMbps, asn, prefixFilters = [] } = args;
  const asnWrong =
    asn === undefined || asn === MEGAPORT_ASN ? undefined : asnProblem(asn, "gateway", "fabricPeer");
  return [
    ...validateMegaportOrder(args),
    ...(isSold("megaportRouter", speedMbps)
      ? []
      : [{ propertyPath: "speedMbps", reason: `${speedMbps}: one of ${soldText("megaportRouter")}` }]),
    ...(asnWrong === undefined
      ? []
      : [{ propertyPath: "asn", reason: `${asn} ${asnWrong}: private ASNs are ${privateAsnText}` }]),
    ...prefixFilters.flatMap(({ prefixes }, index) =>
      prefixes.length >= 1 && prefixes.length <= MOST_ENTRIES
        ? []
        : [
            {
              propertyPath: `prefixFilters[${index}].prefixes`,
              reason: `${prefixes.length}: 1 to ${MOST_ENTRIES}`,
            },
          ],
    ),
  ];
}
