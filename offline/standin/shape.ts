import { existsSync } from "node:fs";
import { type Declared, declaredOutputs } from "./declarations";
import { kubernetesShape } from "./kubernetes";
import { fileInSdk, textOf } from "./sdk-file";

/** What an SDK says about one resource type: enough to be as strict as the provider about names. */
export interface Shape {
  inputs: ReadonlySet<string>;
  required: readonly string[];
  /** Properties that only the provider computes. */
  computed: readonly string[];
  /** Optional properties that the provider fills in where the program leaves them out, as the SDK declares them. */
  filledIn?: ReadonlyMap<string, Declared>;
  /** True for a type whose properties the SDK does not know: then any name is let pass. */
  open?: boolean;
  /** Properties that can have one value only. */
  constants?: { readonly [property: string]: string };
}

/**
 * Reads the shape of a resource type from the JavaScript that Pulumi generated for it, so that no schema is needed.
 * Undefined for a type that the SDK does not hold.
 */
export function readShape(sdkDirectory: string, type: string): Shape | undefined {
  if (type.startsWith("kubernetes:")) return kubernetesShape(sdkDirectory, type);
  const [, module = "", name = ""] = type.split(":");
  // Most tokens say the file of a type (`s3/bucket:Bucket`); those of aws-native its folder (`sagemaker:Cluster`).
  const spelled = [module, module.replace(/^index\//, ""), `${module}/${name}`];
  // A type called Index would overwrite the index of its folder, so its file is `index_.js`.
  const paths = spelled.flatMap((path) => (/(^|\/)index$/.test(path) ? [`${path}_`, path] : [path]));
  const file = fileInSdk(
    sdkDirectory,
    paths.map((path) => `${path}.js`),
  );
  if (file === undefined) return undefined;
  const shape = parseShape(textOf(file));
  const types = file.replace(/\.js$/, ".d.ts");
  return existsSync(types) ? { ...shape, filledIn: parseFilledIn(textOf(types), shape) } : shape;
}

export function parseShape(source: string): Shape {
  const body = constructorOf(source);
  const names = (pattern: RegExp) => [...body.matchAll(pattern)].map((match) => match[1] ?? "");
  return {
    inputs: new Set(names(/(?:resourceI|\bi)nputs\["([^"]+)"\] = (?!undefined \/\*out\*\/)/g)),
    computed: names(/(?:resourceI|\bi)nputs\["([^"]+)"\] = undefined \/\*out\*\//g),
    required: names(/Missing required property '([^']+)'/g),
  };
}

/**
 * The bridge types an output as never undefined when the provider computes it. Of an input that may be left out, that
 * says: a real provider fills it in, and at preview nobody knows with what.
 */
export function parseFilledIn(declarations: string, shape: Shape): Map<string, Declared> {
  return new Map(
    [...declaredOutputs(declarations)]
      .filter(([property, { type }]) => shape.inputs.has(property) && !/\| undefined$/.test(type))
      .filter(([property]) => !shape.required.includes(property)),
  );
}

/** The part that reads the arguments: what comes before it, or after it for a resource that is only looked up, is no input. */
function constructorOf(source: string): string {
  const args = source.lastIndexOf("const args = argsOrState");
  if (args >= 0) return source.slice(args);
  const created = source.lastIndexOf("if (!opts.id)");
  if (created < 0) return source;
  const lookedUp = source.indexOf("else {", created);
  return source.slice(created, lookedUp < 0 ? undefined : lookedUp);
}

/** What is wrong with the inputs of a resource, by property. */
export function problemsOf(
  shape: Shape,
  inputs: { [property: string]: unknown },
): { property: string; reason: string }[] {
  const unknown = Object.keys(inputs)
    .filter((property) => !property.startsWith("__") && !shape.open && !shape.inputs.has(property))
    .map((property) => ({ property, reason: `the SDK knows no property "${property}" of this type` }));
  const missing = shape.required
    .filter((property) => inputs[property] === undefined || inputs[property] === null)
    .map((property) => ({ property, reason: `required property "${property}" is missing` }));
  const wrong = Object.entries(shape.constants ?? {})
    .filter(([property, value]) => inputs[property] !== value)
    .map(([property, value]) => ({ property, reason: `must be "${value}", as its type says` }));
  return [...unknown, ...missing, ...wrong];
}
