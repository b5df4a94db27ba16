import type { Rule } from "@hybrid-ai-fabric/graph";

/** The rules of the pack that asks: will EFA, InfiniBand, Direct Connect and BGP run at full rate and survive a failure? */
export const fabricRules: readonly Rule[] = [];
