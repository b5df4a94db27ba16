import { type Finding, isUnknown, type Rule, type Value, type View } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { entriesOf, fieldOf, listOf, ofKind } from "./manifests";
import { fabricResources, isFabricResource, type PodTemplate, podsOf } from "./pods";

/** Annotation that declares hosts on which locked memory is unlimited: of a pod, of its object or of its namespace. */
const MEMLOCK = "hybrid-ai/memlock";

export const memoryIsLocked: Rule = {
  id: "rdma-pods-may-lock-memory",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A container with an RDMA device may lock memory, or registering a buffer fails with ENOMEM. Hosts whose limit is unlimited do not need it.",
  remediation:
    "Add the capability IPC_LOCK to the container, or raise the limit of locked memory on the hosts and annotate the namespace with hybrid-ai/memlock: unlimited.",
  evaluate: (view) => {
    const unlimited = unlimitedNamespaces(view);
    return podsOf(view)
      .filter((pod) => fabricResources(pod).length > 0 && !isUnlimited(pod, unlimited))
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
      );
  },
};

const saysUnlimited = (annotations: Value | undefined) => fieldOf(annotations, MEMLOCK) === "unlimited";

function unlimitedNamespaces(view: View): Set<string> {
  return new Set(
    ofKind(view, "Namespace")
      .filter(({ properties }) => saysUnlimited(fieldOf(properties.metadata, "annotations")))
      .map(({ cluster, name }) => `${cluster} ${name}`),
  );
}

function isUnlimited(
  { annotations, manifest, cluster, namespace }: PodTemplate,
  unlimited: ReadonlySet<string>,
): boolean {
  return (
    saysUnlimited(annotations) ||
    saysUnlimited(fieldOf(manifest.properties.metadata, "annotations")) ||
    unlimited.has(`${cluster} ${namespace}`)
  );
}
