import { type Judgement, judge, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { allRules } from "./rules";

/**
 * Judges the resources of a plan file by all packs, or by some rules of them, with the settings that the packs are configured with
 * (`{ "settings": { ... } }`, or undefined). What the engine enforces and what a report says comes from here.
 */
export function evaluatePlan(
  resources: readonly PlannedResource[],
  configuration: unknown,
  today?: string,
  rules: readonly Rule[] = allRules,
): Judgement {
  return judge(resources, settingsOf(configuration), rules, today);
}

/** The settings inside a configuration of packs, which Pulumi keys by policy. */
export function settingsOf(configuration: unknown): unknown {
  if (typeof configuration !== "object" || configuration === null) return undefined;
  return "settings" in configuration ? configuration.settings : configuration;
}
