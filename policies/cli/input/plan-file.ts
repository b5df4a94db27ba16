import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import type { SourcePosition } from "@hybrid-ai-fabric/report";
import { nameOf, requireResource } from "./engine-resource";
import type { PlanInput } from "./plan-input";

/** A plan that `--json` wrote. Its verdict is not trusted but made anew. */
export function readPlan(content: { [key: string]: unknown }, file: string): PlanInput {
  const list = content.resources;
  if (content.version !== 1)
    throw new WrongInput(`${file}: version ${String(content.version)} of a plan is not supported, only 1.`);
  if (!Array.isArray(list))
    throw new WrongInput(`${file}: it holds no resources, because its preview could not be judged.`);
  const positions = new Map<string, SourcePosition>();
  const resources = list.map((value, index): PlannedResource => {
    const given = requireResource(
      value,
      `${file}: resources[${index}]`,
    ) as unknown as Partial<PlannedResource> & {
      urn: string;
      type: string;
      sourcePosition?: unknown;
    };
    const custom = given.custom ?? given.provider !== undefined;
    const { sourcePosition, ...resource } = given;
    if (isPosition(sourcePosition)) positions.set(given.urn, sourcePosition);
    const filled = {
      name: nameOf(given.urn),
      inputs: {},
      outputs: {},
      dependencies: [],
      propertyDependencies: {},
    };
    return { ...filled, ...resource, custom };
  });
  const environment = typeof content.environment === "string" ? content.environment : "unknown";
  const standIns = Array.isArray(content.standIns) ? (content.standIns as PlanInput["standIns"]) : [];
  return {
    kind: `a plan of ${environment}`,
    environment,
    resources,
    positions,
    standIns,
    lacks: [],
  };
}

function isPosition(value: unknown): value is SourcePosition {
  if (typeof value !== "object" || value === null) return false;
  const { file, line, column } = value as { [key: string]: unknown };
  return typeof file === "string" && typeof line === "number" && typeof column === "number";
}
