import {
  datasetsOn,
  type Finding,
  isUnknown,
  type PlannedResource,
  type Rule,
  shortName,
  type View,
} from "@hybrid-ai-fabric/graph";

export const componentRegionsReachChildren: Rule = {
  id: "component-regions-reach-their-children",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "What a component with a region creates stands in that region: a component that does not pass it on builds wherever the provider happens to point.",
  remediation: "Pass the region to the child, or a provider of that region to the component.",
  evaluate: (view) =>
    view.graph.resources.flatMap((resource) => {
      const node = view.graph.nodes.get(resource.urn);
      const places = node?.row?.places ?? [];
      // What names a region itself was meant to stand there.
      if (!node?.resource || !places.some(({ how }) => how === "awsRegion")) return [];
      if (resource.inputs.region !== undefined && resource.inputs.region !== null) return [];
      const component = nearestWithRegion(resource, view);
      return component ? judge(view, resource, component) : [];
    }),
};

function judge(view: View, resource: PlannedResource, component: PlannedResource): Finding[] {
  const node = view.graph.nodes.get(resource.urn);
  const meant = component.inputs.region ?? component.outputs.region;
  if (!node || typeof meant !== "string") return [];
  const regions = node.location.places.flatMap(({ place }) => place.region ?? []);
  const unshown = node.location.unresolved.length > 0;
  if (!unshown && regions.every((region) => region === meant)) return [];
  const where = unshown ? "nothing shows where" : `in ${regions.join(", ")}`;
  return [
    {
      verdict: unshown ? "cannotBeShown" : "broken",
      urn: resource.urn,
      // Without data of anybody it is a defect of the component, not a breach.
      level: datasetsOn(node.labels).length > 0 ? "mandatory" : "advisory",
      message: `Its component ${shortName(component.urn)} says region ${meant}, but the region does not reach ${shortName(resource.urn)}, which stands ${where}.`,
      path: [
        { urn: component.urn, property: "region" },
        { urn: resource.urn, property: "region" },
      ],
    },
  ];
}

function nearestWithRegion(resource: PlannedResource, view: View): PlannedResource | undefined {
  let urn = resource.parent;
  while (urn !== undefined) {
    const component = view.graph.byUrn(urn);
    if (!component || component.custom) return undefined;
    const region = component.inputs.region ?? component.outputs.region;
    if (typeof region === "string" || isUnknown(region)) return component;
    urn = component.parent;
  }
  return undefined;
}
