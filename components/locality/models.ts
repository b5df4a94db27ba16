import { awsRegion } from "./aws-regions";
import { ANYWHERE } from "./countries";
import table from "./data/models.json";
import { factTable } from "./fact-table";

/** Where a model may run, when its id says more than its region. */
export interface ModelReach {
  /** Countries, or `*` for any. */
  countries: string[];
  /** False where the list is an upper bound: some models of the prefix run in fewer. */
  exact: boolean;
}

interface InferenceProfile {
  /** Regions that answer, or `*` for any. */
  regions: string[];
  exact: boolean;
}

/** Bedrock's inference profiles by their prefix (`eu.`, `apac.`, `global.`). */
const profiles = factTable<InferenceProfile>("inferenceProfiles", table.asOf, table.prefixes);
/** First word of the ids of models that run in the region they are called in. */
const makers = new Set(table.makers);

/**
 * Where Bedrock runs a model or inference profile: a geographic prefix (`eu.anthropic...`) spreads calls over a set of
 * countries. Undefined for an id without prefix, which runs where it is called; `unknown` for a prefix no table holds.
 */
export function reachOfModel(id: string): ModelReach | undefined | "unknown" {
  const name = id.split("/").at(-1) ?? id;
  const first = name.split(".", 1)[0] ?? name;
  const profile = profiles.get(first);
  if (profile) return reachOf(profile);
  return makers.has(first) ? undefined : "unknown";
}

/** Countries over which built-in inference spreads from a region; any country where no geography is documented. */
export function geographyOfRegion(region: string): ModelReach {
  const found = Object.entries(table.geographyOfRegion).find(([start]) => region.startsWith(start));
  const profile = found && profiles.get(found[1]);
  return { countries: profile ? reachOf(profile).countries : [ANYWHERE], exact: false };
}

/** Regions in which a call may be answered, or why nobody can say. */
export type InferenceRegions = { regions: string[] } | { problem: string };

/**
 * Where Bedrock may answer a call: in the region that is called, or, by the prefix of an inference profile, in any of
 * its regions, also ones that the account never opted into. A prefix that no table holds may mean anything and is a
 * problem.
 */
export function inferenceRegions(model: string, region: string): InferenceRegions {
  const id = model.split("/").at(-1) ?? model;
  const prefix = /^([a-z]{2,6}(?:-gov)?)\.[a-z0-9-]+\./.exec(id)?.[1];
  if (prefix === undefined) return { regions: [region] };
  const profile = profiles.get(prefix);
  if (!profile) return { problem: `"${prefix}." is no inference profile of the tables` };
  if (profile.regions.includes(ANYWHERE)) return { regions: [ANYWHERE] };
  return { regions: [...new Set([region, ...profile.regions])].sort() };
}

/** A region that no table holds could be anywhere. */
function reachOf({ regions, exact }: InferenceProfile): ModelReach {
  const countries = regions.map((region) => awsRegion(region)?.country ?? ANYWHERE);
  return { countries: [...new Set(countries)], exact };
}
