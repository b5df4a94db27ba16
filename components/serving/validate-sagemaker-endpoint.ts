import type { ArgumentProblem } from "../problems";
import { validateModelLoad } from "./model-load";
import type { SageMakerEndpointArgs } from "./sagemaker-endpoint";

/** What the time of a cold start depends on. */
export function loadOf({ model, instanceType, readGbps }: SageMakerEndpointArgs) {
  return { gib: model.gib, instanceType, ...(readGbps === undefined ? {} : { readGbps }) };
}

/** Rules on the arguments that no type expresses. */
export function validateSageMakerEndpoint(args: SageMakerEndpointArgs): ArgumentProblem[] {
  const { floor = 1, ceiling = floor * 2, rollout: chosen, routingStrategy, capture } = args;
  const problem = (propertyPath: string, reason: string): ArgumentProblem[] => [{ propertyPath, reason }];
  const kinds = ["canary", "rolling"];
  const strategies = ["LEAST_OUTSTANDING_REQUESTS", "RANDOM"];
  const percent = chosen?.percent ?? 10;
  return [
    ...validateModelLoad(loadOf(args), "model", true),
    ...(args.instanceType.startsWith("ml.")
      ? []
      : problem("instanceType", `"${args.instanceType}": types of SageMaker begin with ml.`)),
    ...(args.model.region === args.region
      ? []
      : problem(
          "model.region",
          `"${args.model.region}": SageMaker loads models from ${args.region} only; give the region a ModelCache of its own`,
        )),
    ...(Number.isInteger(floor) && floor >= 1
      ? []
      : problem("floor", `${floor}: one instance at least, or every first request waits for a cold start`)),
    ...(ceiling >= floor ? [] : problem("ceiling", `${ceiling} is below the floor of ${floor}`)),
    ...(routingStrategy === undefined || strategies.includes(routingStrategy)
      ? []
      : problem("routingStrategy", `"${routingStrategy}" is none of ${strategies.join(", ")}`)),
    ...(chosen === undefined || kinds.includes(chosen.kind)
      ? []
      : problem("rollout.kind", `"${chosen.kind}" is none of ${kinds.join(", ")}`)),
    ...(percent >= 5 && percent <= 50 ? [] : problem("rollout.percent", `${percent}: 5 to 50`)),
    ...(capture === undefined || (capture.bucketName === undefined) === (capture.keyArn === undefined)
      ? []
      : problem("capture", "bucketName and keyArn: both, or neither for a bucket of the endpoint's own")),
    ...(capture === undefined || (capture.percent >= 1 && capture.percent <= 100)
      ? []
      : problem("capture.percent", `${capture.percent}: 1 to 100`)),
  ];
}
