import { awsRegion } from "./aws-regions";
import { ANYWHERE } from "./countries";
import table from "./data/hosts.json";
import { factTable, perLayer } from "./fact-table";
import type { Place } from "./place";
import { placeOfAwsRegion } from "./place";

interface HostRule {
  pattern: string;
  operator: string;
  /** A country, `EDGE`, `awsRegions[$1]`, a bloc or null where the name does not tell. */
  place: string | null;
  precedence?: number;
}

const hosts = factTable<HostRule>(
  "hosts",
  table.asOf,
  Object.fromEntries((table.rules as HostRule[]).map((rule) => [rule.pattern, rule])),
);

const rules = perLayer(() =>
  hosts
    .entries()
    .map(([, rule]) => ({ ...rule, expression: new RegExp(rule.pattern) }))
    .sort((a, b) => (b.precedence ?? 0) - (a.precedence ?? 0)),
);

/** The place that a public host name tells: its AWS region, or where its operator keeps that name. */
export function placeOfHost(host: string): Place | undefined {
  for (const { expression, operator, place } of rules()) {
    const match = expression.exec(host);
    if (!match) continue;
    if (place === "awsRegions[$1]") {
      const region = match[1] === undefined ? undefined : placeOfAwsRegion(match[1]);
      if (region) return operator === "aws" ? region : { ...region, operator };
    } else if (place === "EDGE") return { country: ANYWHERE, operator };
    else if (place !== null && /^[A-Z]{2}$/.test(place)) return { country: place, operator };
    else return undefined;
  }
  return undefined;
}

/** AWS regions that a text names, as words of their own. */
export function awsRegionsIn(text: string): string[] {
  const words = text.match(/\b[a-z]{2,4}(?:-[a-z]+)+-\d(?![a-z0-9])/g) ?? [];
  return [...new Set(words)].filter((word) => awsRegion(word) !== undefined).sort();
}
