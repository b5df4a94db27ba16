import type { Rule } from "@hybrid-ai-fabric/graph";

export const siteRules: readonly Rule[] = [];
