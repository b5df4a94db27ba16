import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CatalogueRow, carriesNoData, catalogueRow, catalogueRows } from "@hybrid-ai-fabric/graph";
import ts from "typescript";

/** The SDK as its own files declare it: every resource type with its arguments, and the shapes of nested ones. */
const sdk = dirname(require.resolve("@pulumi/aws/package.json"));

describe("the catalogue against the SDK", function () {
  this.timeout(120_000);
  const types = resourceTypes(sdk);

  it("holds every resource type, or knows that it carries nothing", () => {
    assert.ok(types.size > 1_700, `only ${types.size} types were found`);
    const missing = [...types.keys()].filter((type) => !catalogueRow(type) && !carriesNoData(type));
    assert.deepEqual(missing, []);
  });

  it("holds no type twice and none that the SDK does not have", () => {
    const rows = catalogueRows().filter(({ type }) => type.startsWith("aws:"));
    const written = readFileSync(join(__dirname, "../../../policies/graph/catalogue/data/aws.json"), "utf8");
    assert.equal((JSON.parse(written) as { rows: unknown[] }).rows.length, rows.length);
    assert.deepEqual(
      rows.filter(({ type }) => !types.has(type)).map(({ type }) => type),
      [],
    );
    assert.deepEqual(
      rows.filter(({ type }) => carriesNoData(type)).map(({ type }) => type),
      [],
    );
  });

  it("names only properties that the SDK has", () => {
    const shapes = new Shapes(sdk);
    const wrong = catalogueRows()
      .filter(({ type }) => type.startsWith("aws:"))
      .flatMap((row) =>
        pathsOf(row)
          .filter((path) => !shapes.has(types.get(row.type) ?? "", path))
          .map((path) => `${row.type} ${path}`),
      );
    assert.deepEqual(wrong, []);
  });

  it("marks as labelled by tags exactly the types that have tags", () => {
    const shapes = new Shapes(sdk);
    const wrong = catalogueRows()
      .filter(({ type }) => type.startsWith("aws:"))
      .filter((row) => shapes.has(types.get(row.type) ?? "", "tags") !== (row.tags === "tags"))
      .map(({ type }) => type);
    assert.deepEqual(wrong, []);
  });
});

function pathsOf(row: CatalogueRow): string[] {
  const placed = row.places.flatMap((source) =>
    source.how === "zone" ? [...source.zones, ...source.subnets] : "path" in source ? [source.path] : [],
  );
  const ends = [
    ...[...row.sources, ...row.destinations, ...row.remote, ...row.keys, ...row.attached],
    ...row.grantsOn,
  ];
  const own = [row.activeWhen?.path, row.retention?.path, ...(row.joins?.by ?? []), row.joins?.when];
  return [...placed, ...row.readers, ...ends.map(({ path }) => path), ...own.flatMap((path) => path ?? [])];
}

/** Type token to declaration file, read from the compiled classes. */
function resourceTypes(root: string): Map<string, string> {
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
class Shapes {
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
