import {
  compare,
  isUnknown,
  matchesGlob,
  type PlannedResource,
  type ResiliencyClass,
  resiliencyClasses,
  type View,
} from "@hybrid-ai-fabric/graph";
import {
  append,
  type Circuit,
  circuitsOf,
  type Interconnect,
  interconnectOf,
} from "@hybrid-ai-fabric/graph/interconnect";

/** A class that somebody declared, and the circuits that have to reach it. */
export interface Declaration {
  /** Component or gateway that the class is said of. */
  of: PlannedResource;
  property: string;
  class: ResiliencyClass;
  circuits: Circuit[];
}

/** Components whose class is computed from something unborn: nothing shows what their circuits have to reach. */
export function undecidedOf(view: View): PlannedResource[] {
  return view.graph.resources.filter(
    ({ custom, inputs, outputs }) => !custom && isUnknown(outputs.resiliency ?? inputs.resiliency),
  );
}

/**
 * Classes declared by components (a registered output or an input `resiliency`) and by the settings. The circuits of a
 * component are those inside it, those of components that registered the same `interconnect`, and those that lead to a
 * gateway inside it or named by it.
 */
export function declarationsOf(view: View): Declaration[] {
  const interconnect = interconnectOf(view);
  const circuits = circuitsOf(view);
  const led = new Map<string, Circuit[]>();
  for (const circuit of circuits) if (circuit.gateway) append(led, circuit.gateway.urn, circuit);
  const inside = circuitsByAncestor(circuits, interconnect);
  const byComponent = view.graph.resources.flatMap((component) => {
    const declared = component.custom
      ? undefined
      : (component.outputs.resiliency ?? component.inputs.resiliency);
    const known = resiliencyClasses.find((name) => name === declared);
    if (!known) return [];
    const named = component.dependencies.flatMap((urn) => led.get(urn) ?? []);
    const path = component.outputs.interconnect;
    const ofPath = typeof path === "string" ? (inside.get(`interconnect ${path}`) ?? []) : [];
    const all = [...new Set([...(inside.get(component.urn) ?? []), ...ofPath, ...named])];
    return [{ of: component, property: "resiliency", class: known, circuits: all }];
  });
  return [...byComponent, ...fromSettings(view, led, interconnect)].sort((a, b) =>
    compare(a.of.urn, b.of.urn),
  );
}

function fromSettings(
  view: View,
  led: ReadonlyMap<string, Circuit[]>,
  interconnect: Interconnect,
): Declaration[] {
  return Object.entries(view.settings.resiliency).flatMap(([glob, name]) =>
    interconnect
      .all("gateway")
      .filter((gateway) => matchesGlob(glob, gateway.name) || matchesGlob(glob, gateway.urn))
      .map((gateway) => ({
        of: gateway,
        property: "settings.resiliency",
        class: name,
        circuits: led.get(gateway.urn) ?? [],
      })),
  );
}

/** Circuits by the URN of every component around them or their gateway, and by the `interconnect` that these registered. */
function circuitsByAncestor(
  circuits: readonly Circuit[],
  interconnect: Interconnect,
): Map<string, Circuit[]> {
  const inside = new Map<string, Circuit[]>();
  for (const circuit of circuits) {
    const own = interconnect.componentsOf(circuit.attachment);
    const around = circuit.gateway ? [...own, ...interconnect.componentsOf(circuit.gateway)] : own;
    const paths = own.flatMap(({ outputs }) =>
      typeof outputs.interconnect === "string" ? [`interconnect ${outputs.interconnect}`] : [],
    );
    for (const key of new Set([...around.map(({ urn }) => urn), ...paths])) append(inside, key, circuit);
  }
  return inside;
}
