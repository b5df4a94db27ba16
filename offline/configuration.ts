import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { type Document, isPair, isScalar, parseDocument, stringify, visit, type YAMLParseError } from "yaml";
import { WrongInput } from "./engine/failure";
import { configurationFolder, type Project } from "./project";

/** A stack configuration made ready for a preview on a machine that has none of its secrets. */
export interface PreparedConfiguration {
  /** YAML of the configuration without anything that needs a passphrase. */
  text: string;
  /** Secrets to set before the preview. */
  secrets: { [key: string]: string };
  /** Config keys whose secret was stood in for. */
  stoodIn: string[];
}

type Config = { [key: string]: unknown };

/** The configuration of a project as its preview gets it; an empty one where there is no file. */
export function configurationOf({ configFile, name, directory }: Project): PreparedConfiguration {
  if (configFile === undefined) return prepareConfiguration("config: {}", "Pulumi.yaml", name);
  const source = readFileSync(configFile, "utf8");
  return prepareConfiguration(source, basename(configFile), name, configurationFolder(directory));
}

/** Stacks of the same project that a stack reads, in the order in which its environment names them: those above it. */
export function stacksAbove({ configFile, name, directory, environment }: Project): string[] {
  if (configFile === undefined) return [];
  const config = readConfig(readFileSync(configFile, "utf8"), basename(configFile));
  const declared = environmentOf(config[`${name}:environment`], configurationFolder(directory));
  const stacks = isRecord(declared) && isRecord(declared.stacks) ? Object.keys(declared.stacks) : [];
  return stacks.slice(0, Math.max(0, stacks.indexOf(environment)));
}

/** An environment is a value, or the path of a YAML file that several stacks share. What is wrong in it the program tells. */
function environmentOf(value: unknown, folder: string | undefined): unknown {
  if (typeof value !== "string" || folder === undefined) return value;
  const file = resolve(folder, value);
  return existsSync(file) ? parseDocument(readFileSync(file, "utf8")).toJS() : undefined;
}

/**
 * Reads a stack configuration. A value that is encrypted for somebody else, and a secret that the environment names
 * but that is not set, get a stand-in: the plan has the same resources with it, and no rule reads it.
 */
export function prepareConfiguration(
  source: string,
  file: string,
  project: string,
  folder?: string,
): PreparedConfiguration {
  const config = readConfig(source, file);
  const encrypted = Object.keys(config).filter((key) => isEncrypted(config[key]));
  const environment = environmentOf(config[`${project}:environment`], folder);
  const named = secretsNamedIn(environment).map((key) => `${project}:${key}`);
  const stoodIn = [...new Set([...encrypted, ...named.filter((key) => !(key in config))])].sort();
  const plain = Object.fromEntries(Object.entries(config).filter(([key]) => !encrypted.includes(key)));
  return {
    text: stringify({ config: plain }),
    secrets: Object.fromEntries(stoodIn.map((key) => [key, `stand-in-${randomBytes(8).toString("hex")}`])),
    stoodIn,
  };
}

/** Two entries of one name, say two channels, are told by their path: a line says little about a file of this depth. */
function wrongYaml(document: Document.Parsed, error: YAMLParseError): string {
  const [reason = ""] = error.message.split("\n", 1);
  let path: string[] = [];
  visit(document, {
    Pair(_, { key }, above) {
      if (error.code !== "DUPLICATE_KEY" || !isScalar(key) || key.range?.[0] !== error.pos[0]) return;
      path = [...above.filter((step) => isPair(step)).map((pair) => String(pair.key)), String(key.value)];
      return visit.BREAK;
    },
  });
  return path.length === 0
    ? `it is not valid YAML: ${reason}`
    : `${path.join(".")}: there are two of this name (line ${error.linePos?.[0].line})`;
}

function readConfig(source: string, file: string): Config {
  const document = parseDocument(source);
  const [error] = document.errors;
  if (error) throw new WrongInput(`${file}: ${wrongYaml(document, error)}`);
  const content: unknown = document.toJS();
  if (!isRecord(content)) throw new WrongInput(`${file}: it is empty; a configuration has the key "config".`);
  const known = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];
  const unknown = Object.keys(content).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new WrongInput(
      `${file}: unknown key "${unknown.join('", "')}"; the legal keys are ${known.join(", ")}.`,
    );
  }
  if (!isRecord(content.config)) throw new WrongInput(`${file}: config: it is missing or not a map.`);
  return content.config;
}

/** Keys that say `{ secure: ... }`. Only the owner's passphrase reads them. */
function isEncrypted(value: unknown): boolean {
  return isRecord(value) && "secure" in value;
}

/** Secrets are config keys of their own; the environment names them under keys that end in `Key`. */
export function secretsNamedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretsNamedIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key.endsWith("Key") && typeof child === "string" ? [child] : secretsNamedIn(child),
  );
}

function isRecord(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
