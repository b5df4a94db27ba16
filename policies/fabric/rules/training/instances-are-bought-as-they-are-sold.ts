import { broken, type Finding, notShown, type Rule } from "@hybrid-ai-fabric/graph";
import { type EfaTemplate, mostNodes, purchaseOf, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { instanceTypesAsOf } from "@hybrid-ai-fabric/locality";

export const boughtAsSold: Rule = {
  id: "instances-are-bought-as-they-are-sold",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Instance types are asked for in a way that they are sold, and UltraServers whole; the rest waits for capacity that never comes.",
  remediation: "Use a Capacity Block where the type is sold in no other way, and whole UltraServers.",
  evaluate: (view) => trainingOf(view).templates.flatMap(judge),
};

function judge({ resource, type, users }: EfaTemplate): Finding[] {
  if (type === undefined || "id" in type) return [];
  const purchase = purchaseOf(resource);
  if ("why" in type || purchase === undefined) {
    return [
      notShown(
        resource,
        "instanceMarketOptions",
        `Nothing shows that ${resource.name} buys its nodes as they are sold: type or market is not known before creation.`,
      ),
    ];
  }
  const { id, purchase: ways, ultraServer } = type.is;
  const way = purchase === "capacity-block" && ultraServer ? "capacity-block-ultraserver" : purchase;
  const sold = way === "spot" ? ways.includes("on-demand") : ways.includes(way);
  const wrong = sold
    ? []
    : [
        broken(
          resource,
          "instanceMarketOptions",
          `${resource.name} asks for ${id} as ${way}; it is sold as ${ways.join(", ")} (table of ${instanceTypesAsOf}).`,
        ),
      ];
  if (!ultraServer) return wrong;
  const split = users.flatMap((user) => {
    const nodes = mostNodes(user);
    if (nodes === undefined || ultraServer.some((size) => nodes % size === 0)) return [];
    return [
      broken(
        user,
        "scalingConfig",
        `${user.name} takes ${nodes} of ${id}; an UltraServer has ${ultraServer.join(" or ")}.`,
      ),
    ];
  });
  return [...wrong, ...split];
}
