import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parseAllDocuments } from "yaml";

/** Schemas of custom kinds as their projects publish them: read where they are, never kept here. */

interface Definition {
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; served?: boolean; schema?: { openAPIV3Schema?: Schema } }[];
  };
}

type Schema = { [keyword: string]: unknown };

/** Folder of the published definitions: from the environment, else beside the repository or above it. */
export function crdDirectory(root = resolve(__dirname, "../..")): string | undefined {
  const named = process.env.HYBRID_AI_FABRIC_CRDS;
  if (named !== undefined) return existsSync(named) ? named : undefined;
  for (let at = root; ; at = dirname(at)) {
    const candidate = join(at, "shared", "data", "crds");
    if (existsSync(candidate)) return candidate;
    if (at === dirname(at)) return undefined;
  }
}

/** Definitions in some folders; a later folder replaces kinds of an earlier one. */
export function readDefinitions(directory: string, folders: readonly string[]): Definition[] {
  const found = new Map<string, Definition>();
  for (const file of folders.flatMap((folder) => yamlFiles(join(directory, folder)))) {
    for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
      const definition = document.toJS() as (Definition & { kind?: string }) | null;
      if (definition?.kind !== "CustomResourceDefinition") continue;
      found.set(`${definition.spec.group}/${definition.spec.names.kind}`, definition);
    }
  }
  return [...found.values()];
}

export function yamlFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => join(directory, file));
}

/** What a schema has against an object; undefined when no definition knows its kind. */
export type CheckObject = (object: { [property: string]: unknown }) => string[] | undefined;

export function objectCheck(definitions: readonly Definition[]): CheckObject {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, logger: false });
  const schemas = new Map<string, Schema>();
  for (const { spec } of definitions) {
    for (const { name, schema } of spec.versions) {
      if (schema?.openAPIV3Schema)
        schemas.set(`${spec.group}/${name} ${spec.names.kind}`, schema.openAPIV3Schema);
    }
  }
  const compiled = new Map<string, ValidateFunction>();
  return (object) => {
    const kind = `${object.apiVersion} ${object.kind}`;
    const schema = schemas.get(kind);
    if (!schema) return undefined;
    const validate = compiled.get(kind) ?? ajv.compile(asJsonSchema(schema));
    compiled.set(kind, validate);
    if (validate(object)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const detail = "additionalProperty" in params ? ` "${params.additionalProperty}"` : "";
      return `${instancePath || "/"}: ${message}${detail}`;
    });
  };
}

/** A structural schema as JSON Schema: what a cluster would prune is an error here, because it is a typing error. */
function asJsonSchema(schema: Schema, isRoot = true): Schema {
  const translated: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword.startsWith("x-kubernetes-") || keyword === "default" || keyword === "format") continue;
    // Patterns are Go's: what JavaScript cannot read is left out rather than misread.
    if (keyword === "pattern" && !isPattern(value)) continue;
    translated[keyword] = translate(keyword, value);
  }
  if (schema["x-kubernetes-int-or-string"] === true) delete translated.type;
  const closed = schema.properties && schema["x-kubernetes-preserve-unknown-fields"] !== true && !isRoot;
  return closed && !("additionalProperties" in schema)
    ? { ...translated, additionalProperties: false }
    : translated;
}

function translate(keyword: string, value: unknown): unknown {
  if (keyword === "properties" && isSchema(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [
        name,
        // Metadata is checked by the API itself, and its schema here is empty.
        isSchema(child) ? asJsonSchema(child, false) : child,
      ]),
    );
  }
  if ((keyword === "items" || keyword === "additionalProperties" || keyword === "not") && isSchema(value))
    return asJsonSchema(value, keyword === "not");
  if (["anyOf", "allOf", "oneOf"].includes(keyword) && Array.isArray(value))
    return value.map((child) => (isSchema(child) ? asJsonSchema(child, true) : child));
  return value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPattern(value: unknown): boolean {
  try {
    return new RegExp(String(value), "u") instanceof RegExp;
  } catch {
    return false;
  }
}
