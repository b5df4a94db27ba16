import { broken, compare, type Finding, notShown, type Rule, type View } from "@hybrid-ai-fabric/graph";
import {
  append,
  buildingOf,
  type Circuit,
  circuitsOf,
  type End,
  interconnectOf,
} from "@hybrid-ai-fabric/graph/interconnect";

/** One building is one location, whoever rents space in it: AWS Direct Connect resiliency recommendations. */
export const providersAreInTwoBuildings: Rule = {
  id: "circuits-of-two-providers-are-in-two-buildings",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Where two carriers lead to one gateway, they meet AWS in different buildings: a second contract in the same building fails with the first.",
  remediation:
    "Order one of them in another building, and say the building of a Megaport port in settings.tables.megaportBuildings.",
  evaluate: (view) => {
    const byGateway = new Map<string, Circuit[]>();
    for (const circuit of circuitsOf(view)) {
      const key = circuit.gateway?.urn;
      if (key !== undefined) append(byGateway, key, circuit);
    }
    return [...byGateway].sort(([a], [b]) => compare(a, b)).flatMap(([, circuits]) => judge(view, circuits));
  },
};

function judge(view: View, circuits: readonly Circuit[]): Finding[] {
  const interconnect = interconnectOf(view);
  const carried = circuits.filter(({ carrier }) => carrier === "equinix" || carrier === "megaport");
  const carriers = new Set(carried.map(({ carrier }) => carrier));
  if (carriers.size < 2) return [];
  const ends = carried.map((circuit) => ({ circuit, end: buildingOf(circuit, interconnect, view.settings) }));
  const carriersIn = new Map<string, Circuit[]>();
  for (const { circuit, end } of ends) {
    if ("at" in end) append(carriersIn, end.at, circuit);
  }
  return [...shared(carriersIn), ...ends.flatMap(({ circuit, end }) => unknown(circuit, end))];
}

/** Several circuits of one carrier in a building are a pair; circuits of two carriers there are no second way. */
function shared(carriersIn: ReadonlyMap<string, Circuit[]>): Finding[] {
  return [...carriersIn].flatMap(([building, circuits]) => {
    const [first] = circuits;
    const other = circuits.find(({ carrier }) => carrier !== first?.carrier);
    if (!first || !other) return [];
    const names = `${first.attachment.name} (${first.carrier}) and ${other.attachment.name} (${other.carrier})`;
    const message = `${names} both meet AWS in ${building}.`;
    const via = [{ urn: first.attachment.urn, property: "connectionId" }];
    return [broken(other.attachment, "connectionId", message, { via })];
  });
}

function unknown({ attachment }: Circuit, end: End): Finding[] {
  if ("at" in end) return [];
  return [
    notShown(
      attachment,
      "connectionId",
      `Nothing shows that ${attachment.name} is in another building than the other carrier: ${end.unknown}.`,
    ),
  ];
}
