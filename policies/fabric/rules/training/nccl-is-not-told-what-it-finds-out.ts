import {
  broken,
  type Finding,
  isRecord,
  isUnknown,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { trainingOf } from "@hybrid-ai-fabric/graph/training";
import { containersOf } from "./pods";

/** Obsolete or harmful with libfabric 1.18 and aws-ofi-nccl 1.7 and later (awsome-distributed-ai, EFA cheat sheet, 2026-07). */
const obsolete: { [name: string]: string | undefined } = {
  FI_PROVIDER: "the plugin finds EFA by itself",
  FI_EFA_USE_DEVICE_RDMA: "it does nothing since libfabric 1.18",
  FI_EFA_FORK_SAFE: "kernels from 5.15 on need none",
  FI_EFA_ENABLE_SHM_TRANSFER: "it is for MPI",
  NCCL_PROTO: "it hides the protocols that are faster",
  NCCL_NSOCKS_PERTHREAD: "it tunes sockets that EFA does not use",
  NCCL_SOCKET_NTHREADS: "it tunes sockets that EFA does not use",
  NCCL_MIN_CHANNELS: "it undoes the tuning of the plugin",
  NCCL_BUFFSIZE: "it undoes the tuning of the plugin",
};

export const ncclFindsOut: Rule = {
  id: "nccl-is-not-told-what-it-finds-out",
  pack: "fabric",
  severity: "low",
  level: "advisory",
  description:
    "Jobs set no variable of NCCL or libfabric that has become useless or slows them down; most were copied from guides of 2021.",
  remediation: "Remove the variable; NCCL_DEBUG=INFO is enough to see that EFA is used.",
  evaluate: (view) => [
    ...containersOf(view).flatMap(({ owner, path, properties }) =>
      namesOf(owner, `${path}.env`, properties, "env"),
    ),
    ...trainingOf(view)
      .all("aws:ecs/taskDefinition:TaskDefinition")
      .filter((definition) => !isFargate(definition))
      .flatMap((definition) => inTaskDefinition(definition)),
  ],
};

/** Fargate has neither GPUs nor EFA. */
function isFargate({ inputs }: PlannedResource): boolean {
  const launched = inputs.requiresCompatibilities;
  return Array.isArray(launched) && launched.length > 0 && launched.every((one) => one === "FARGATE");
}

function inTaskDefinition(definition: PlannedResource): Finding[] {
  const text = definition.inputs.containerDefinitions;
  if (isUnknown(text)) {
    return [
      notShown(
        definition,
        "containerDefinitions",
        `Nothing shows which variables ${definition.name} sets: its containers are not known before creation.`,
      ),
    ];
  }
  try {
    const containers: unknown = typeof text === "string" ? JSON.parse(text) : text;
    if (!Array.isArray(containers)) return [];
    return containers.flatMap((container) =>
      namesOf(definition, "containerDefinitions", container, "environment"),
    );
  } catch {
    // ECS itself refuses a text that is no JSON.
    return [];
  }
}

function namesOf(owner: PlannedResource, property: string, container: unknown, key: string): Finding[] {
  if (typeof container !== "object" || container === null) return [];
  return leavesAt({ ...container } as Parameters<typeof leavesAt>[0], key).flatMap(({ value }) => {
    const name = isRecord(value) && typeof value.name === "string" ? value.name : "";
    const why = obsolete[name] ?? (name.startsWith("RDMAV_") ? "libfabric decides" : undefined);
    return why === undefined ? [] : [broken(owner, property, `${owner.name} sets ${name}: ${why}.`)];
  });
}
