import { bfdLimits } from "@hybrid-ai-fabric/locality";

/** Timers of Bidirectional Forwarding Detection on one session. */
export interface BfdTimers {
  /** Milliseconds between two packets. */
  intervalMs: number;
  /** Packets that may be lost. */
  multiplier: number;
  /** Milliseconds until a dead path is noticed. */
  detectionMs: number;
}

/**
 * Timers for a path. Amazon takes 300 ms and more, so a path inside one metro does not get the 100 ms that Equinix
 * advises; a long path gets the slower interval, because a queue somewhere must not look like a failure.
 *
 * @param roundTripMs round trip between both ends; undefined when nothing tells it
 */
export function bfdTimers(roundTripMs: number | undefined): BfdTimers {
  const { fastestMs, multiplier, adviceMs } = bfdLimits;
  const advised = roundTripMs === undefined || roundTripMs <= FAR_MS ? adviceMs.region : adviceMs.interRegion;
  const intervalMs = Math.max(fastestMs, advised);
  return { intervalMs, multiplier, detectionMs: intervalMs * multiplier };
}

/** Beyond this a path leaves the region: no two sites of one metro or of neighbouring ones are that far apart. */
const FAR_MS = 40;
