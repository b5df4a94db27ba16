import { type Finding, isUnknown, type Rule, type Value } from "@hybrid-ai-fabric/graph";
import { broken, inDoubt, notKnown } from "./findings";
import { fieldOf, type Manifest, ofKind } from "./manifests";

const START = "spec.ibKubernetes.pKeyGUIDPoolRangeStart";
const END = "spec.ibKubernetes.pKeyGUIDPoolRangeEnd";

export const guidPools: Rule = {
  id: "guid-pools-are-valid-and-apart",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A pool of GUIDs is two addresses of eight bytes, the second above the first, and clusters that may share a UFM have pools of their own.",
  remediation:
    "Give every cluster a range such as 02:00:00:00:00:00:00:00 to 02:00:00:00:00:00:ff:ff, disjoint from the others.",
  evaluate: (view) => {
    const pools = ofKind(view, "NicClusterPolicy").flatMap((manifest) => read(manifest));
    return [
      ...pools.flatMap(({ findings }) => findings),
      ...pools.flatMap((pool, index) => pools.slice(index + 1).flatMap((other) => overlap(pool, other))),
    ];
  },
};

interface Pool {
  manifest: Manifest;
  first?: bigint;
  last?: bigint;
  findings: Finding[];
}

function read(manifest: Manifest): Pool[] {
  const section = fieldOf(manifest.properties, "spec", "ibKubernetes");
  const start = fieldOf(section, "pKeyGUIDPoolRangeStart");
  const end = fieldOf(section, "pKeyGUIDPoolRangeEnd");
  if (start === undefined && end === undefined) return [];
  const findings = [...judge(manifest, START, start), ...judge(manifest, END, end)];
  const first = guid(start);
  const last = guid(end);
  if (first === undefined || last === undefined) return [{ manifest, findings }];
  if (last > first) return [{ manifest, first, last, findings }];
  return [
    { manifest, findings: [broken(manifest, END, "it is not above the start, so the pool is empty.")] },
  ];
}

function judge(manifest: Manifest, property: string, value: Value | undefined): Finding[] {
  if (isUnknown(value)) return [notKnown(manifest, property)];
  if (value === undefined || guid(value) !== undefined) return [];
  return [
    broken(
      manifest,
      property,
      `${JSON.stringify(value)} is not eight bytes such as 02:00:00:00:00:00:00:00.`,
    ),
  ];
}

function guid(value: Value | undefined): bigint | undefined {
  return typeof value === "string" && /^[0-9a-f]{2}(:[0-9a-f]{2}){7}$/i.test(value)
    ? BigInt(`0x${value.replaceAll(":", "")}`)
    : undefined;
}

/** The address of a UFM stands in a secret, so that two clusters on one cannot be told from two on two. */
function overlap(pool: Pool, other: Pool): Finding[] {
  if (
    pool.first === undefined ||
    other.first === undefined ||
    pool.last === undefined ||
    other.last === undefined
  )
    return [];
  if (pool.manifest.cluster === other.manifest.cluster) return [];
  if (pool.first > other.last || other.first > pool.last) return [];
  const message = "it overlaps the pool of another cluster; on one UFM both would give out the same GUIDs.";
  return [inDoubt(other.manifest, START, message)];
}
