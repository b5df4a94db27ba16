import { classifications, dataKinds, parseResidency } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import type { Problem } from "../problems";
import { awsPlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const residency = z.string().superRefine((term, context) => {
  const parsed = parseResidency(term);
  if ("problem" in parsed) context.addIssue({ code: "custom", message: parsed.problem, input: term });
});

const dataset = z.strictObject({
  classification: z.enum(classifications),
  kinds: z.array(z.enum(dataKinds() as [string, ...string[]])).default([]),
  residency: z.array(residency).min(1).describe("all must hold"),
  home: z.string(),
  keysIn: z.string().optional().describe("place of the keys; default: where the data is"),
  sizeTiB: z.number().positive(),
  dailyGrowthTiB: z.number().nonnegative().default(0),
});

/** Datasets by name: what must be protected, and where it may be. */
export const datasets = named(dataset);

export type Dataset = z.infer<typeof dataset>;

export function checkDatasets({ datasets, places }: EnvironmentContent): Problem[] {
  const names = Object.keys(places);
  return Object.entries(datasets).flatMap(([name, dataset]) => [
    ...mustBe(`datasets.${name}.home`, dataset.home, names, "a place"),
    ...(dataset.keysIn === undefined
      ? []
      : mustBe(`datasets.${name}.keysIn`, dataset.keysIn, awsPlaceNames(places), "an AWS place")),
  ]);
}
