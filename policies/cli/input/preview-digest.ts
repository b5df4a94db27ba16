import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { positionOf } from "@hybrid-ai-fabric/report";
import {
  type EngineResource,
  nameOf,
  plannedResource,
  providerUrn,
  requireResource,
  stackOf,
} from "./engine-resource";
import type { PlanInput, ReadOptions } from "./plan-input";
import { STACK_REFERENCE, withUnseenLabels } from "./unseen-outputs";

interface Step {
  op?: string;
  urn?: string;
  newState?: unknown;
}

/**
 * What `pulumi preview --json` prints: a step for each resource, with the state it would have. The engine leaves out
 * default providers (their region stands in the configuration), and what a provider or component would return.
 */
export function readPreview(
  content: { [key: string]: unknown },
  file: string,
  { allowMissingOutputs = false }: ReadOptions = {},
): PlanInput {
  const steps = content.steps as Step[];
  requireComplete(content, steps, file);
  const latest = new Map<string, EngineResource>();
  steps.forEach((step, index) => {
    if (step?.newState === undefined || step.newState === null) return;
    const resource = requireResource(step.newState, `${file}: steps[${index}].newState`);
    // What a program only reads is not shown to policies either, but for what other stacks say.
    if (resource.external !== true || resource.type === STACK_REFERENCE) latest.set(resource.urn, resource);
  });
  const resources = [...latest.values()];
  const config = isTexts(content.config) ? content.config : {};
  const environment = stackOf(resources[0]?.urn ?? "") ?? "unknown";
  const planned = [...defaultProviders(resources, config, file), ...resources.map(plannedResource)];
  return {
    kind: `a preview of the stack ${environment}`,
    environment,
    resources: allowMissingOutputs ? planned : withUnseenLabels(planned),
    positions: new Map(
      resources.flatMap((resource) => {
        const position = positionOf(resource);
        return position ? [[resource.urn, position] as const] : [];
      }),
    ),
    standIns: [],
    lacks: [
      "A preview holds no outputs: values that a provider fills in, and what components only register, are not seen. " +
        (allowMissingOutputs
          ? "Labels among them are missing from this verdict, as --allow-missing-outputs says."
          : "Labels that may be among them count as unknown. The packs on the engine see them."),
    ],
  };
}

/** A preview that failed, or left resources out, would hold because of what is missing. */
function requireComplete(content: { [key: string]: unknown }, steps: readonly Step[], file: string): void {
  const diagnostics = Array.isArray(content.diagnostics) ? content.diagnostics : [];
  const failed = diagnostics.find((entry) => entry?.severity === "error");
  if (failed) {
    const [reason] = String(failed.message ?? "")
      .trim()
      .split("\n", 1);
    throw new WrongInput(`${file}: the preview failed, so its steps are not the whole plan: ${reason}`);
  }
  const changes = content.changeSummary as { [op: string]: number } | undefined;
  if (!changes) throw new WrongInput(`${file}: it has no changeSummary, so the preview did not end.`);
  const missing = (changes.same ?? 0) - steps.filter((step) => step?.op === "same").length;
  if (missing > 0)
    throw new WrongInput(
      `${file}: ${missing} unchanged resources are not in it; make it with \`pulumi preview --json --show-sames\`.`,
    );
}

/** A default provider takes its settings from the configuration of the stack: `aws:region`. */
function defaultProviders(
  resources: readonly EngineResource[],
  config: { [key: string]: string },
  file: string,
): PlannedResource[] {
  const known = new Set(resources.map(({ urn }) => urn));
  const missing = new Set(
    resources.flatMap(({ provider }) => providerUrn(provider) ?? []).filter((urn) => !known.has(urn)),
  );
  return [...missing].sort().map((urn) => {
    const name = nameOf(urn);
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    if (!/^default(_|$)/.test(name))
      throw new WrongInput(`${file}: it refers to the provider ${name} but holds no step of it.`);
    const prefix = `${type.split(":").at(-1)}:`;
    const inputs = Object.fromEntries(
      Object.entries(config)
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => [key.slice(prefix.length), value]),
    );
    return plannedResource({ urn, type, inputs, outputs: inputs });
  });
}

function isTexts(value: unknown): value is { [key: string]: string } {
  return (
    typeof value === "object" && value !== null && Object.values(value).every((v) => typeof v === "string")
  );
}
