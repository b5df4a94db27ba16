import { busBandwidth, type InstanceType } from "@hybrid-ai-fabric/locality";
import { expectedFabric } from "./expected-fabric";
import type { StorePlan } from "./store-plan";

/** A figure of a component, as the summary of a plan prints it. */
export interface RegisteredPrediction {
  subject: string;
  quantity: string;
  value: number | string;
  unit: string;
  limitedBy?: string;
}

export function fabricPredictions(
  subject: string,
  type: InstanceType,
  nodes: number,
): RegisteredPrediction[] {
  const { efaPerNode, gbpsPerNode } = expectedFabric(type.id, nodes);
  const { floorGBps } = busBandwidth(type, nodes);
  return [
    { subject, quantity: "network of a node", value: gbpsPerNode, unit: `Gbps over ${efaPerNode} EFA` },
    ...(floorGBps === undefined
      ? []
      : [
          {
            subject,
            quantity: "all-reduce bus bandwidth, at least",
            value: floorGBps,
            unit: "GB/s",
            limitedBy: nodes > 1 ? "EFA" : "NVLink",
          },
        ]),
  ];
}

export function storePredictions(subject: string, plan: StorePlan): RegisteredPrediction[] {
  return [
    {
      subject,
      quantity: "one read of what is hot",
      value: plan.epochHours,
      unit: "h",
      limitedBy: plan.bottleneck,
    },
  ];
}
