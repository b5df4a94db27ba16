import {
  awsRegion,
  awsRegionIds,
  cheapestPlacement,
  type PlacementRequest,
  placeEndpoint,
  placeOfAwsRegion,
} from "@hybrid-ai-fabric/locality";
import { median } from "./surroundings";

const ENDPOINTS = 20;
const REGIONS = 40;
const POPULATIONS = 8;

/** Times the exact search for 20 endpoints over 40 regions: on the tables of the product, and on random demands. */
export function benchPlacement(runs = 9): void {
  const regions = awsRegionIds().slice(0, REGIONS);
  time(`placement by the tables, ${regions.length} regions x ${ENDPOINTS} endpoints`, runs, () => {
    for (let endpoint = 0; endpoint < ENDPOINTS; endpoint++) placeEndpoint(demandsOf(endpoint, regions));
  });
  const random = generator(20261124);
  const requests = Array.from({ length: ENDPOINTS }, () => randomRequest(random));
  time(`placement on random demands, ${REGIONS} regions x ${ENDPOINTS} endpoints`, runs, () => {
    for (const request of requests) cheapestPlacement(request);
  });
}

function time(title: string, runs: number, work: () => void): void {
  const seconds: number[] = [];
  for (let run = -1; run < runs; run++) {
    const started = process.hrtime.bigint();
    work();
    // The first run warms the tables and is not counted.
    if (run >= 0) seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
  }
  console.log(
    `${title}: median ${median(seconds).toFixed(3)} s of ${runs} runs, at most ${Math.max(...seconds).toFixed(3)}`,
  );
}

function demandsOf(endpoint: number, regions: string[]) {
  const users = awsRegionIds().filter((id) => awsRegion(id)?.partition === "aws");
  return {
    residency: ["any"],
    instanceType: ["ml.g5.48xlarge", "ml.g6e.48xlarge", "ml.g6.48xlarge"][endpoint % 3] ?? "ml.g5.48xlarge",
    among: regions,
    copies: 2,
    egressGBPerYear: 10_000 * (endpoint + 1),
    populations: Array.from({ length: POPULATIONS }, (_, index) => {
      const name = users[(endpoint * 5 + index * 7) % users.length] ?? "us-east-1";
      return { name, place: placeOfAwsRegion(name) ?? { country: "US", operator: "aws" }, ms: 120 };
    }),
  };
}

/** Every region of its own price; every population in reach of a third of the regions: nothing dominates anything. */
function randomRequest(random: () => number): PlacementRequest {
  const names = Array.from({ length: REGIONS }, (_, index) => `r${index}`);
  return {
    candidates: names.map((region) => ({ region, usdPerYear: 100 + Math.floor(random() * 100) })),
    within: [],
    reach: Array.from({ length: POPULATIONS }, (_, index) => ({
      name: `population ${index}`,
      regions: names.filter(() => random() < 1 / 3),
    })),
    copies: 2,
  };
}

/** A small linear congruential generator: the same demands on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
