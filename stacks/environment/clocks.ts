import { z } from "zod";
import { validateFabricClock } from "../../components/interconnect/fabric-clock";
import { type Problem, problem } from "../problems";
import { sitePlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const clock = z.strictObject({
  at: z.string().describe("site that the clock is for"),
  connection: z.string().describe("id of the site's Fabric connection to Equinix Precision Time"),
  protocol: z.enum(["PTP", "NTP"]).describe("PTP: microseconds; NTP: milliseconds"),
  grade: z.enum(["STANDARD", "ENTERPRISE"]).default("STANDARD"),
  addresses: z
    .strictObject({ primary: z.ipv4(), secondary: z.ipv4(), netmask: z.ipv4(), gateway: z.ipv4() })
    .describe("of both clocks, with netmask and gateway of their network"),
});

/** Precision time by name: one clock for all sites, so that one-way delays can be measured. */
export const clocks = named(clock);

export function checkClocks({ clocks, places }: EnvironmentContent): Problem[] {
  return Object.entries(clocks).flatMap(([name, { at, connection, ...asked }]) => [
    ...mustBe(`clocks.${name}.at`, at, sitePlaceNames(places), "a site"),
    ...validateFabricClock({ circuitId: connection, ...asked }).map(({ propertyPath, reason }) =>
      problem(`clocks.${name}.${propertyPath}`, reason),
    ),
  ]);
}
