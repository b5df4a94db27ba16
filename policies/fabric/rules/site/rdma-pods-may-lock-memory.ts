import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { entriesOf, fieldOf, listOf } from "./manifests";
import { fabricResources, isFabricResource, podsOf } from "./pods";

export const memoryIsLocked: Rule = {
  id: "rdma-pods-may-lock-memory",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A container with an RDMA device may lock memory, or registering a buffer fails with ENOMEM. Hosts whose limit is unlimited do not need it.",
  remediation:
    "Add the capability IPC_LOCK to the container, or raise the limit of locked memory on the hosts.",
  evaluate: (view) =>
    podsOf(view)
      .filter((pod) => fabricResources(pod).length > 0)
      .flatMap((pod) =>
        listOf(pod.spec.containers).flatMap((container, index): Finding[] => {
          const limits = entriesOf(fieldOf(container, "resources", "limits"));
          if (!limits.some(([name]) => isFabricResource(name))) return [];
          const property = `${pod.path}.containers[${index}].securityContext`;
          const added = fieldOf(container, "securityContext", "capabilities", "add");
          const privileged = fieldOf(container, "securityContext", "privileged");
          if (
            privileged === true ||
            listOf(added).some((capability) => capability === "IPC_LOCK" || capability === "ALL")
          )
            return [];
          if (isUnknown(added) || isUnknown(privileged)) return [notKnown(pod.manifest, property)];
          return [broken(pod.manifest, property, "it takes an RDMA device without IPC_LOCK.")];
        }),
      ),
};
