import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What an SDK says about one resource type: enough to be as strict as the provider about names. */
export interface Shape {
  inputs: ReadonlySet<string>;
  required: readonly string[];
  /** Properties that only the provider computes. */
  computed: readonly string[];
}

/**
 * Reads the shape of a resource type from the JavaScript that Pulumi generated for it, so that no schema is needed.
 * Undefined for a type that the SDK does not hold.
 */
export function readShape(sdkDirectory: string, type: string): Shape | undefined {
  const [, module = ""] = type.split(":");
  const file = [module, module.replace(/^index\//, "")]
    .flatMap((path) => [join(sdkDirectory, `${path}.js`), join(sdkDirectory, "bin", `${path}.js`)])
    .find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : parseShape(readFileSync(file, "utf8"));
}

export function parseShape(source: string): Shape {
  const body = source.slice(Math.max(0, source.lastIndexOf("const args = argsOrState")));
  const names = (pattern: RegExp) => [...body.matchAll(pattern)].map((match) => match[1] ?? "");
  return {
    inputs: new Set(names(/resourceInputs\["([^"]+)"\] = (?!undefined \/\*out\*\/)/g)),
    computed: names(/resourceInputs\["([^"]+)"\] = undefined \/\*out\*\//g),
    required: names(/Missing required property '([^']+)'/g),
  };
}

/** What is wrong with the inputs of a resource, by property. */
export function problemsOf(
  shape: Shape,
  inputs: { [property: string]: unknown },
): { property: string; reason: string }[] {
  const unknown = Object.keys(inputs)
    .filter((property) => !property.startsWith("__") && !shape.inputs.has(property))
    .map((property) => ({ property, reason: `the SDK knows no property "${property}" of this type` }));
  const missing = shape.required
    .filter((property) => inputs[property] === undefined || inputs[property] === null)
    .map((property) => ({ property, reason: `required property "${property}" is missing` }));
  return [...unknown, ...missing];
}

/** Folder of the SDK that a package of the previewed project comes from. */
export function sdkDirectory(packageName: string, projectRequire: NodeJS.Require): string | undefined {
  try {
    return dirname(projectRequire.resolve(`@pulumi/${packageName}/package.json`));
  } catch {
    return undefined;
  }
}
