import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { asked, hiddenBecause, toNumber } from "@hybrid-ai-fabric/graph/interconnect";
import { bareType, servingInstance } from "@hybrid-ai-fabric/locality";
import { figureAbove, type ServingPlan, servingOf, tokens } from "./serving-plan";

/** Gbps of an instance: EC2 instance pages, 2026-08 (locality/data/serving-instances.json). */
export const modelsHaveTime: Rule = {
  id: "models-have-time-to-load",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "An endpoint waits for its model at least as long as the whole network of its instance would need to read it. Judged where a component registered the size of its model (modelGiB).",
  remediation: "Raise modelDataDownloadTimeoutInSeconds, up to 3600, or take a type with a faster network.",
  evaluate: (view) => {
    const plan = servingOf(view);
    return plan.all(tokens.configuration).flatMap((configuration) => judge(plan, configuration));
  },
};

/** SageMaker's own default, in seconds. */
const DEFAULT_TIMEOUT = 3600;

function judge(plan: ServingPlan, configuration: PlannedResource): Finding[] {
  const gib = figureAbove(plan, configuration, "modelGiB");
  if (typeof gib !== "number") return [];
  return asked(configuration, "productionVariants[].instanceType").flatMap(({ path, value }) => {
    const instance = typeof value === "string" ? servingInstance(value) : undefined;
    const variant = path.replace(/\.instanceType$/, "");
    const property = `${variant}.modelDataDownloadTimeoutInSeconds`;
    const asks = asked(configuration, "productionVariants[].modelDataDownloadTimeoutInSeconds").find(
      (leaf) => leaf.path === property,
    );
    if (!instance || (asks && toNumber(asks.value) === undefined)) {
      const why = !instance
        ? (hiddenBecause(value) ?? `${String(value)} is a type that no table holds`)
        : (asks && hiddenBecause(asks.value)) || "the timeout is not a number";
      return [
        notShown(
          configuration,
          property,
          `Nothing shows whether ${configuration.name} has time to load ${gib} GiB: ${why}.`,
        ),
      ];
    }
    const timeout = (asks && toNumber(asks.value)) ?? DEFAULT_TIMEOUT;
    const fastest = (gib * 1024 ** 3 * 8) / (instance.gbps * 1e9);
    if (timeout >= fastest) return [];
    const message = `${configuration.name} waits ${timeout} s for ${gib} GiB, and the ${instance.gbps} Gbps of ${bareType(instance.id)} need ${Math.ceil(fastest)} s at the very least.`;
    return [broken(configuration, property, message)];
  });
}
