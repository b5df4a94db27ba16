import { compare, type Violation } from "@hybrid-ai-fabric/graph";
import { CouldNotRun, WrongInput } from "./engine/failure";
import type { PolicyEvent } from "./events";
import type { PreviewResult } from "./preview";

/** First line of what the program says when its environment is wrong. */
const WRONG_ENVIRONMENT = "The environment is wrong:";

export const exitStatus = { holds: 0, refused: 1, wrongInput: 2, couldNotRun: 3 } as const;

/**
 * Turns the end of a preview into an outcome: throws for input that is wrong and for what could not run, and tells
 * whether a policy refused the plan.
 */
export function outcomeOf(result: PreviewResult, violations: readonly Violation[]): "holds" | "refused" {
  const wrong = result.errors.find((error) => error.includes(WRONG_ENVIRONMENT));
  if (wrong !== undefined) throw new WrongInput(messageFrom(wrong));
  const silenced = result.policies.filter((event) => event.message.startsWith("can't run policy"));
  if (silenced.length > 0)
    throw new CouldNotRun(`A policy could not run:\n${silenced.map((event) => event.message).join("\n")}`);
  const enforced = mandatory(result.policies);
  if (result.resources === undefined || (result.status !== 0 && enforced.length === 0)) {
    throw new CouldNotRun(`The preview failed:\n${result.errors.join("\n") || result.output.trim()}`);
  }
  const expected = violations
    .filter((violation) => violation.level === "mandatory")
    .map(keyOfViolation)
    .sort(compare);
  const found = [...new Set(enforced.map(keyOfEvent))].sort(compare);
  const wanted = [...new Set(expected)];
  if (found.join("\n") !== wanted.join("\n")) {
    throw new CouldNotRun(
      `The engine and the report disagree, which is a defect.\nThe engine found:\n${found.join("\n")}\nThe report found:\n${wanted.join("\n")}`,
    );
  }
  return enforced.length > 0 ? "refused" : "holds";
}

function messageFrom(error: string): string {
  return error
    .slice(error.indexOf(WRONG_ENVIRONMENT))
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .join("\n")
    .trim();
}

function mandatory(events: readonly PolicyEvent[]): PolicyEvent[] {
  return events.filter((event) => event.enforcementLevel === "mandatory");
}

function keyOfEvent(event: PolicyEvent): string {
  return `${event.policyName} ${isOfStack(event.resourceUrn) ? "" : event.resourceUrn}`;
}

function keyOfViolation(violation: Violation): string {
  return `${violation.rule} ${isOfStack(violation.urn) ? "" : violation.urn}`;
}

/** A violation that belongs to no resource is shown at the stack. */
function isOfStack(urn: string): boolean {
  return urn === "" || urn.includes("::pulumi:pulumi:Stack::");
}
