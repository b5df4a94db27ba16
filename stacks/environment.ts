import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isPlain, nearest, type TableLayer, withTables } from "@hybrid-ai-fabric/locality";
import { parseDocument } from "yaml";
import type { z } from "zod";
import { checkReferences, type Environment, environmentShape } from "./environment/shape";
import { checkStackName } from "./environment/stacks";
import { type Problem, problem, shown } from "./problems";
import { readTables } from "./tables";

export type { Dataset } from "./environment/datasets";
export type { Interconnect, Via } from "./environment/interconnects";
export { type AwsPlace, isAwsPlace, type SitePlace } from "./environment/places";
export type { Environment } from "./environment/shape";
export type { TrainingCluster } from "./environment/training-clusters";
export type { Transfer } from "./environment/transfers";

/** An environment that was read with the rows it is planned by, or everything that is wrong with it. */
export type Parsed = { environment: Environment; tables: TableLayer } | { problems: Problem[] };

/** The config key as the program gets it: an object arrives as JSON, a path as it is written. */
export function configuredEnvironment(text: string): unknown {
  return text.trimStart().startsWith("{") ? JSON.parse(text) : text;
}

/** Reads the value of the config key `environment`: the object itself, or the path of a YAML file beside it. */
export function loadEnvironment(raw: unknown, name: string, directory: string): Parsed {
  if (typeof raw !== "string") return parseWithTables(raw, name, directory);
  const file = resolve(directory, raw);
  if (!existsSync(file))
    return {
      problems: [problem("environment", `${shown(raw)} is no file in ${directory.split("/").at(-1)}/`)],
    };
  const document = parseDocument(readFileSync(file, "utf8"));
  const [error] = document.errors;
  if (error)
    return {
      problems: [problem("environment", `${raw} is not valid YAML: ${error.message.split("\n", 1)[0]}`)],
    };
  return parseWithTables(document.toJS(), name, directory);
}

/** Rows that are wrong are told alone: what else is wrong depends on them. */
function parseWithTables(raw: unknown, name: string, directory: string): Parsed {
  const file = isPlain(raw) ? raw.tables : undefined;
  const read = file === undefined ? { tables: {} } : readTables(file, directory);
  return "problems" in read ? read : parseEnvironment(raw, name, read.tables);
}

/** Checks an environment whole, by the rows that lie over the tables, so that everything that is wrong is told at once. */
export function parseEnvironment(raw: unknown, name: string, tables: TableLayer = {}): Parsed {
  return withTables(tables, () => parseByTables(raw, name, tables));
}

function parseByTables(raw: unknown, name: string, tables: TableLayer): Parsed {
  const parsed = environmentShape.safeParse(raw, { reportInput: true });
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => describe(issue, [])) };
  const problems = distinct([...checkReferences(parsed.data), ...checkStackName(parsed.data, name)]);
  return problems.length > 0 ? { problems } : { environment: { name, ...parsed.data }, tables };
}

/** Several nouns may stumble over one fault: it is told once. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((found) => [`${found.path}: ${found.reason}`, found])).values()];
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

function describe(issue: Issue, above: Path): Problem[] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") return describeUnion(issue, path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => problem(written([...path, key]), `unknown key${nearestKey(key, path)}`));
  }
  const received = issue.input === undefined ? "" : `${shown(issue.input)}: `;
  return [problem(written(path), `${received}${legal(issue)}`)];
}

/** Of several shapes that do not fit, the one that was meant is the one with the fewest problems. */
function describeUnion(issue: Extract<Issue, { code: "invalid_union" }>, path: Path): Problem[] {
  const alternatives = issue.errors.map((issues) => issues.flatMap((inner) => describe(inner, path)));
  const fewest = alternatives.reduce(
    (best, next) => (next.length < best.length ? next : best),
    alternatives[0] ?? [],
  );
  return fewest.length > 0 ? fewest : [problem(written(path), legal(issue))];
}

function legal(issue: Issue): string {
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  return issue.message.replace(/^Invalid input: /, "");
}

function nearestKey(key: string, path: Path): string {
  const keys = legalKeys(environmentShape, path);
  const [close] = nearest(key, keys, 1);
  const hint = close === undefined ? "" : `; nearest: ${close}`;
  return keys.length === 0 ? "" : `${hint} (legal: ${keys.join(", ")})`;
}

/** The keys that an object of the shape may have at a path. */
function legalKeys(shape: unknown, path: Path): string[] {
  const definition = (shape as { def?: Definition } | undefined)?.def;
  if (!definition) return [];
  if (definition.innerType) return legalKeys(definition.innerType, path);
  if (definition.options)
    return [...new Set(definition.options.flatMap((option) => legalKeys(option, path)))];
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(definition.shape ?? {});
  return legalKeys(definition.shape?.[String(step)] ?? definition.valueType ?? definition.element, rest);
}

interface Definition {
  innerType?: unknown;
  options?: unknown[];
  shape?: { [key: string]: unknown };
  valueType?: unknown;
  element?: unknown;
}

function written(path: Path): string {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return text.replace(/^\./, "") || "environment";
}
