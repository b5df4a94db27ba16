import {
  isRecord,
  isUnknown,
  leavesAt,
  type PlannedResource,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";

/** A container of a workload, with where it stands. */
export interface Container {
  owner: PlannedResource;
  path: string;
  properties: { [key: string]: Value };
}

/** Where each kind keeps its pods. */
const podPaths: { [kind: string]: string[] | undefined } = {
  Pod: ["spec"],
  Job: ["spec.template.spec"],
  Deployment: ["spec.template.spec"],
  StatefulSet: ["spec.template.spec"],
  DaemonSet: ["spec.template.spec"],
  ReplicaSet: ["spec.template.spec"],
  CronJob: ["spec.jobTemplate.spec.template.spec"],
  MPIJob: ["spec.mpiReplicaSpecs.Worker.template.spec", "spec.mpiReplicaSpecs.Launcher.template.spec"],
  PyTorchJob: [
    "spec.pytorchReplicaSpecs.Worker.template.spec",
    "spec.pytorchReplicaSpecs.Master.template.spec",
  ],
  JobSet: ["spec.replicatedJobs[].template.spec.template.spec"],
};

/** Every container of every workload of a plan that can be read. */
export function containersOf(view: View): Container[] {
  return view.graph.resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .flatMap((owner) => {
      const kind = owner.type.split(":").at(-1) ?? "";
      return (podPaths[kind] ?? []).flatMap((pod) =>
        leavesAt(owner.inputs, `${pod}.containers`).flatMap(({ path, value }) =>
          isRecord(value) && !isUnknown(value) ? [{ owner, path, properties: value }] : [],
        ),
      );
    });
}

/** What a container is limited to, else what it asks for: extended resources must be the same in both. */
export function quantityOf({ properties }: Container, resource: string): Value | undefined {
  const { resources } = properties;
  if (!isRecord(resources)) return undefined;
  for (const part of [resources.limits, resources.requests]) {
    if (isUnknown(part)) return part;
    if (isRecord(part) && part[resource] !== undefined) return part[resource];
  }
  return undefined;
}
