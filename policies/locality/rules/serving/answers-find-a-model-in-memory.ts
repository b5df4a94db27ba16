import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { asked, hiddenBecause, textAt, toNumber } from "@hybrid-ai-fabric/graph/interconnect";
import { servingOf, tokens } from "./serving-plan";

/** SageMaker and Application Auto Scaling take 0: then the first request waits until an instance has loaded the model. */
export const modelsStayWarm: Rule = {
  id: "answers-find-a-model-in-memory",
  pack: "locality",
  severity: "medium",
  level: "mandatory",
  description:
    "Where users have a budget, every endpoint keeps one copy at least in memory: what scales to zero answers its first request after a cold start of minutes.",
  remediation: "Set the floor to 1, or to 2 where the loss of a zone must not be felt.",
  evaluate: (view) => {
    if (Object.keys(view.settings.budgets.userRoundTripMs).length === 0) return [];
    const plan = servingOf(view);
    return [
      ...plan
        .all(tokens.configuration, tokens.nativeConfiguration)
        .flatMap((resource) =>
          judge(resource, "productionVariants[].managedInstanceScaling.minInstanceCount"),
        ),
      ...plan
        .all(tokens.scalingTarget)
        .filter(scalesModels)
        .flatMap((resource) => judge(resource, "minCapacity")),
    ];
  },
};

const DIMENSIONS = /^(sagemaker:variant:|sagemaker:inference-component:|ecs:service:)/;

function scalesModels(target: PlannedResource): boolean {
  const dimension = textAt(target, "scalableDimension");
  return dimension.state === "known" && DIMENSIONS.test(dimension.value);
}

function judge(resource: PlannedResource, path: string): Finding[] {
  return asked(resource, path).flatMap(({ path: property, value }) => {
    const floor = toNumber(value);
    if (floor === undefined) {
      const why = hiddenBecause(value) ?? "it is not a number";
      return [
        notShown(
          resource,
          property,
          `Nothing shows whether ${resource.name} keeps a model in memory: ${why}.`,
        ),
      ];
    }
    if (floor >= 1) return [];
    const message = `${resource.name} scales to ${floor}: users with a budget would wait for a cold start.`;
    return [broken(resource, property, message)];
  });
}
