import * as pulumi from "@pulumi/pulumi";
import { registeredLabels } from "../labels";
import type { Edge } from "./expansion";

/** What holds the resources of one channel together: they come and go with it, and take its labels. */
export class DeclaredChannel extends pulumi.ComponentResource {
  constructor(
    name: string,
    { channel, transport, from, to, labels, flow }: Edge,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(
      "hybrid-ai-fabric:index:DeclaredChannel",
      name,
      { channel, transport, from: from.name, to: to.name },
      opts,
    );
    this.registerOutputs({
      channel,
      transport,
      from: from.name,
      to: to.name,
      flow,
      labels: registeredLabels(labels),
    });
  }
}
