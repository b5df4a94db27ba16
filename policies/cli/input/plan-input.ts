import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import type { SourcePosition } from "@hybrid-ai-fabric/report";

/** How a file is read. */
export interface ReadOptions {
  /** Labels that a preview may have left out count as absent, not as unknown. Default: false. */
  allowMissingOutputs?: boolean;
}

/** The resources of a file, whatever its format, with what it does not tell. */
export interface PlanInput {
  /** What was read, for the first line of the output: `a state of the stack prod`. */
  kind: string;
  environment: string;
  resources: PlannedResource[];
  positions: Map<string, SourcePosition>;
  standIns: { package: string; version: string }[];
  /** What a format leaves out, where it matters for the verdict. */
  lacks: string[];
}
