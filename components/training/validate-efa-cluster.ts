import {
  efaInstanceTypeIds,
  hyperPodOffers,
  instanceType,
  instanceTypesAsOf,
  nearest,
} from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../problems";
import { refusesEc2Capacity, validateCapacity } from "./capacity";
import type { EfaClusterArgs } from "./efa-cluster";
import { FIRST_WITH_DRA, minor } from "./kubernetes-version";

/** Rules on the arguments that no type expresses: all that are broken, with what would be legal. */
export function validateEfaCluster(args: EfaClusterArgs): ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const wrong = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  const type = instanceType(args.instanceType);
  if (!type || type.maxEfa === 0) {
    const near = nearest(args.instanceType, efaInstanceTypeIds()).join(", ");
    const why =
      type?.layoutUnknown ?? (type ? "it has no EFA" : `the table of ${instanceTypesAsOf} has no such type`);
    wrong("instanceType", `"${args.instanceType}": ${why}; nearest with EFA: ${near || "none"}`);
  }
  if (type) problems.push(...validateCapacity(args.capacity, type, args.count));
  const style = args.interfaceStyle;
  if (style !== undefined && style !== "efa" && style !== "efa-only") {
    wrong("interfaceStyle", `"${style}" is none of efa-only, efa`);
  }
  problems.push(...validateOrchestrator(args));
  return problems;
}

function validateOrchestrator({
  orchestrator,
  capacity,
  region,
  instanceType,
}: EfaClusterArgs): ArgumentProblem[] {
  const { eks, ecs, hyperPod } = orchestrator;
  const problems: ArgumentProblem[] = [];
  const wrong = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  const chosen = [eks && "eks", ecs && "ecs", hyperPod && "hyperPod"].filter(Boolean);
  if (chosen.length !== 1) {
    wrong("orchestrator", `${chosen.join(" and ") || "none"}; exactly one of eks, ecs and hyperPod`);
  }
  if (eks) {
    if (eks.controlPlaneSubnetIds.length < 2) {
      const count = eks.controlPlaneSubnetIds.length;
      wrong("orchestrator.eks.controlPlaneSubnetIds", `${count}; EKS takes subnets in two zones at least`);
    }
    if (eks.version !== undefined && !/^1\.\d+$/.test(eks.version)) {
      wrong("orchestrator.eks.version", `"${eks.version}" is no version such as 1.34`);
    }
    const devices = eks.efaDevices;
    if (devices !== undefined && devices !== "dra" && devices !== "device-plugin") {
      wrong("orchestrator.eks.efaDevices", `"${devices}" is none of dra, device-plugin`);
    } else if (devices === "dra" && eks.version !== undefined && minor(eks.version) < FIRST_WITH_DRA) {
      wrong("orchestrator.eks.efaDevices", `dra needs Kubernetes 1.${FIRST_WITH_DRA}, not ${eks.version}`);
    }
  }
  if (hyperPod) {
    if (refusesEc2Capacity(capacity)) {
      wrong("capacity", "HyperPod takes no reservation of EC2; say trainingPlanArn in orchestrator.hyperPod");
    }
    if (hyperPodOffers(region, instanceType) === false) {
      wrong("orchestrator.hyperPod", `HyperPod does not list ${instanceType} in ${region} (2026-10-20)`);
    }
  }
  return problems;
}
