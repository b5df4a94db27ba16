import { awsRegion } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { validateModelCache } from "../../components";
import { labelsOf } from "../labels";
import { type Problem, problem } from "../problems";
import { awsPlaceNames, isAwsPlace } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const model = z.strictObject({
  dataset: z.string().describe("the weights, as a dataset: a model remembers what it was trained on"),
  home: z.string().describe("place that new versions are written to; copies go from there to the endpoints"),
  prefix: z
    .string()
    .regex(/^[a-z0-9][a-z0-9./_-]*[a-z0-9]$/i, "a folder without slashes at its ends, such as assistant/v1"),
  gib: z.number().positive().describe("size of the uncompressed artefact"),
});

/** Model artefacts by name: what endpoints keep in memory. */
export const models = named(model);

export type Model = z.infer<typeof model>;

export function checkModels(environment: EnvironmentContent): Problem[] {
  const { models, places, datasets } = environment;
  return Object.entries(models).flatMap(([name, model]) => {
    const path = `models.${name}`;
    const ends = [
      ...mustBe(`${path}.dataset`, model.dataset, Object.keys(datasets), "a dataset"),
      ...mustBe(`${path}.home`, model.home, awsPlaceNames(places), "an AWS place"),
    ];
    const home = places[model.home];
    if (ends.length > 0 || !isAwsPlace(home)) return ends;
    const labels = labelsOf(environment, model.dataset);
    return placesOfModel(environment, name).flatMap((place) => {
      const region = regionOf(environment, place);
      if (region === undefined || region === home.aws || !awsRegion(region)) return [];
      const copies = [{ name: place, region, bucketArn: "", keyArn: "" }];
      return validateModelCache({ region: home.aws, accountId: "", gib: model.gib, labels, copies }).map(
        ({ reason }) => problem(`${path}.dataset`, `a copy is needed in ${place}: ${reason}`),
      );
    });
  });
}

/** Places that have endpoints of a model, and its home, in order of name. */
export function placesOfModel({ models, endpoints }: EnvironmentContent, name: string): string[] {
  const used = Object.values(endpoints).flatMap(({ model, place }) => (model === name ? [place] : []));
  const home = models[name]?.home;
  return [...new Set([...(home === undefined ? [] : [home]), ...used])].sort();
}

export function regionOf({ places }: EnvironmentContent, place: string): string | undefined {
  const declared = places[place];
  return isAwsPlace(declared) ? declared.aws : undefined;
}
