import { compare, type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { byCluster, entriesOf, fieldOf, listOf, type Manifest, ofKind } from "./manifests";

export const railsAreApart: Rule = {
  id: "each-rail-is-a-resource-of-its-own",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "An SR-IOV policy takes the ports of one rail by name: a vendor alone also takes storage and management ports, and two policies on one port fight over its virtual functions.",
  remediation:
    "Write one policy per rail with nicSelector.pfNames or rootDevices, numVfs of 1 or more, and no excludeTopology.",
  evaluate: (view) =>
    byCluster(ofKind(view, "SriovNetworkNodePolicy")).flatMap((policies) => [
      ...policies.flatMap(judge),
      ...overlaps(policies),
    ]),
};

const selectorOf = (manifest: Manifest) => fieldOf(manifest.properties, "spec", "nicSelector");

function judge(manifest: Manifest): Finding[] {
  const selector = selectorOf(manifest);
  const functions = fieldOf(manifest.properties, "spec", "numVfs");
  if (isUnknown(selector)) return [notKnown(manifest, "spec.nicSelector")];
  if (isUnknown(functions)) return [notKnown(manifest, "spec.numVfs")];
  const keys = entriesOf(selector).map(([key]) => key);
  const named = keys.some((key) => ["pfNames", "rootDevices", "netFilter", "deviceID"].includes(key));
  return [
    ...(named || selector === undefined
      ? []
      : [
          broken(
            manifest,
            "spec.nicSelector",
            "it takes every port of the vendor, also of storage and management.",
          ),
        ]),
    ...(functions === 0 ? [broken(manifest, "spec.numVfs", "0: no pod gets a port.")] : []),
    ...(fieldOf(manifest.properties, "spec", "excludeTopology") === true
      ? [
          broken(
            manifest,
            "spec.excludeTopology",
            "pods no longer get the port that is nearest to their GPU.",
          ),
        ]
      : []),
  ];
}

interface Range {
  port: string;
  first: number;
  last: number;
}

/** `port` is all of its functions, `port#2-5` some. */
function rangesOf(manifest: Manifest): Range[] {
  return listOf(fieldOf(selectorOf(manifest), "pfNames")).flatMap((name) => {
    const [port = "", range] = typeof name === "string" ? name.split("#") : [];
    const [first = "0", last = first] = range?.split("-") ?? ["0", "Infinity"];
    return port === "" ? [] : [{ port, first: Number(first), last: Number(last) }];
  });
}

/** Policies on one port of the same hosts, sorted by port so that only neighbours are compared. */
function overlaps(policies: readonly Manifest[]): Finding[] {
  const taken = policies.flatMap((policy) => {
    const nodes = JSON.stringify(fieldOf(policy.properties, "spec", "nodeSelector") ?? null);
    return rangesOf(policy).map((range) => ({ ...range, policy, key: `${nodes} ${range.port}` }));
  });
  const sorted = taken.sort((a, b) => compare(a.key, b.key) || a.first - b.first || a.last - b.last);
  return sorted.flatMap((range, index) => {
    const before = sorted[index - 1];
    if (!before || before.key !== range.key || before.last < range.first || before.policy === range.policy)
      return [];
    const { name, resource } = before.policy;
    const message = `${range.port} is taken by ${name ?? resource.name} as well.`;
    return [broken(range.policy, "spec.nicSelector.pfNames", message)];
  });
}
