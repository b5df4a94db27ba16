import { z } from "zod";
import { type Problem, problem, shown } from "../problems";
import { awsPlaceNames, isAwsPlace } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const peering = z.strictObject({
  between: z.array(z.string()).length(2, "must hold two AWS places").describe("AWS places in two regions"),
});

/** Regions that reach each other over Amazon's backbone: without one, they do not. */
export const peerings = named(peering);

export type Peering = z.infer<typeof peering>;

export function checkPeerings({ peerings, places }: EnvironmentContent): Problem[] {
  const seen = new Map<string, string>();
  return Object.entries(peerings).flatMap(([name, { between }]) => {
    const path = `peerings.${name}.between`;
    const unknown = between.flatMap((place, i) =>
      mustBe(`${path}[${i}]`, place, awsPlaceNames(places), "an AWS place"),
    );
    if (unknown.length > 0) return unknown;
    const regions = between.map((name) => {
      const place = places[name];
      return isAwsPlace(place) ? place.aws : "";
    });
    if (regions[0] === regions[1])
      return [
        problem(
          path,
          `${shown(between)}: both are in ${regions[0]}, whose transit gateway joins them already`,
        ),
      ];
    const key = [...regions].sort().join(" ");
    const other = seen.get(key);
    seen.set(key, other ?? name);
    return other === undefined
      ? []
      : [problem(path, `${shown(between)}: peerings.${other} joins ${key.replace(" ", " and ")} already`)];
  });
}
