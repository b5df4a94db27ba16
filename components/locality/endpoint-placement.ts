import { awsRegion, awsRegionIds } from "./aws-regions";
import { roundTripMs } from "./distance";
import { type EgressCost, internetOutCost } from "./internet-prices";
import { legalBloc } from "./legal-bloc";
import { type Place, placeOfAwsRegion } from "./place";
import { cheapestPlacement, type Placement, type PlacementDemand } from "./placement";
import { interRegionPrice } from "./prices";
import { mayBeIn } from "./residency";
import { bareType, servingInstance } from "./serving-instances";
import {
  type HostedBy,
  hasService,
  type ServingService,
  servingOffersAsOf,
  typeOffer,
} from "./serving-offers";

/** Users somewhere, and the milliseconds that they may wait for a packet to go to their endpoint and back. */
export interface Population {
  name: string;
  place: Place;
  ms: number;
}

/** What an endpoint asks of the regions that it is placed in. */
export interface EndpointDemands {
  /** Terms that all must hold, of the model and of every dataset that the endpoint reads. */
  residency: readonly string[];
  /** Legal bloc that users must not be answered outside of: EEA or a country. Default: any. */
  bloc?: string;
  instanceType?: string;
  hostedBy?: HostedBy;
  services?: readonly ServingService[];
  populations: readonly Population[];
  /** Regions within reach of every population; 2 survive the loss of one. Default: 1. */
  copies?: number;
  /** Instances that run in each region at least. Default: 1. */
  floor?: number;
  /** Answers to users, in GB per year and region. Default: 0. */
  egressGBPerYear?: number;
  /** Where the model comes from, its size and how often a year it is copied. */
  artefact?: { region: string; gib: number; releasesPerYear: number };
  /** Regions to choose from. Default: all of the partition `aws`. */
  among?: readonly string[];
}

const HOURS_PER_YEAR = 8760;

/** The cheapest regions for an endpoint with its stores beside it, or the demands that no region can meet together. */
export function placeEndpoint(demands: EndpointDemands): Placement {
  const regions = demands.among ?? awsRegionIds().filter((id) => awsRegion(id)?.partition === "aws");
  return cheapestPlacement({
    candidates: regions.map((region) => ({
      region,
      usdPerYear: yearlyCost(region, demands),
      farthestMs: Math.max(0, ...demands.populations.map(({ place }) => msTo(region, place) ?? 0)),
    })),
    within: demandsOnRegions(regions, demands),
    reach: demands.populations.map((population) => reachOf(regions, population)),
    copies: demands.copies ?? 1,
  });
}

/** A placement as a message tells it. */
export function describePlacement(placement: Placement): string {
  if ("conflict" in placement)
    return `no region can: these demands exclude each other: ${placement.conflict.join("; ")}`;
  const usd = Math.round(placement.usdPerYear).toLocaleString("en-US");
  return `${placement.regions.join(" + ")} (about ${usd} USD a year by list prices)`;
}

function demandsOnRegions(regions: readonly string[], demands: EndpointDemands): PlacementDemand[] {
  const { residency, bloc, instanceType, hostedBy = "hosting", services = [] } = demands;
  const meeting = (name: string, test: (region: string) => boolean) => ({
    name,
    regions: regions.filter(test),
  });
  return [
    ...residency.map((term) => meeting(`residency ${term}`, (region) => isWithin(term, region))),
    ...(bloc === undefined
      ? []
      : [meeting(`legal bloc ${bloc}`, (region) => legalBloc(awsRegion(region)?.country ?? "") === bloc)]),
    ...(instanceType === undefined
      ? []
      : [
          meeting(
            `${hostedBy === "hosting" ? "SageMaker hosting" : "EC2"} of ${bareType(instanceType)} (offers of ${servingOffersAsOf})`,
            // Where nothing was collected, nothing speaks against a region.
            (region) => typeOffer(region, instanceType, hostedBy)?.offered !== false,
          ),
        ]),
    ...services.map((service) =>
      meeting(serviceNames[service], (region) => hasService(region, service) === true),
    ),
  ];
}

const serviceNames: { [service in ServingService]: string } = {
  hosting: "SageMaker endpoints",
  inferenceComponents: "SageMaker inference components",
  featureGroups: "SageMaker feature groups",
  openSearchServerless: "OpenSearch Serverless",
  openSearch: "OpenSearch Service",
  s3Vectors: "S3 Vectors",
  globalAccelerator: "Global Accelerator",
};

/** Data rests in a store beside the endpoint and is processed by it, so both must be allowed. */
function isWithin(term: string, region: string): boolean {
  const place = placeOfAwsRegion(region);
  return (
    place !== undefined &&
    mayBeIn([term], "store", place).verdict === "holds" &&
    mayBeIn([term], "process", place).verdict === "holds"
  );
}

function reachOf(regions: readonly string[], { name, place, ms }: Population): PlacementDemand {
  const within = regions.filter((region) => (msTo(region, place) ?? Number.POSITIVE_INFINITY) <= ms);
  return { name: `${name} within ${ms} ms`, regions: within };
}

function msTo(region: string, users: Place): number | undefined {
  const there = placeOfAwsRegion(region);
  return there && roundTripMs(users, there)?.p50;
}

/**
 * Instances, answers and copies of the model. Instance prices are those of us-east-1 for every region, because no other
 * is in the table: they compare types, and what differs between regions is the price of moving data.
 */
function yearlyCost(region: string, demands: EndpointDemands): number {
  const { instanceType, floor = 1, egressGBPerYear = 0, artefact } = demands;
  const perHour = instanceType === undefined ? 0 : (servingInstance(instanceType)?.usdPerHour ?? 0);
  const answers: EgressCost | undefined = internetOutCost(region, egressGBPerYear);
  const copies =
    artefact === undefined || artefact.region === region
      ? 0
      : artefact.gib *
        GB_PER_GIB *
        artefact.releasesPerYear *
        (interRegionPrice(artefact.region)?.usdPerGB ?? 0);
  return (
    perHour * floor * HOURS_PER_YEAR + (answers?.usdPerYear ?? egressGBPerYear * DEAREST_USD_PER_GB) + copies
  );
}

const GB_PER_GIB = 1.073741824;

/** Where no price is known, the dearest of the table keeps an unknown region from looking cheap. */
const DEAREST_USD_PER_GB = 0.154;
