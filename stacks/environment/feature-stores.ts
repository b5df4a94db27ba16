import { z } from "zod";
import { validateFeatureStore } from "../../components";
import { featureDecisions } from "../knowledge-decisions";
import { type Problem, problem } from "../problems";
import { awsPlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const group = z.strictObject({
  record: z.string().describe("feature that names the thing"),
  eventTime: z.string().describe("feature that says when"),
  features: z.record(z.string(), z.string()).describe("type by feature: String, Integral or Fractional"),
  onlineDays: z.number().optional().describe("days until a record leaves the online store"),
  storage: z.string().optional().describe("Standard, Standard_V2 or InMemory"),
  offline: z.boolean().optional().describe("history in S3; default: true"),
});

const featureStore = z.strictObject({ dataset: z.string(), place: z.string(), groups: named(group) });

/** Features by name, next to the endpoints that read them. */
export const featureStores = named(featureStore);

export type FeatureStore = z.infer<typeof featureStore>;

export function checkFeatureStores(environment: EnvironmentContent): Problem[] {
  const { featureStores, places, datasets } = environment;
  return Object.entries(featureStores).flatMap(([name, store]) => {
    const path = `featureStores.${name}`;
    const ends = [
      ...mustBe(`${path}.dataset`, store.dataset, Object.keys(datasets), "a dataset"),
      ...mustBe(`${path}.place`, store.place, awsPlaceNames(places), "an AWS place"),
    ];
    const decisions = ends.length === 0 ? featureDecisions(environment, store, "") : undefined;
    if (!decisions) return ends;
    const names = Object.keys(store.groups);
    return validateFeatureStore(decisions).map(({ propertyPath, reason }) =>
      problem(
        `${path}.${propertyPath.replace(/groups\[(\d+)\]/, (_, i) => `groups.${names[Number(i)]}`)}`,
        reason,
      ),
    );
  });
}
