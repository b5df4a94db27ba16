import * as pulumi from "@pulumi/pulumi";
import { type FabricOutputs, FabricReference, outputsOf, SageMakerEndpoint } from "hybrid-ai-fabric";

/** The fabric that exists already. By this component the packs know what its buckets hold, and where they are. */
const fabric = new FabricReference("fabric", { stack: new pulumi.Config().require("fabric") });

// What another stack exports is known at preview, so a program that waits for it decides by plain values.
export = async () => {
  const outputs = outputsOf<FabricOutputs>(fabric);
  const { tokyo } = await outputs.plain("networks");
  const { "assistant-tokyo": assistant } = await outputs.plain("models");
  if (!tokyo || !assistant)
    throw new pulumi.RunError("The fabric has no place tokyo with the model assistant.");

  const endpoint = new SageMakerEndpoint("assistant-batch", {
    region: tokyo.region,
    accountId: tokyo.accountId,
    model: assistant,
    network: { vpcId: tokyo.vpcId, subnetIds: tokyo.subnetIds, cidr: tokyo.cidr },
    image: `${tokyo.accountId}.dkr.ecr.${tokyo.region}.amazonaws.com/serve:1`,
    instanceType: "ml.g6e.xlarge",
    ceiling: 1,
    // The labels of the model come along: what this project does with it is judged by them.
    labels: assistant.labels,
  });
  return { endpointName: endpoint.endpointName };
};
