import type { Rule } from "@hybrid-ai-fabric/graph";
import { interconnectRules } from "./interconnect";
import { siteRules } from "./site";
import { trainingRules } from "./training";

/** The rules of the pack that asks: will EFA, InfiniBand, Direct Connect and BGP run at full rate and survive a failure? */
export const fabricRules: readonly Rule[] = [...interconnectRules, ...trainingRules, ...siteRules];
