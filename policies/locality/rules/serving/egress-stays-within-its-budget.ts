import { broken, type Finding, notShown, type Rule } from "@hybrid-ai-fabric/graph";
import { type YearlyEgress, yearlyEgress } from "./yearly-egress";

/** AWS price list 2026-01 and earlier copies (locality/data/prices.json, internet-prices.json). */
export const egressFits: Rule = {
  id: "egress-stays-within-its-budget",
  pack: "locality",
  severity: "medium",
  level: "mandatory",
  description:
    "What leaves a region for users or for another region costs no more in a year than its budget, by list prices. Prices taken from a neighbouring region only warn.",
  remediation:
    "Serve from a region whose data is cheaper to send, send less, or widen the budget in settings.budgets.egress.",
  evaluate: (view) => yearlyEgress(view).flatMap(judge),
};

function judge(egress: YearlyEgress): Finding[] {
  const { resource, region, gbPerYear, allowedUsd, cost, unknown } = egress;
  if (!cost) {
    const message = `Nothing shows what ${gbPerYear} GB a year from ${region ?? resource.name} cost, which may be ${allowedUsd} USD: ${unknown}.`;
    return [notShown(resource, "region", message)];
  }
  if (cost.usd <= allowedUsd) return [];
  const inferred = cost.inferred ? "; the price is that of a neighbouring region, so this only warns" : "";
  const message = `${resource.name} sends ${gbPerYear} GB a year out of ${region} ${cost.to}: about ${Math.round(cost.usd)} USD by list prices, and ${allowedUsd} USD are allowed${inferred}.`;
  return [broken(resource, "region", message, cost.inferred ? { level: "advisory" } : {})];
}
