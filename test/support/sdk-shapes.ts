import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { ResourceSpec, Spec } from "./plan";

/** The SDK as its own files declare it: every resource type with its arguments, and the shapes of nested ones. */
export const sdk = dirname(require.resolve("@pulumi/aws/package.json"));

/** Properties of resources of @pulumi/aws that the SDK does not take: what is misspelt in a plan shows nothing. */
export function propertiesUnknownTo(specs: readonly ResourceSpec[]): string[] {
  const types = resourceTypes(sdk);
  const shapes = new Shapes(sdk);
  const wrong = specs
    .filter(({ type }) => type.startsWith("aws:"))
    .flatMap(({ type, properties = {} }) =>
      Object.entries(properties)
        .flatMap(([property, value]) => pathsIn(value, property))
        .filter((path) => !shapes.has(types.get(type) ?? "", path))
        .map((path) => `${type} ${path}`),
    );
  return [...new Set(wrong)].sort();
}

function pathsIn(value: Spec, path: string): string[] {
  if (Array.isArray(value))
    return value.length > 0 ? value.flatMap((element) => pathsIn(element, path)) : [path];
  if (typeof value !== "object" || value === null) return [path];
  const entries = Object.entries(value).filter(([key]) => !key.startsWith("$") && key !== "to");
  // A map takes any key.
  if (entries.some(([key]) => !/^\w+$/.test(key))) return [path];
  return entries.length > 0 ? entries.flatMap(([key, child]) => pathsIn(child, `${path}.${key}`)) : [path];
}

/** Type token to declaration file, read from the compiled classes. */
export function resourceTypes(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const module of readdirSync(root, { withFileTypes: true })) {
    if (!module.isDirectory() || ["node_modules", "types", "config", "scripts"].includes(module.name))
      continue;
    for (const file of readdirSync(join(root, module.name))) {
      if (!file.endsWith(".js")) continue;
      const text = readFileSync(join(root, module.name, file), "utf8");
      const token = /__pulumiType = '([^']+)'/.exec(text)?.[1];
      if (token) found.set(token, join(root, module.name, file.replace(/\.js$/, ".d.ts")));
    }
  }
  return found;
}

/** Property paths of the SDK's argument interfaces, followed through its nested input types. */
export class Shapes {
  private readonly files = new Map<string, Map<string, Map<string, string>>>();
  private readonly inputs: Map<string, Map<string, string>>;

  constructor(root: string) {
    this.inputs = interfacesOf(join(root, "types", "input.d.ts"));
  }

  has(file: string, path: string): boolean {
    if (!existsSync(file)) return false;
    const interfaces = this.files.get(file) ?? interfacesOf(file);
    this.files.set(file, interfaces);
    const name = [...interfaces.keys()].find((key) => key.endsWith("Args"));
    let shape = name === undefined ? undefined : interfaces.get(name);
    for (const step of path.split(".")) {
      const type = shape?.get(step.replace(/\[\]$/, ""));
      if (type === undefined) return false;
      const nested = /inputs\.([\w.]+)/.exec(type)?.[1];
      shape = nested === undefined ? anyKey(type) : this.inputs.get(nested);
    }
    return true;
  }
}

/** A map takes any key. */
function anyKey(type: string): Map<string, string> | undefined {
  if (!/\{\s*\[key: string\]/.test(type)) return undefined;
  return { get: () => "string" } as unknown as Map<string, string>;
}

function interfacesOf(file: string): Map<string, Map<string, string>> {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, false);
  const found = new Map<string, Map<string, string>>();
  const walk = (node: ts.Node, prefix: string): void => {
    if (ts.isModuleDeclaration(node) && node.body) {
      const inner = prefix === "" ? node.name.text : `${prefix}.${node.name.text}`;
      ts.forEachChild(node.body, (child) => walk(child, inner));
    } else if (ts.isInterfaceDeclaration(node)) {
      const members = node.members.filter(ts.isPropertySignature).map((member): [string, string] => {
        const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : "";
        const { type } = member;
        return [name, type ? source.text.slice(type.pos, type.end) : ""];
      });
      found.set(prefix === "" ? node.name.text : `${prefix}.${node.name.text}`, new Map(members));
    }
  };
  ts.forEachChild(source, (node) => walk(node, ""));
  return found;
}
