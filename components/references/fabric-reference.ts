import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, refuse } from "../problems";
import type { ExportedHoldings } from "./fabric-outputs";

/** Another stack whose networks, stores or models this one uses. */
export interface FabricReferenceArgs {
  /** Full name of the stack: organization/project/stack. The organization is `organization` where state is kept without Pulumi Cloud. */
  stack: string;
}

/**
 * What another stack holds, made visible to the packs of this one. The engine shows no policy a stack reference, so a
 * bucket of another stack is a mere text to them; by this component they know its place, its dataset and its residency.
 */
export class FabricReference extends pulumi.ComponentResource {
  /** Stores of the other stack; empty where it exports none. */
  public readonly hybridAi: pulumi.Output<ExportedHoldings>;

  constructor(name: string, args: FabricReferenceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FabricReference", name, args, opts);
    refuse("FabricReference", validateFabricReference(args));
    const stack = new pulumi.StackReference(args.stack, {}, { parent: this });
    stacks.set(this, { name: args.stack, reference: stack });
    this.hybridAi = stack.getOutput("hybridAi").apply(holdingsFrom);
    this.registerOutputs({ hybridAi: this.hybridAi });
  }
}

/** A field of the component would become an output of it in every language. */
const stacks = new WeakMap<FabricReference, { name: string; reference: pulumi.StackReference }>();

/** The stack behind a reference. */
export function stackBehind(reference: FabricReference): { name: string; reference: pulumi.StackReference } {
  const found = stacks.get(reference);
  if (!found) throw new pulumi.RunError("This FabricReference was made by another copy of hybrid-ai-fabric.");
  return found;
}

/** A stack that exports nothing holds nothing; what it exports in another version cannot be read. */
function holdingsFrom(exported: unknown): ExportedHoldings {
  if (exported === undefined || exported === null) return { version: 1, stores: [] };
  const { version } = exported as ExportedHoldings;
  if (version !== 1)
    throw new pulumi.RunError(
      `The stack exports version ${version} of hybridAi, and this hybrid-ai-fabric reads version 1.`,
    );
  return exported as ExportedHoldings;
}

export function validateFabricReference({ stack }: FabricReferenceArgs): ArgumentProblem[] {
  const parts = stack.split("/");
  if (parts.length === 3 && parts.every((part) => part !== "")) return [];
  return [
    {
      propertyPath: "stack",
      reason: `${JSON.stringify(stack)}: must be organization/project/stack, such as organization/hybrid-ai-fabric/tokyo-dev`,
    },
  ];
}
