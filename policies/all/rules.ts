import type { Rule } from "@hybrid-ai-fabric/graph";
import { fabricRules } from "@hybrid-ai-fabric/policy-fabric/rules";
import { identityRules } from "@hybrid-ai-fabric/policy-identity/rules";
import { localityRules } from "@hybrid-ai-fabric/policy-locality/rules";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";

/** The rules of every pack, for one evaluation in one process. */
export const allRules: readonly Rule[] = [
  ...sovereigntyRules,
  ...localityRules,
  ...fabricRules,
  ...identityRules,
];
