import type { Rule } from "@hybrid-ai-fabric/graph";

export const trainingRules: readonly Rule[] = [];
