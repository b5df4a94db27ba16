import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
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
      ...policies.flatMap((policy, index) =>
        policies.slice(index + 1).flatMap((other) => overlap(policy, other)),
      ),
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

function overlap(policy: Manifest, other: Manifest): Finding[] {
  if (
    JSON.stringify(fieldOf(policy.properties, "spec", "nodeSelector")) !==
    JSON.stringify(fieldOf(other.properties, "spec", "nodeSelector"))
  )
    return [];
  const shared = rangesOf(policy).find((a) =>
    rangesOf(other).some((b) => a.port === b.port && a.first <= b.last && b.first <= a.last),
  );
  if (!shared) return [];
  return [
    broken(
      other,
      "spec.nicSelector.pfNames",
      `${shared.port} is taken by ${policy.name ?? policy.resource.name} as well.`,
    ),
  ];
}
