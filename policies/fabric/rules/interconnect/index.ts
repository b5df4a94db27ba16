import type { Rule } from "@hybrid-ai-fabric/graph";

export const interconnectRules: readonly Rule[] = [];
