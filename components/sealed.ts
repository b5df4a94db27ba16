import * as pulumi from "@pulumi/pulumi";

type Values = { [property: string]: unknown };

/**
 * Arguments as the engine is told of them. It writes the inputs of a component to state as well as those of its
 * resources: what was given as a plain text would stand there for everybody to read. Paths such as `macsec.cak` name
 * what is secret; what is not given stays away.
 */
export function sealed(args: object, ...paths: readonly string[]): pulumi.Inputs {
  return paths.reduce<Values>((inputs, path) => seal(inputs, path.split(".")), { ...args });
}

function seal(inputs: Values, [property = "", ...rest]: readonly string[]): Values {
  const value = inputs[property];
  if (value === undefined) return inputs;
  if (rest.length === 0) return { ...inputs, [property]: pulumi.secret(value) };
  // What is computed as a whole cannot be opened before it is known: then all of it is secret.
  if (pulumi.Output.isInstance(value) || value instanceof Promise || typeof value !== "object")
    return { ...inputs, [property]: pulumi.secret(value) };
  return { ...inputs, [property]: seal({ ...value }, rest) };
}
