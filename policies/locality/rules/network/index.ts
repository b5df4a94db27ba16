import type { Rule } from "@hybrid-ai-fabric/graph";
import { regionsAreNearEachOther } from "./regions-are-near-enough-to-each-other";
import { regionsAreNearTheirSite } from "./regions-are-near-enough-to-their-site";
import { sitesAreNearEachOther } from "./sites-are-near-enough-to-each-other";

/** Whether what the network joins is near enough for the budgets. */
export const networkRules: readonly Rule[] = [
  regionsAreNearTheirSite,
  sitesAreNearEachOther,
  regionsAreNearEachOther,
];
