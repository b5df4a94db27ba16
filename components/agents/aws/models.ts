import { awsRegion, inferenceRegions } from "@hybrid-ai-fabric/locality";
import { partitionOf } from "../agent-identity";
import type { AgentTopology } from "../topology";
import { arn, type FabricContext, type Granted, regionOf } from "./region";

/** The models that agents in AWS ask: each by name, in each region that may answer, and nowhere else. */
export function grantModels(context: FabricContext, { agents, places }: AgentTopology): Granted[] {
  return Object.entries(agents).flatMap(([agent, { at, model }]) => {
    if (model === undefined || !places[at]?.aws) return [];
    const region = regionOf(context, at);
    const found = inferenceRegions(model, region.region);
    const regions = "regions" in found ? found.regions.filter((each) => awsRegion(each)) : [];
    const crossing = regions.length > 1 || regions[0] !== region.region;
    const base = crossing ? model.replace(/^[a-z-]+\./, "") : model;
    const partition = partitionOf(region.region);
    return [
      {
        agent,
        channel: "model",
        actions: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
        resources: [
          ...(crossing ? [arn(region, "bedrock", `inference-profile/${model}`)] : []),
          ...regions.map((each) => `arn:${partition}:bedrock:${each}::foundation-model/${base}`),
        ],
      },
    ];
  });
}
