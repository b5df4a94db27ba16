import {
  broken,
  type EgressBudget,
  type Finding,
  matchesGlob,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { internetOutCost, interRegionPrice } from "@hybrid-ai-fabric/locality";
import { type ServingPlan, servingOf, tokens } from "./serving-plan";

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
  evaluate: (view) => {
    const plan = servingOf(view);
    return view.settings.budgets.egress.flatMap((budget) =>
      matching(view, budget).flatMap((resource) => judge(plan, resource, budget)),
    );
  },
};

const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

/** Types whose traffic is paid where it leaves: a budget that matches a whole stack is not asked of every tag. */
const SENDERS: readonly string[] = [tokens.endpoint, tokens.balancer, REPLICATION];

function matching(view: View, { match }: EgressBudget): PlannedResource[] {
  return view.graph.resources.filter(
    ({ type, name, urn }) => SENDERS.includes(type) && (matchesGlob(match, name) || matchesGlob(match, urn)),
  );
}

function judge(plan: ServingPlan, resource: PlannedResource, budget: EgressBudget): Finding[] {
  const at = plan.regionOf(resource);
  const { gbPerYear, usdPerYear } = budget;
  if ("unknown" in at) {
    const message = `Nothing shows what ${gbPerYear} GB a year from ${resource.name} cost, which may be ${usdPerYear} USD: ${at.unknown}.`;
    return [notShown(resource, "region", message)];
  }
  const cost = yearly(resource, at.region, gbPerYear);
  if (!cost) {
    const message = `No table tells what ${gbPerYear} GB a year from ${at.region} cost, which may be ${usdPerYear} USD.`;
    return [notShown(resource, "region", message)];
  }
  if (cost.usd <= usdPerYear) return [];
  const inferred = cost.inferred ? "; the price is that of a neighbouring region, so this only warns" : "";
  const message = `${resource.name} sends ${gbPerYear} GB a year out of ${at.region} ${cost.to}: about ${Math.round(cost.usd)} USD by list prices, and ${usdPerYear} USD are allowed${inferred}.`;
  return [broken(resource, "region", message, cost.inferred ? { level: "advisory" } : {})];
}

/** To users by the tiers of a month, to another region by its one price. */
function yearly(
  resource: PlannedResource,
  region: string,
  gbPerYear: number,
): { usd: number; inferred: boolean; to: string } | undefined {
  if (resource.type === REPLICATION) {
    const price = interRegionPrice(region);
    return price && { usd: price.usdPerGB * gbPerYear, inferred: price.inferred, to: "to another region" };
  }
  const cost = internetOutCost(region, gbPerYear);
  return cost && { usd: cost.usdPerYear, inferred: cost.inferred, to: "to users" };
}
