import type { Rule } from "@hybrid-ai-fabric/graph";
import { allowedPlacesText, describePlace, isUnlimited, mayBeIn } from "@hybrid-ai-fabric/locality";
import { presences } from "./arrivals";

export const controlPlanesStay: Rule = {
  id: "control-planes-stay-where-they-may-be",
  pack: "sovereignty",
  severity: "medium",
  level: "mandatory",
  description:
    "Names, policies and metadata of services without regions stand at one home per partition; a few residencies forbid even that.",
  remediation: "Use a partition whose control plane is inside the residency, or a service with regions.",
  evaluate: (view) =>
    presences(view).flatMap((presence) => {
      const { arrival, dataset } = presence;
      const { resource, row } = arrival.node;
      const worldwide = row?.places.some(
        ({ how }) => how === "global" || how === "members" || how === "anywhere",
      );
      if (!resource || !worldwide || !resource.type.startsWith("aws:") || "region" in resource.inputs)
        return [];
      // A policy that names a store is no metadata of what is in it.
      if (row?.role === "control" && arrival.over !== undefined) return [];
      const { residency, kinds, name } = dataset;
      if (isUnlimited(residency, "controlPlane")) return [];
      const { path } = presence;
      const home = view.graph.controlPlaneOf(resource);
      const unshown = home.unresolved.map((reason) => ({
        verdict: "cannotBeShown" as const,
        urn: arrival.node.urn,
        dataset: name,
        message: `Nothing shows where metadata of dataset "${name}" would be kept: ${reason}.`,
        path,
      }));
      const outside = home.places.flatMap(({ place, proof }) => {
        const verdict = mayBeIn(residency, "controlPlane", place, { kinds, today: view.today });
        if (verdict.verdict === "holds") return [];
        return [
          {
            verdict: verdict.verdict,
            urn: arrival.node.urn,
            dataset: name,
            message: `Metadata of dataset "${name}" is kept in ${describePlace(place)}, ${proof}; it may only be in ${allowedPlacesText(residency, "controlPlane")} (${residency.join(" ")}). ${verdict.reason}`,
            path,
          },
        ];
      });
      return [...unshown, ...outside];
    }),
};
