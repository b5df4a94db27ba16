import {
  bareType,
  type InstanceType,
  instanceType as networkOf,
  servingInstance,
} from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../problems";
import { validateModelLoad } from "./model-load";
import type { ResidentModelServiceArgs } from "./resident-model-service";

export function spans({ instancesPerCopy = 1 }: ResidentModelServiceArgs): boolean {
  return instancesPerCopy > 1;
}

export function loadOf({ model, instanceType, instancesPerCopy, readGbps }: ResidentModelServiceArgs) {
  return {
    gib: model.gib,
    instanceType,
    ...(instancesPerCopy === undefined ? {} : { instancesPerCopy }),
    ...(readGbps === undefined ? {} : { readGbps }),
  };
}

export function typeOf({ instanceType }: ResidentModelServiceArgs): {
  instance: NonNullable<ReturnType<typeof servingInstance>>;
  type: InstanceType;
} {
  const instance = servingInstance(instanceType);
  const type = networkOf(bareType(instanceType));
  // Validated before: both tables hold the same types.
  if (!instance || !type) throw new RangeError(`no instance type ${instanceType}`);
  return { instance, type };
}

/** Rules on the arguments that no type expresses. */
export function validateResidentModelService(args: ResidentModelServiceArgs): ArgumentProblem[] {
  const { floor = 1, ceiling = floor * 2, instancesPerCopy = 1, readyPath = "/" } = args;
  const type = networkOf(bareType(args.instanceType));
  const problem = (propertyPath: string, reason: string): ArgumentProblem[] => [{ propertyPath, reason }];
  return [
    ...validateModelLoad(loadOf(args), "model", false),
    ...(args.instanceType.startsWith("ml.")
      ? problem("instanceType", `"${args.instanceType}": types of EC2 have no ml. in front`)
      : []),
    ...(args.model.region === args.region
      ? []
      : problem(
          "model.region",
          `"${args.model.region}": the instances of ${args.region} load from their own region`,
        )),
    ...(Number.isInteger(floor) && floor >= 1
      ? []
      : problem("floor", `${floor}: one copy at least, or every first request waits for a cold start`)),
    ...(ceiling >= floor ? [] : problem("ceiling", `${ceiling} is below the floor of ${floor}`)),
    ...(Number.isInteger(instancesPerCopy) && instancesPerCopy >= 1
      ? []
      : problem("instancesPerCopy", `${instancesPerCopy}: a whole number from 1 up`)),
    ...(instancesPerCopy > 1 && type && type.maxEfa === 0
      ? problem("instancesPerCopy", `${instancesPerCopy}: ${type.id} has no EFA to span instances with`)
      : []),
    ...(instancesPerCopy > 1 && (floor > 1 || (args.ceiling ?? 1) > 1)
      ? problem(
          "floor",
          `${floor}: a copy that spans instances is a service of its own; create one for each copy`,
        )
      : []),
    ...(args.preloadFrom === undefined || args.preloadFrom.path.startsWith("/")
      ? []
      : problem("preloadFrom.path", `"${args.preloadFrom.path}" does not begin with a slash`)),
    ...(readyPath.startsWith("/") ? [] : problem("readyPath", `"${readyPath}" does not begin with a slash`)),
  ];
}
