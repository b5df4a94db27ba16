import { type EgressBudget, matchesGlob, type PlannedResource, type View } from "@hybrid-ai-fabric/graph";
import { internetOutCost, interRegionPrice } from "@hybrid-ai-fabric/locality";
import { type ServingPlan, servingOf, tokens } from "./serving-plan";

/** What a sender with a budget sends out of its region in a year, and what that costs by list prices. */
export interface YearlyEgress {
  resource: PlannedResource;
  sender: string;
  /** Undefined where nothing shows it. */
  region?: string;
  gbPerYear: number;
  allowedUsd: number;
  /** Undefined where nothing tells it, and `unknown` says why. */
  cost?: EgressCost;
  unknown?: string;
}

export interface EgressCost {
  usd: number;
  /** True where the price is that of a neighbouring region. */
  inferred: boolean;
  to: string;
}

/** The yearly egress of everything that has a budget for it, in the order of the budgets. */
export function yearlyEgress(view: View): YearlyEgress[] {
  const { egress } = view.settings.budgets;
  if (egress.length === 0) return [];
  const plan = servingOf(view);
  return egress.flatMap((budget) =>
    matching(view, budget).map((resource) => egressOf(plan, resource, budget)),
  );
}

const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

/** Types whose traffic is paid where it leaves: a budget that matches a whole stack is not asked of every tag. */
const SENDERS: readonly string[] = [tokens.endpoint, tokens.balancer, REPLICATION];

function matching(view: View, { match }: EgressBudget): PlannedResource[] {
  return view.graph.resources.filter(
    ({ type, name, urn }) => SENDERS.includes(type) && (matchesGlob(match, name) || matchesGlob(match, urn)),
  );
}

function egressOf(plan: ServingPlan, resource: PlannedResource, budget: EgressBudget): YearlyEgress {
  const { gbPerYear, usdPerYear } = budget;
  const asked = { resource, sender: resource.name, gbPerYear, allowedUsd: usdPerYear };
  const at = plan.regionOf(resource);
  if ("unknown" in at) return { ...asked, unknown: at.unknown };
  const cost = costOf(resource, at.region, gbPerYear);
  return cost
    ? { ...asked, region: at.region, cost }
    : { ...asked, region: at.region, unknown: "no table has a price for that region" };
}

/** To users by the tiers of a month, to another region by its one price. */
function costOf(resource: PlannedResource, region: string, gbPerYear: number): EgressCost | undefined {
  if (resource.type === REPLICATION) {
    const price = interRegionPrice(region);
    return price && { usd: price.usdPerGB * gbPerYear, inferred: price.inferred, to: "to another region" };
  }
  const cost = internetOutCost(region, gbPerYear);
  return cost && { usd: cost.usdPerYear, inferred: cost.inferred, to: "to users" };
}
