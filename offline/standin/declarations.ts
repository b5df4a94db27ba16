import { fileInSdk, textOf } from "./sdk-file";

/** What an SDK declares of a property that the provider answers with. */
export interface Declared {
  /** As TypeScript: `string`, `outputs.s3.BucketLogging[]` ... */
  type: string;
  /** Value that its description tells: the default, else the first of the legal texts. */
  usual?: string;
}

/** The outputs of a resource class as it declares them. */
export function declaredOutputs(declarations: string): Map<string, Declared> {
  const outputs = declarations.matchAll(
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?(?:\/\*\* @internal \*\/\s*)?readonly (\w+)!?: pulumi\.Output<([\s\S]*?)>;/g,
  );
  return new Map(
    [...outputs].map(([, description = "", property = "", type = ""]) => [
      property,
      declared(type, description),
    ]),
  );
}

/**
 * Members that an object always has which the provider fills in, by the name of its type as outputs use it
 * (`outputs.s3.BucketVersioning`). Undefined where a member is required of the program: only it can give such an object.
 */
export function membersOf(sdkDirectory: string, name: string): ReadonlyMap<string, Declared> | undefined {
  const required = parseMembers(typesIn(sdkDirectory, "input"), name.replace(/^outputs\./, "inputs."));
  return required.size > 0 ? undefined : parseMembers(typesIn(sdkDirectory, "output"), name);
}

export function parseMembers(types: string, name: string): Map<string, Declared> {
  const [, ...path] = name.split(".");
  const type = path.pop() ?? "";
  const within = path.length === 0 ? 0 : types.indexOf(`namespace ${path.join(".")} {`);
  const at = within < 0 ? -1 : types.indexOf(`interface ${type} {`, within);
  if (at < 0) return new Map();
  const indent = /^ */.exec(types.slice(types.lastIndexOf("\n", at) + 1))?.[0] ?? "";
  const body = types.slice(types.indexOf("{", at) + 1, types.indexOf(`\n${indent}}`, at));
  const found = body.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?\b(\w+)(\??): ([^;]*);/g);
  return new Map(
    [...found].flatMap(([, description = "", property = "", optional, text = ""]) =>
      optional ? [] : [[property, declared(text, description)] as const],
    ),
  );
}

const sources = new Map<string, string>();

function typesIn(sdkDirectory: string, direction: "input" | "output"): string {
  const key = `${sdkDirectory} ${direction}`;
  const known = sources.get(key);
  if (known !== undefined) return known;
  const file = fileInSdk(sdkDirectory, [`types/${direction}.d.ts`]);
  const text = file === undefined ? "" : textOf(file);
  sources.set(key, text);
  return text;
}

/** A description names a default, or of a text the legal values, the first of which is taken. */
function declared(type: string, description: string): Declared {
  const told = /\b[Dd]efault(?:s to|s is| is| value is| value of)[: ]+`([^`]*)`/.exec(description)?.[1];
  const legal = /[Vv]alid values(?: are| include)?:? *`([^`]*)`/.exec(description)?.[1];
  const usual = told ?? (type === "string" ? legal : undefined);
  const isPlain = usual !== undefined && usual !== "null" && /^[^\s<{$]+$/.test(usual);
  return isPlain ? { type, usual } : { type };
}
