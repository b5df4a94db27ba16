import type { Rule } from "@hybrid-ai-fabric/graph";

/** The rules of the pack that asks: is the computation next to its data, within the budgets? */
export const localityRules: readonly Rule[] = [];
