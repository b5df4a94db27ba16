import { awsRegion } from "@hybrid-ai-fabric/locality";
import { policyDocument } from "./policy-document";
import { fileInSdk, textOf } from "./sdk-file";

type Properties = { [property: string]: unknown };

/** Argument by which whoever asks says that it can take an unknown, and the text that stands for one. */
export const UNKNOWN_ARGUMENT = "__unknown";
export const UNKNOWN_TEXT = "unknown: a lookup of a provider that is stood in for";

/**
 * The answer of a lookup without a cloud: what the configuration of the provider decides and what is computed from the
 * arguments alone is known, anything else is unknown, as for a lookup whose arguments are not known yet. Undefined where
 * nobody takes an unknown, and for a function whose answer the SDK does not describe.
 */
export function lookedUp(
  token: string,
  { [UNKNOWN_ARGUMENT]: unknown, ...args }: Properties,
  configuration: Properties,
  sdkDirectory: string | undefined,
): Properties | undefined {
  if (unknown !== UNKNOWN_TEXT || sdkDirectory === undefined) return undefined;
  const fields = fieldsOfAnswer(sdkDirectory, token);
  if (fields === undefined) return undefined;
  return {
    ...Object.fromEntries(fields.map((field) => [field, UNKNOWN_TEXT])),
    ...known(token, args, configuration),
  };
}

function known(token: string, args: Properties, configuration: Properties): Properties {
  const region = regionOf(args.region ?? configuration.region);
  switch (token) {
    case "aws:index/getRegion:getRegion":
      return regionAskedFor(region, args);
    case "aws:index/getPartition:getPartition":
      return region !== undefined ? partitionOf(region) : {};
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return onlyAccount(configuration.allowedAccountIds);
    case "aws:index/getAvailabilityZones:getAvailabilityZones":
      return region !== undefined ? zonesOf(region, args) : {};
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return policyDocument(args) ?? {};
    default:
      return {};
  }
}

/** Else it is not known, or left to the shell of whoever runs the program. */
function regionOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(value) ? value : undefined;
}

/** A region that is asked for by name or endpoint is not the one of the provider. */
function regionAskedFor(region: string | undefined, { name, id, endpoint }: Properties): Properties {
  return region === undefined || [name, id, endpoint].some(isGiven)
    ? {}
    : { region, name: region, id: region };
}

function partitionOf(region: string): Properties {
  const partition = awsRegion(region)?.partition ?? "aws";
  const dnsSuffix = domains[partition];
  return { partition, id: partition, ...(dnsSuffix === undefined ? {} : { dnsSuffix }) };
}

/** Domains by partition, as AWS publishes them; those of closed partitions stay unknown. */
const domains: { [partition: string]: string | undefined } = {
  aws: "amazonaws.com",
  "aws-us-gov": "amazonaws.com",
  "aws-cn": "amazonaws.com.cn",
  "aws-eusc": "amazonaws.eu",
};

/** A provider that works in one account only says which. */
function onlyAccount(allowed: unknown): Properties {
  const accounts = typeof allowed === "string" ? readList(allowed) : allowed;
  const [accountId, ...others] = Array.isArray(accounts) ? accounts : [];
  return typeof accountId === "string" && others.length === 0 ? { accountId, id: accountId } : {};
}

function readList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Zones of a region are lettered anew for each account: three letters stand for them, and all are in the region. Where
 * Local Zones are asked for, nothing is known.
 */
function zonesOf(region: string, args: Properties): Properties {
  const { filters, allAvailabilityZones, excludeNames, excludeZoneIds } = args;
  if ([filters, allAvailabilityZones, excludeNames, excludeZoneIds].some(isGiven)) return {};
  return { names: ["a", "b", "c"].map((letter) => `${region}${letter}`), id: region };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** Fields of the result that the SDK declares for a function that only looks up. */
function fieldsOfAnswer(sdkDirectory: string, token: string): string[] | undefined {
  const [, module = "", name = ""] = token.split(":");
  if (!/^(get|list)[A-Z]/.test(name)) return undefined;
  const paths = [module, module.replace(/^index\//, ""), `${module}/${name}`, name];
  const file = fileInSdk(
    sdkDirectory,
    paths.map((path) => `${path}.d.ts`),
  );
  if (file === undefined) return undefined;
  const answer = /export interface \w+Result \{\n([\s\S]*?)\n\}/.exec(textOf(file))?.[1];
  if (answer === undefined) return undefined;
  return [...answer.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, field = ""]) => field);
}
