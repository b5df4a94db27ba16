import { declaredProperties, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";

/** AWS switched App Mesh off on 2026-09-30: console and resources are out of reach (AWS containers blog). */
export const retiredMeshesAreLeft: Rule = {
  id: "retired-meshes-are-left",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description: "Nothing relies on App Mesh, which ended on 2026-09-30: its rules are enforced nowhere.",
  remediation:
    "Move to Istio ambient or VPC Lattice, and take what is left out of the state with `pulumi state delete <urn>`.",
  evaluate: (view) =>
    view.graph.resources
      .filter(({ type }) => type.startsWith("aws:appmesh/"))
      .map((resource) => {
        const { name } = declaredProperties(resource);
        const message = `${resource.name} is a part of App Mesh, which no longer exists.`;
        return isUnknown(name) ? notShown(resource, "name", message) : broken(resource, "name", message);
      }),
};
