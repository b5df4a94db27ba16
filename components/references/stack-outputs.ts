import { nearest } from "@hybrid-ai-fabric/locality";
import * as pulumi from "@pulumi/pulumi";
import { type FabricReference, stackBehind } from "./fabric-reference";

/** What a function that fills a stack's exports returns, or a plain type of exports, as it arrives on the other side. */
export type Exports<T> = pulumi.Unwrap<T extends (...args: never[]) => infer Result ? Result : T>;

/** The outputs of another stack, by the type of what produced them. */
export interface StackOutputs<T> {
  /** An output, for what takes a reference. It is known at preview, because the other stack exists. */
  output<Key extends keyof Exports<T> & string>(key: Key): pulumi.Output<Exports<T>[Key]>;
  /** An output as a plain value, for what must be decided before anything is created: regions, prefixes, labels. */
  plain<Key extends keyof Exports<T> & string>(key: Key): Promise<Exports<T>[Key]>;
}

/**
 * The outputs of another stack, typed by what produces them: `outputsOf<typeof exportNetworks>(reference)` inside one
 * program, `outputsOf<FabricOutputs>(reference)` from another project. A key that the stack does not export is one
 * error with the names of the stack and the key.
 */
export function outputsOf<T>(to: FabricReference): StackOutputs<T> {
  const { name, reference } = stackBehind(to);
  return {
    output: <Key extends keyof Exports<T> & string>(key: Key) =>
      reference.outputs.apply((outputs): Exports<T>[Key] =>
        requiredOutput(name, outputs, key),
      ) as pulumi.Output<Exports<T>[Key]>,
    async plain(key) {
      const { value, secretValue } = await reference.getOutputDetails(key);
      if (secretValue !== undefined)
        throw new pulumi.RunError(
          `Output "${key}" of stack ${name} is a secret, so it decides nothing: take it by output().`,
        );
      return value ?? (await missing(name, reference, key));
    },
  };
}

/** An output that must be there. */
export function requiredOutput<Value>(stack: string, outputs: { [key: string]: Value }, key: string): Value {
  const value = outputs[key];
  if (value !== undefined && value !== null) return value;
  const keys = Object.keys(outputs).sort();
  const [close] = nearest(key, keys, 1);
  throw new pulumi.RunError(
    `Stack ${stack} has no output "${key}"; ${keys.length === 0 ? "it has none at all" : `it has ${keys.join(", ")}`}.${close ? ` Did you mean ${close}?` : ""} Bring that stack up with a program that exports it.`,
  );
}

function missing(name: string, { outputs }: pulumi.StackReference, key: string): Promise<never> {
  return new Promise((_, reject) => {
    outputs.apply((all) => {
      try {
        requiredOutput(name, all, key);
      } catch (error) {
        reject(error);
      }
    });
  });
}
