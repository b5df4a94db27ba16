import type { Rule } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/sovereignty/rules";

/** The rules of every pack, for one evaluation in one process. */
export const allRules: readonly Rule[] = [...sovereigntyRules];
