import type { DatasetTerms } from "./datasets";
import type { Graph } from "./flow/node";
import type { PathStep, Reach } from "./flow/propagate";
import type { Settings } from "./settings";

export type Severity = "low" | "medium" | "high" | "critical";
export type FindingVerdict = "broken" | "cannotBeShown";

/** What a rule found about one resource. Everything that is not listed holds. */
export interface Finding {
  verdict: FindingVerdict;
  urn: string;
  message: string;
  path: PathStep[];
  dataset?: string;
  /** A level of its own, below the rule's default. */
  level?: "mandatory" | "advisory";
}

/** Everything that a rule may look at: built once per plan, shared by all rules. */
export interface View {
  graph: Graph;
  datasets: ReadonlyMap<string, DatasetTerms>;
  reach: Reach;
  settings: Settings;
  /** Date of the evaluation (YYYY-MM-DD), against which approvals expire. */
  today: string;
  /** Notes that an attestation was relied on, so that the output can list it. */
  use(what: string): void;
}

/** A rule is a sentence that must hold for a plan. */
export interface Rule {
  /** The sentence, in kebab case: stable, quoted in settings and reports. */
  id: string;
  pack: string;
  severity: Severity;
  level: "mandatory" | "advisory";
  /** Why the rule exists. */
  description: string;
  /** What to change when it is broken. */
  remediation: string;
  evaluate(view: View): Finding[];
}

/** A finding as packs report it and as it stands in a plan file. */
export interface Violation {
  pack: string;
  rule: string;
  level: "mandatory" | "advisory";
  severity: Severity;
  verdict: FindingVerdict;
  urn: string;
  message: string;
  path: PathStep[];
  dataset?: string;
  /** Id of the exemption that made it advisory. */
  exemption?: string;
}
