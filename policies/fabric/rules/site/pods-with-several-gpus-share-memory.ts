import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { fieldOf, listOf } from "./manifests";
import { gpusOf, podsOf } from "./pods";

export const sharedMemory: Rule = {
  id: "pods-with-several-gpus-share-memory",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "GPUs of one pod exchange data through /dev/shm, which is 64 MiB unless a volume in memory stands there.",
  remediation: 'Mount a volume emptyDir with medium "Memory" at /dev/shm.',
  evaluate: (view) =>
    podsOf(view).flatMap((pod): Finding[] => {
      const gpus = gpusOf(pod);
      const property = `${pod.path}.volumes`;
      if (gpus === undefined || (gpus > 1 && isUnknown(pod.spec.volumes)))
        return [notKnown(pod.manifest, property)];
      if (gpus < 2) return [];
      const inMemory = listOf(pod.spec.volumes)
        .filter((volume) => fieldOf(volume, "emptyDir", "medium") === "Memory")
        .map((volume) => fieldOf(volume, "name"));
      const mounted = pod.containers
        .flatMap((container) => listOf(fieldOf(container, "volumeMounts")))
        .some(
          (mount) => fieldOf(mount, "mountPath") === "/dev/shm" && inMemory.includes(fieldOf(mount, "name")),
        );
      return mounted
        ? []
        : [broken(pod.manifest, property, `${gpus} GPUs, but /dev/shm is not a volume in memory.`)];
    }),
};
