import { broken, type Finding, notShown, type Rule } from "@hybrid-ai-fabric/graph";
import { type EfaTemplate, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { fullRateEfaCounts } from "@hybrid-ai-fabric/locality";

export const everyCardHasEfa: Rule = {
  id: "every-card-that-takes-efa-has-one",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "An instance runs at the rate that it is sold with only when every card that takes EFA has one; the others idle while the hour costs the same.",
  remediation: "Give every card of the type one EFA interface.",
  evaluate: (view) => trainingOf(view).templates.flatMap(judge),
};

function judge({ resource, property, efa, interfaces, type }: EfaTemplate): Finding[] {
  if (type === undefined || "id" in type) return [];
  if ("why" in type || interfaces.some(({ kind }) => kind === undefined)) {
    return [
      notShown(
        resource,
        property,
        `Nothing shows that ${resource.name} uses every card: type or interfaces are not known before creation.`,
      ),
    ];
  }
  const full = fullRateEfaCounts(type.is);
  const [least = 0] = full;
  if (type.is.maxEfa === 0 || efa.length >= Math.min(...full)) return [];
  const lost = Math.round(type.is.gbps * (1 - efa.length / least));
  const message = `${resource.name} has ${efa.length} EFA interfaces; ${type.is.id} takes ${full.join(" or ")}: ${lost} of ${type.is.gbps} Gbps are lost.`;
  return [broken(resource, property, message)];
}
