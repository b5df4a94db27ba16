import type { Rule } from "@hybrid-ai-fabric/graph";
import { networkRules } from "./network";
import { servingRules } from "./serving";
import { trainingRules } from "./training";

/** The rules of the pack that asks: is the computation next to its data, within the budgets? */
export const localityRules: readonly Rule[] = [...networkRules, ...trainingRules, ...servingRules];
