import { broken, type Finding, notShown, type Rule } from "@hybrid-ai-fabric/graph";
import { type EfaTemplate, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { efaInstanceTypeIds, instanceTypesAsOf, nearest } from "@hybrid-ai-fabric/locality";

export const efaTypes: Rule = {
  id: "efa-is-asked-of-types-that-have-it",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description: "EFA interfaces are asked of instance types that have EFA; EC2 refuses to launch the others.",
  remediation: "Choose a size with EFA, or plain interfaces.",
  evaluate: (view) => trainingOf(view).templates.flatMap(judge),
};

function judge({ resource, type }: EfaTemplate): Finding[] {
  if (type === undefined) return [];
  if ("why" in type) {
    return [
      notShown(
        resource,
        "instanceType",
        `Nothing shows that the type of ${resource.name} has EFA: ${type.why}.`,
      ),
    ];
  }
  if ("id" in type) {
    const message = `The table of ${instanceTypesAsOf} does not hold ${type.id}, the type of ${resource.name}, so nothing shows that it has EFA.`;
    return [notShown(resource, "instanceType", message, { level: "advisory" })];
  }
  if (type.is.maxEfa > 0) return [];
  const near = nearest(type.is.id, efaInstanceTypeIds()).join(", ");
  const why = type.is.layoutUnknown ?? "has no EFA";
  return [
    broken(
      resource,
      "instanceType",
      `${type.is.id}, the type of ${resource.name}: ${why}. Nearest with EFA: ${near}.`,
    ),
  ];
}
