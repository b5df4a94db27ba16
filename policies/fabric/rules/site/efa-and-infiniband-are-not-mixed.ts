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
    "A pod speaks EFA or InfiniBand: variables of InfiniBand do nothing on EFA, and the provider efa finds nothing on InfiniBand.",
  remediation: "Set NCCL_IB_* on InfiniBand only, and FI_PROVIDER=efa never there.",
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
