import * as pulumi from "@pulumi/pulumi";
import { FabricReference, outputsOf, type StackOutputs } from "../components";
import type { Environment } from "./environment";
import { type Layer, stackOfLayer } from "./layers";

/** Reads layers that other stacks of the same environment created. */
export interface LowerLayers {
  /** Outputs of the stack that created a layer, by the type of the function that exports it. */
  outputsOf<T>(layer: Layer): StackOutputs<T>;
}

/** Every read of another stack goes through here, so that its stores become visible to the packs once. */
export function lowerLayers(environment: Environment): LowerLayers {
  const references = new Map<string, FabricReference>();
  return {
    outputsOf: (layer) => {
      const stack = stackOfLayer(environment, layer);
      if (stack === undefined) throw new RangeError(`no stack creates ${layer}`);
      const known = references.get(stack);
      const reference = known ?? new FabricReference(stack, { stack: fullName(stack) });
      references.set(stack, reference);
      return outputsOf(reference);
    },
  };
}

/** A stack beside this one: same organization, same project. */
function fullName(stack: string): string {
  return `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
}
