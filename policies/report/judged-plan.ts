import type { PlannedResource, Rule, Summary, Violation } from "@hybrid-ai-fabric/graph";
import type { SourcePosition } from "./source-position";

/** A plan with its verdict: all that any report is computed from. */
export interface JudgedPlan {
  /** Name of the environment or stack. */
  environment: string;
  /** File that annotations point to when nothing shows the line of a resource: a configuration, a state or a plan. */
  source: string;
  /** Lines of the program by URN, for input that tells them. */
  positions: ReadonlyMap<string, SourcePosition>;
  /** Providers that answered in place of real ones; empty for a plan that real ones answered. */
  standIns: readonly { package: string; version: string }[];
  resources: readonly PlannedResource[];
  rules: readonly Rule[];
  violations: readonly Violation[];
  summary: Summary;
  /** Settings of the packs, as they were given. */
  settings: unknown;
  /** Date of the judgement (YYYY-MM-DD). */
  today: string;
}

/** The tool as reports name it. */
export const TOOL = { name: "hybrid-ai-fabric", version: "0.1.0" } as const;

/** The plan file of `--json`. */
export function planJson(plan: JudgedPlan): string {
  const { environment, standIns, positions, violations, summary } = plan;
  const resources = plan.resources.map((resource) => {
    const sourcePosition = positions.get(resource.urn);
    return sourcePosition ? { ...resource, sourcePosition } : resource;
  });
  const content = { version: 1, environment, standIns, resources, violations, summary };
  return `${JSON.stringify(content, null, 2)}\n`;
}
