import table from "./data/internet-prices.json";
import { factTable } from "./fact-table";

const rows = factTable<{ tiers: number[]; inferred?: boolean }>("internetPrices", table.asOf, table.regions);

/** What data that leaves a region for the Internet costs in a year. */
export interface EgressCost {
  usdPerYear: number;
  /** True where a price comes from a neighbouring region: it may only warn. */
  inferred: boolean;
}

/** List price of a year's egress to users, spread evenly over twelve months: each month begins at the first tier again. */
export function internetOutCost(region: string, gbPerYear: number): EgressCost | undefined {
  const row = rows.get(region);
  if (!row) return undefined;
  let left = Math.max(0, gbPerYear / 12 - table.freeGBPerMonth);
  let below = 0;
  let usd = 0;
  row.tiers.forEach((price, index) => {
    const upTo = table.upToGB[index] ?? Number.POSITIVE_INFINITY;
    const used = Math.min(left, upTo - below);
    usd += used * price;
    left -= used;
    below = upTo;
  });
  return { usdPerYear: usd * 12, inferred: row.inferred === true };
}
