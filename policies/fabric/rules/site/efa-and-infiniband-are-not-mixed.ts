import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { environmentOf, fabricResources, limitsOf, type PodTemplate, podsOf } from "./pods";

const EFA = "vpc.amazonaws.com/efa";

export const notMixed: Rule = {
  id: "efa-and-infiniband-are-not-mixed",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A pod speaks EFA or InfiniBand. EFA needs huge pages and the provider efa; variables of InfiniBand do nothing there, and the provider efa finds nothing on InfiniBand.",
  remediation:
    "Set hugepages-2Mi beside vpc.amazonaws.com/efa, FI_PROVIDER=efa only there, and NCCL_IB_* only on InfiniBand.",
  evaluate: (view) => podsOf(view).flatMap(judge),
};

function judge(pod: PodTemplate): Finding[] {
  const limits = limitsOf(pod);
  const environment = environmentOf(pod);
  const path = `${pod.path}.containers[]`;
  const fabric = fabricResources(pod);
  const provider = environment.get("FI_PROVIDER");
  if (isUnknown(provider) && (limits.has(EFA) || fabric.length > 0))
    return [notKnown(pod.manifest, `${path}.env.FI_PROVIDER`)];
  const infiniBand = [...environment.keys()].filter((name) => name.startsWith("NCCL_IB_")).sort();
  const wrong: [boolean, string, string][] = [
    [
      limits.has(EFA) && !limits.has("hugepages-2Mi"),
      "resources.limits",
      "EFA without hugepages-2Mi does not start.",
    ],
    [limits.has(EFA) && infiniBand.length > 0, "env", `${infiniBand.join(", ")} is read by InfiniBand only.`],
    [
      !limits.has(EFA) && fabric.length > 0 && provider === "efa",
      "env.FI_PROVIDER",
      `efa, but the pod takes ${fabric.join(", ")}.`,
    ],
  ];
  return wrong
    .filter(([is]) => is)
    .map(([, property, message]) => broken(pod.manifest, `${path}.${property}`, message));
}
