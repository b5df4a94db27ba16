import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import * as library from "../../components";
import manifest from "../../components/package.json";

/** What other languages see of the library: the schema that Pulumi infers, and the same as lines that a person compares. */

const directory = resolve(__dirname, "../../components");
export const snapshotFile = join(__dirname, "api.txt");

export const componentNames: readonly string[] = Object.entries(library)
  .filter(([, value]) => typeof value === "function" && value.prototype instanceof pulumi.ComponentResource)
  .map(([name]) => name)
  .sort();

export type Schema = ReturnType<typeof generateSchema>;

/** Takes seconds: Pulumi's analyzer compiles the library. */
export function inferSchema(): Schema {
  const analyzer = new Analyzer(directory, manifest.name, manifest, new Set(componentNames));
  const { components, typeDefinitions, dependencies } = analyzer.analyze();
  const { name, version, description } = manifest;
  return generateSchema(name, version, description, components, typeDefinitions, dependencies);
}

interface PropertyShape {
  type?: string;
  $ref?: string;
  items?: PropertyShape;
  additionalProperties?: PropertyShape;
  plain?: boolean;
  description?: string;
}
interface Fields {
  properties?: { [name: string]: PropertyShape };
  required?: string[];
  inputProperties?: { [name: string]: PropertyShape };
  requiredInputs?: string[];
}

/** One line for each argument, output and field, so that a change of the API is a change of a few lines. */
export function renderApi(schema: Schema): string {
  const resources = sorted(schema.resources as { [token: string]: Fields });
  const types = sorted((schema.types ?? {}) as { [token: string]: Fields });
  return [
    ...resources.flatMap(([token, { inputProperties, requiredInputs, properties, required }]) => [
      shortToken(token),
      ...lines("in", inputProperties, requiredInputs),
      ...lines("out", properties, required),
    ]),
    ...types.flatMap(([token, { properties, required }]) => [
      `type ${shortToken(token)}`,
      ...lines("", properties, required),
    ]),
    "",
  ].join("\n");
}

/** Arguments and fields of arguments that say nothing of themselves, as `Component.argument`. */
export function undocumented(schema: Schema): string[] {
  const fields: [string, { [name: string]: PropertyShape }][] = [
    ...sorted(schema.resources as { [token: string]: Fields }).map(
      ([token, { inputProperties = {} }]) => [token, inputProperties] as [string, typeof inputProperties],
    ),
    ...sorted((schema.types ?? {}) as { [token: string]: Fields }).map(
      ([token, { properties = {} }]) => [token, properties] as [string, typeof properties],
    ),
  ];
  return fields.flatMap(([token, properties]) =>
    sorted(properties).flatMap(([name, { description = "" }]) =>
      description.trim() === "" ? [`${shortToken(token)}.${name}`] : [],
    ),
  );
}

function lines(
  direction: string,
  properties: { [name: string]: PropertyShape } = {},
  required: readonly string[] = [],
): string[] {
  return sorted(properties).map(([name, shape]) => {
    const optional = required.includes(name) ? "" : "?";
    return `  ${direction === "" ? "" : `${direction.padEnd(4)}`}${name}${optional}: ${typeOf(shape)}${shape.plain ? ", plain" : ""}`;
  });
}

function typeOf({ type, $ref, items, additionalProperties }: PropertyShape): string {
  if ($ref !== undefined) return $ref.startsWith("#") ? shortToken($ref) : $ref;
  if (items) return `${typeOf(items)}[]`;
  if (additionalProperties) return `{ [name]: ${typeOf(additionalProperties)} }`;
  return type ?? "any";
}

function shortToken(token: string): string {
  return token.split(":").at(-1) ?? token;
}

function sorted<T>(record: { [key: string]: T }): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The API as it was when it was last agreed on. */
export function agreedApi(): string {
  return readFileSync(snapshotFile, "utf8");
}
