import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { readPlan } from "./plan-file";
import type { PlanInput, ReadOptions } from "./plan-input";
import { readPreview } from "./preview-digest";
import { readState } from "./state";

const FORMATS =
  "a plan of `npm start -- --json`, a state of `pulumi stack export`, or the output of `pulumi preview --json --show-sames`";

/** Reads a file in any of the formats that hold a whole plan; throws for what holds less. */
export function readPlanInput(file: string, workingDirectory: string, options: ReadOptions = {}): PlanInput {
  const path = resolve(workingDirectory, file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new WrongInput(`${file}: there is no such file`);
  return planInput(readFileSync(path, "utf8"), file, options);
}

/** The plan that a text holds. */
export function planInput(text: string, file: string, options: ReadOptions = {}): PlanInput {
  const content = parse(text, file);
  if (typeof content !== "object" || content === null || Array.isArray(content))
    throw new WrongInput(`${file}: it is not an object; it should be ${FORMATS}.`);
  const record = content as { [key: string]: unknown };
  const foreign = refusals.find(({ when }) => when(record));
  if (foreign) throw new WrongInput(`${file}: ${foreign.reason}`);
  if ("deployment" in record || "checkpoint" in record) return readState(record, file);
  if (Array.isArray(record.steps)) return readPreview(record, file, options);
  if ("resources" in record) return readPlan(record, file);
  throw new WrongInput(`${file}: it is none of the formats that can be judged: ${FORMATS}.`);
}

/** Files that look like a plan and are none, each with the reason. */
const refusals: { when(content: { [key: string]: unknown }): boolean; reason: string }[] = [
  {
    when: ({ resourcePlans, plan }) => isObject(resourcePlans) || (isObject(plan) && "resourcePlans" in plan),
    reason:
      "it is an update plan of Pulumi, which holds only how each resource differs from the state before it, so what does not change " +
      "is missing. Use `pulumi preview --json --show-sames`.",
  },
  {
    when: (content) => "terraform_version" in content || "planned_values" in content,
    reason: "it is a plan of Terraform or OpenTofu; the packs judge Pulumi programs.",
  },
  {
    when: (content) => "Resources" in content && !("resources" in content),
    reason: "it is a CloudFormation template; the packs judge Pulumi programs.",
  },
  {
    when: (content) => "sequence" in content && "timestamp" in content,
    reason: "it is one event of an engine; the packs judge whole plans.",
  },
];

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^\{"sequence":/.test(text))
      throw new WrongInput(
        `${file}: it is a stream of engine events; unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW and preview again.`,
      );
    throw new WrongInput(`${file}: it is not valid JSON: ${(error as Error).message}`);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
