import {
  awsRegionIds,
  directConnectLocationCodes,
  isSold,
  locationMbps,
  needsHundredGigPort,
  soldText,
} from "@hybrid-ai-fabric/locality";
import { type Problem, problem } from "../../problems";
import { mustBe } from "../terms";
import type { HandOver } from "./hand-over";

/** A bandwidth that a product is not sold with. */
export function checkSold(
  path: string,
  product: Parameters<typeof isSold>[0],
  mbps: number,
  noun: string,
): Problem[] {
  if (isSold(product, mbps)) return [];
  return [problem(path, `${mbps}: must be one of ${soldText(product)}: ${noun}`)];
}

export const noOtherHosted = "AWS sells no other hosted connection";

/** The largest tier exists only where AWS has 100 Gbps ports. */
export function checkTier(path: string, { location, bandwidthMbps, provider }: HandOver): Problem[] {
  const speeds = locationMbps(location);
  if (provider === "directConnect" || !needsHundredGigPort(bandwidthMbps)) return [];
  if (speeds === undefined || speeds.includes(100_000)) return [];
  const reason = `${bandwidthMbps}: ${location} has ports of ${speeds.join(", ")} Mbps, and this tier needs one of 100000`;
  return [problem(`${path}.${provider}.bandwidthMbps`, reason)];
}

export function checkLocation(path: string, code: string): Problem[] {
  return mustBe(path, code, directConnectLocationCodes(), "a Direct Connect location");
}

export function checkRegion(path: string, region: string): Problem[] {
  return mustBe(path, region, awsRegionIds(), "an AWS region");
}
