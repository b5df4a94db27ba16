import { placeOfAwsRegion, placeOfMetro, roundTripMs } from "@hybrid-ai-fabric/locality";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { type PlannedCircuit, planCircuits, slaClass, validateResiliency } from "./resiliency";

/** A private path from a site to its regions: which circuits it consists of, and what they are worth together. */
export interface InterconnectArgs {
  /** Equinix metro nearest to the site, such as TY. */
  metro: string;
  /** AWS regions that it reaches. */
  regions: string[];
  /** development, high or maximum: the models of AWS's Direct Connect Resiliency Toolkit. */
  resiliency: string;
  /** Where each provider hands over to AWS, in order of preference. */
  handOffs: InterconnectHandOff[];
  /** Circuits of development: 2 as AWS defines it, 1 where losing a device may cut the site off. Default: 2. */
  circuits?: number;
  /** All circuits share the load. Default: false, one carries and the others wait. */
  shareLoad?: boolean;
  /** Id of the exemption in the settings of the packs that allows SiteLink under labelled data. Default: nobody allowed it. */
  siteLinkApprovedBy?: string;
  /** Data that crosses the path. */
  labels?: DatasetLabels;
}

/** Where a provider hands circuits over to AWS. */
export interface InterconnectHandOff {
  /** equinixFabric, megaport or directConnect. */
  provider: string;
  /** Code of the Direct Connect location, such as EQTY2. */
  location: string;
}

/** A circuit of the path. */
export interface InterconnectCircuit {
  /** Stable name under that of the path; the first circuit has none. */
  key: string;
  /** Number of its hand-off, from 0. */
  handOff: number;
  /** Who carries it: equinixFabric, megaport or directConnect. */
  provider: string;
  /** Building where it is handed over. */
  location: string;
  /** Device at the location, from 1. */
  device: number;
  /** 0 is preferred. */
  rank: number;
}

export class Interconnect extends pulumi.ComponentResource {
  /** Circuits to order. */
  public readonly circuits: InterconnectCircuit[];
  /** SLA class by AWS's models, such as `maximum: 99.99 %`. */
  public readonly sla: string;
  /** Why it is that class. */
  public readonly slaReasons: string[];

  constructor(name: string, args: InterconnectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:Interconnect", name, args, opts);
    const request = { ...args, handOffs: handOffsOf(args) };
    refuse("Interconnect", validateResiliency(request));
    const planned = planCircuits(request);
    const { text, reasons } = slaClass(planned);
    this.circuits = planned;
    this.sla = text;
    this.slaReasons = reasons;
    this.registerOutputs({
      interconnect: name,
      resiliency: args.resiliency,
      sla: this.sla,
      slaReasons: this.slaReasons,
      circuits: this.circuits.map(({ location, device, rank }) => ({ location, device, rank })),
      metro: args.metro,
      regions: args.regions,
      ...(args.siteLinkApprovedBy === undefined ? {} : { siteLinkApprovedBy: args.siteLinkApprovedBy }),
      predictions: [
        { subject: name, quantity: "SLA class", value: text, unit: "", limitedBy: reasons[0] ?? "" },
        ...roundTrips(name, args),
      ],
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });
  }
}

/** Name of a circuit of a path. */
export function circuitName(interconnect: string, { key }: { key: string }): string {
  return key === "" ? interconnect : `${interconnect}-${key}`;
}

function handOffsOf({ handOffs }: InterconnectArgs) {
  return handOffs.map(({ provider, location }) => {
    if (provider === "equinixFabric" || provider === "megaport" || provider === "directConnect")
      return { provider, location } satisfies Pick<PlannedCircuit, "provider" | "location">;
    throw new RangeError(`"${provider}" is none of equinixFabric, megaport, directConnect`);
  });
}

/** Round trip to each region: from measured tables or the distance, never with jitter. */
function roundTrips(subject: string, { metro, regions }: InterconnectArgs) {
  const site = placeOfMetro(metro);
  return regions.flatMap((region) => {
    const place = placeOfAwsRegion(region);
    const found = site && place ? roundTripMs(site, place) : undefined;
    if (!found) return [];
    const limitedBy = found.estimate ? "distance, an estimate without jitter" : found.source;
    const value = Math.round(found.p50 * 10) / 10;
    return [{ subject, quantity: `round trip to ${region}`, value, unit: "ms", limitedBy }];
  });
}
