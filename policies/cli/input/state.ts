import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { positionOf } from "@hybrid-ai-fabric/report";
import { plannedResource, requireResource, stackOf } from "./engine-resource";
import type { PlanInput } from "./plan-input";

/** Versions of a deployment whose resources have the fields that are read here. */
const VERSIONS = [3, 4];

/**
 * A state: `pulumi stack export`, or the checkpoint that a backend of files keeps. What is marked for deletion is left
 * out, as `pulumi policy analyze` does.
 */
export function readState(content: { [key: string]: unknown }, file: string): PlanInput {
  const { version } = content;
  if (typeof version !== "number" || !VERSIONS.includes(version))
    throw new WrongInput(
      `${file}: version ${String(version)} of a state is not supported, only ${VERSIONS.join(" and ")}.`,
    );
  const deployment = deploymentIn(content);
  const list = deployment?.resources ?? [];
  if (!deployment || !Array.isArray(list))
    throw new WrongInput(`${file}: its deployment holds no resources.`);
  const resources = list
    .map((value, index) => requireResource(value, `${file}: resources[${index}]`))
    .filter((resource) => resource.delete !== true);
  const environment = stackOf(resources[0]?.urn ?? "") ?? "unknown";
  return {
    kind: `a state of the stack ${environment}`,
    environment,
    resources: resources.map(plannedResource),
    positions: new Map(
      resources.flatMap((resource) => {
        const position = positionOf(resource);
        return position ? [[resource.urn, position] as const] : [];
      }),
    ),
    standIns: [],
    lacks: [],
  };
}

/** `stack export` wraps a deployment, a checkpoint of a file backend calls it `latest`. */
function deploymentIn(content: { [key: string]: unknown }): { resources?: unknown } | undefined {
  const { deployment, checkpoint } = content as {
    deployment?: { resources?: unknown } | null;
    checkpoint?: { latest?: { resources?: unknown } | null } | null;
  };
  return deployment ?? checkpoint?.latest ?? undefined;
}
