import table from "./data/models.json";

/** Where a model may run, when its id says more than its region. */
export interface ModelReach {
  /** Countries, or `*` for any. */
  countries: string[];
  /** False where the list is an upper bound: some models of the prefix run in fewer. */
  exact: boolean;
}

const prefixes: { [prefix: string]: ModelReach | undefined } = table.prefixes;
/** First word of the ids of models that run in the region they are called in. */
const makers = new Set(table.makers);

/**
 * Where Bedrock runs a model or inference profile: a geographic prefix (`eu.anthropic...`) spreads calls over a set of
 * countries. Undefined for an id without prefix, which runs where it is called; `unknown` for a prefix no table holds.
 */
export function reachOfModel(id: string): ModelReach | undefined | "unknown" {
  const name = id.split("/").at(-1) ?? id;
  const first = name.split(".", 1)[0] ?? name;
  if (Object.hasOwn(prefixes, first)) return prefixes[first];
  return makers.has(first) ? undefined : "unknown";
}

/** Countries over which built-in inference spreads from a region; any country where no geography is documented. */
export function geographyOfRegion(region: string): ModelReach {
  const found = Object.entries(table.geographyOfRegion).find(([start]) => region.startsWith(start));
  const reach = found && prefixes[found[1]];
  return { countries: reach?.countries ?? ["*"], exact: false };
}
