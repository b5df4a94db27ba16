import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { type EfaTemplate, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";

/** Accelerated images of EKS (API of 2026): AL2_x86_64_GPU is legacy and gets no driver for newer GPUs. */
export const imagesFit: Rule = {
  id: "machine-images-fit-the-instance-type",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A node group with EFA runs an image of its processor and its accelerator; others start without GPUs, or not at all.",
  remediation:
    "Set amiType to AL2023_x86_64_NVIDIA, AL2023_ARM_64_NVIDIA, AL2023_x86_64_NEURON or the Bottlerocket one alike, or CUSTOM with an image of yours.",
  evaluate: (view) =>
    trainingOf(view).templates.flatMap((template) =>
      template.users
        .filter(({ type }) => type === tokens.nodeGroup)
        .flatMap((group) => judge(group, template)),
    ),
};

function judge(group: PlannedResource, { type, resource }: EfaTemplate): Finding[] {
  if (type === undefined || "id" in type) return [];
  const image = textAt(group, "amiType");
  if (image.state === "hidden") {
    return [
      notShown(
        group,
        image.path,
        `Nothing shows that the image of ${group.name} has the drivers of its GPUs: ${image.why}.`,
      ),
    ];
  }
  const own = textAt(resource, "imageId").state !== "absent";
  const name = image.state === "known" ? image.value : "AL2023_x86_64_STANDARD";
  if (name === "CUSTOM" || (image.state === "absent" && own) || "why" in type) return [];
  const neuron = /^(trn|inf)/.test(type.is.id);
  const arm = type.is.arch === "arm64";
  const accelerated = type.is.gpus === 0 || (neuron ? /NEURON/.test(name) : /NVIDIA/.test(name));
  const processor = arm ? /ARM_64/.test(name) : /x86_64/.test(name);
  if (accelerated && processor) return [];
  const needs = [accelerated ? [] : [neuron ? "Neuron" : "NVIDIA"], processor ? [] : [type.is.arch]].flat();
  return [
    broken(
      group,
      "amiType",
      `${group.name} runs ${name} on ${type.is.id}, which needs an image for ${needs.join(" and ")}.`,
    ),
  ];
}
