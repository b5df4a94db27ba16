import type { Rule } from "@hybrid-ai-fabric/graph";

export const networkRules: readonly Rule[] = [];
