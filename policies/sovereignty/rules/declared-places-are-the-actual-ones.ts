import { isSameValue, type PlannedResource, type Rule, shortName } from "@hybrid-ai-fabric/graph";
import { describePlace } from "@hybrid-ai-fabric/locality";
import { presences } from "./arrivals";

export const declaredPlacesAreActual: Rule = {
  id: "declared-places-are-the-actual-ones",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "What holds or carries a dataset stands where the program says: some providers ignore a changed place and report no change.",
  remediation: "Replace the resource, or correct the program to where it stands.",
  evaluate: (view) =>
    presences(view).flatMap((presence) => {
      const { node } = presence.arrival;
      const { dataset } = presence;
      const { resource } = node;
      if (!resource || dataset.residency.length === 0 || !disagrees(resource)) return [];
      const declared = view.graph.locateAs({ ...resource, outputs: {} });
      const actual = view.graph.locateAs({ ...resource, inputs: resource.outputs });
      const said = new Set(declared.places.map(({ place }) => describePlace(place)));
      return (
        actual.places
          // What the provider has not told yet may be anywhere: that is no place where anything stands.
          .filter(({ place, possible }) => !possible && !said.has(describePlace(place)))
          .map(({ place, proof }) => ({
            verdict: "broken" as const,
            urn: node.urn,
            dataset: dataset.name,
            message: `${shortName(node.urn)} is declared in ${[...said].join(", ") || "no place"}, but ${proof} says it stands in ${describePlace(place)}.`,
            path: [...presence.path, { urn: node.urn, property: proof }],
          }))
      );
    }),
};

/** Cheap test first, and once per resource: almost always outputs repeat what was asked for. */
function disagrees(resource: PlannedResource): boolean {
  const before = disagreeing.get(resource);
  if (before !== undefined) return before;
  const { inputs, outputs } = resource;
  const found = Object.keys(inputs).some(
    (property) => Object.hasOwn(outputs, property) && !isSameValue(inputs[property], outputs[property]),
  );
  disagreeing.set(resource, found);
  return found;
}

const disagreeing = new WeakMap<PlannedResource, boolean>();
