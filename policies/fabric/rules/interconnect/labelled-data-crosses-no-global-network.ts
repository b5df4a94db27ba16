import {
  broken,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { append, type Interconnect, interconnectOf, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { datasetsOfAll } from "./labelled";

/** Scopes LOCAL, REGIONAL and GLOBAL of a Fabric network: Equinix provider schema 5.1.0; REGIONAL needs `location.region`. */
export const noGlobalNetwork: Rule = {
  id: "labelled-data-crosses-no-global-network",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "An E-LAN, E-Tree or IP-WAN that labelled data can enter is not global: every site that ever joins one is one hop away, in whatever country.",
  remediation:
    "Use scope LOCAL, or REGIONAL with location.region, or a network of its own for labelled data.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    const joined = joinedTo(interconnect);
    return interconnect
      .all("fabricNetwork")
      .flatMap((network) => judge(view, network, joined.get(network) ?? []));
  },
};

function joinedTo(interconnect: Interconnect): Map<PlannedResource, PlannedResource[]> {
  const joined = new Map<PlannedResource, PlannedResource[]>();
  for (const connection of interconnect.all("fabricConnection")) {
    for (const side of ["aSide", "zSide"]) {
      const property = `${side}.accessPoint.network.uuid`;
      for (const network of interconnect.named(connection, property, "fabricNetwork").resources) {
        append(joined, network, connection);
      }
    }
  }
  return joined;
}

function judge(view: View, network: PlannedResource, joined: readonly PlannedResource[]): Finding[] {
  const datasets = datasetsOfAll(view, [network, ...joined]);
  if (datasets.length === 0) return [];
  const scope = textAt(network, "scope");
  const via = joined.slice(0, 1).map(({ urn }) => ({ urn, property: "zSide.accessPoint.network" }));
  if (scope.state === "known" && scope.value === "LOCAL") return [];
  if (scope.state === "known" && scope.value === "REGIONAL") {
    if (textAt(network, "location.region").state === "known") return [];
    const message = `${network.name} is regional and carries ${datasets.join(", ")}, but no location.region says which region.`;
    return [notShown(network, "location.region", message, { via })];
  }
  if (scope.state === "known") {
    const message = `${network.name} has scope ${scope.value} and carries ${datasets.join(", ")}.`;
    return datasets.map((dataset) => broken(network, "scope", message, { dataset, via }));
  }
  const why = scope.state === "hidden" ? scope.why : "it is not given";
  const message = `Nothing shows how far ${network.name} reaches, which carries ${datasets.join(", ")}: ${why}.`;
  return [notShown(network, "scope", message, { via })];
}
