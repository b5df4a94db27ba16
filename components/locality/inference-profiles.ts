import { ANYWHERE } from "./countries";
import table from "./data/inference-profiles.json";

const profiles: { [prefix: string]: string[] | undefined } = table.profiles;

/** Regions in which a call may be answered, or why nobody can say. */
export type InferenceRegions = { regions: string[] } | { problem: string };

/**
 * Where Bedrock may answer a call: in the region that is called, or, by the prefix of an inference profile (`eu.`,
 * `apac.`, `global.`), in any of its regions, also ones that the account never opted into. A prefix that no table holds
 * may mean anything and is a problem.
 */
export function inferenceRegions(model: string, region: string): InferenceRegions {
  const id = model.split("/").at(-1) ?? model;
  const prefix = /^([a-z]{2,6}(?:-gov)?)\.[a-z0-9-]+\./.exec(id)?.[1];
  if (prefix === undefined) return { regions: [region] };
  if (table.anywhere.includes(prefix)) return { regions: [ANYWHERE] };
  const regions = Object.hasOwn(profiles, prefix) ? profiles[prefix] : undefined;
  if (!regions) return { problem: `"${prefix}." is no inference profile of the tables` };
  return { regions: [...new Set([region, ...regions])].sort() };
}
