import { judge } from "@hybrid-ai-fabric/graph";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";
import type { JudgedPlan } from "@hybrid-ai-fabric/report";
import { plan, type ResourceSpec, registry } from "./plan";
import { today } from "./rule-suite";

/** A judged plan for tests of reports. */
export function judged(specs: readonly ResourceSpec[], settings: unknown = registry): JudgedPlan {
  const resources = plan(specs);
  return {
    environment: "fixture",
    source: "stacks/Pulumi.fixture.yaml",
    positions: new Map(),
    standIns: [{ package: "aws", version: "7.48.0" }],
    resources,
    rules: allRules,
    ...judge(resources, settings, allRules, today),
    settings,
    today,
  };
}
