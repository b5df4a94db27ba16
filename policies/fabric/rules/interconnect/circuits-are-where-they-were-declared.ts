import {
  broken,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { hiddenBecause, interconnectOf, type Noun } from "@hybrid-ai-fabric/graph/interconnect";

/**
 * The Equinix provider 5.1.0 takes a changed metro or seller region, reports no change and leaves the circuit where it
 * was: the new place then stands in the inputs, the real one in the outputs (seen with the real provider against a mock
 * of its API). On a refreshed preview (`pulumi preview --refresh`) the outputs are what the provider reports.
 */
const places: { nouns: Noun[]; properties: string[]; references?: string[] }[] = [
  {
    nouns: ["fabricConnection"],
    properties: [
      "geoScope",
      ...bothSides("location.metroCode"),
      ...bothSides("location.ibx"),
      ...bothSides("sellerRegion"),
    ],
    references: [
      ...bothSides("authenticationKey"),
      ...bothSides("router.uuid"),
      ...bothSides("port.uuid"),
      ...bothSides("profile.uuid"),
    ],
  },
  { nouns: ["fabricRouter", "fabricPort"], properties: ["location.metroCode"] },
  { nouns: ["fabricNetwork"], properties: ["scope", "location.region"] },
  { nouns: ["routingProtocol"], properties: [], references: ["connectionUuid"] },
  { nouns: ["mcr", "megaportPort", "lagPort", "mve"], properties: ["locationId", "diversityZone"] },
  {
    nouns: ["vxc"],
    properties: ["aEnd.locationId", "bEnd.locationId"],
    references: ["aEnd.requestedProductUid", "bEnd.requestedProductUid"],
  },
  { nouns: ["connection", "lag"], properties: ["location", "region"] },
];

function bothSides(property: string): string[] {
  return ["aSide", "zSide"].map((side) => `${side}.accessPoint.${property}`);
}

/** What only creation gives: when one of these is known, the resource exists and its outputs are about it. */
const bornWith = ["uuid", "productUid", "arn", "id", "href", "awsDevice"];

export const circuitsAreWhereDeclared: Rule = {
  id: "circuits-are-where-they-were-declared",
  pack: "fabric",
  severity: "critical",
  level: "mandatory",
  description:
    "What exists is where the program says it is: a provider that ignores a change of place leaves a plan that looks right and data that travels elsewhere.",
  remediation:
    "Replace the circuit (pulumi up --replace, or a replacementTrigger made of its place), then preview with --refresh.",
  evaluate: (view) => {
    const { all } = interconnectOf(view);
    return places.flatMap(({ nouns, properties, references = [] }) =>
      all(...nouns)
        .filter(exists)
        .flatMap((resource) => [
          ...properties.flatMap((property) => judge(resource, property)),
          ...references.flatMap((property) => judge(resource, property, "reference")),
        ]),
    );
  },
};

function exists({ inputs, outputs }: PlannedResource): boolean {
  return bornWith.some((property) => typeof outputs[property] === "string" && inputs[property] === undefined);
}

/** A reference that is unknown or secret leads to something new or hidden: only two that can be read can differ. */
function judge(
  resource: PlannedResource,
  property: string,
  kind: "place" | "reference" = "place",
): Finding[] {
  const [declared] = leavesAt(resource.inputs, property);
  if (!declared) return [];
  const [actual] = leavesAt(resource.outputs, property);
  const hidden = [declared, actual].flatMap((leaf) => (leaf ? (hiddenBecause(leaf.value) ?? []) : []));
  if (!actual || hidden.length > 0) {
    if (kind === "reference") return [];
    const why = hidden[0] ?? "the provider reports none";
    const message = `Nothing shows that ${property} of ${resource.name} is still what it was created with: ${why}.`;
    return [notShown(resource, declared.path, message)];
  }
  if (String(declared.value) === String(actual.value)) return [];
  const message = `${resource.name} is declared with ${property} ${String(declared.value)}, but exists with ${String(actual.value)}.`;
  return [broken(resource, declared.path, message)];
}
