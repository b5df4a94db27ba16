import {
  broken,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import {
  asked,
  hiddenBecause,
  interconnectOf,
  objectsAt,
  textAt,
  toNumber,
} from "@hybrid-ai-fabric/graph/interconnect";
import { bfdLimits } from "@hybrid-ai-fabric/locality";

const { fastestMs: leastIntervalMs, multiplier, holdSecondsWithout: detectionWithoutSeconds } = bfdLimits;

/**
 * AWS runs BFD at 300 ms or slower, three times (AWS re:Post, Direct Connect and BFD); without it a dead path is noticed
 * when the hold time of 90 s runs out. A Megaport router always runs 300 ms three times (provider documentation).
 */
export const sessionsUseBfd: Rule = {
  id: "bgp-sessions-detect-failure-by-bfd",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description: `Every BGP session runs BFD at a pace that AWS takes, so that a dead path is left within a second or so instead of after ${detectionWithoutSeconds} s.`,
  remediation: `Switch BFD on at both ends, with ${leastIntervalMs} ms and ${multiplier} times or slower.`,
  evaluate: (view) => {
    const { all } = interconnectOf(view);
    return [...all("routingProtocol").flatMap(fabricSession), ...all("vxc").flatMap(megaportSessions)];
  },
};

function fabricSession(protocol: PlannedResource): Finding[] {
  const type = textAt(protocol, "type");
  if (type.state === "known" && type.value !== "BGP") return [];
  const { objects, hidden } = objectsAt(protocol, "bfds[]", "bfd");
  if (hidden.length > 0) return [unknown(protocol, hidden[0]?.path ?? "bfds")];
  if (objects.length === 0) return [without(protocol, "bfds")];
  return objects.flatMap(({ path, properties }) => {
    const [enabled] = leavesAt(properties, "enabled");
    if (enabled && hiddenBecause(enabled.value) !== undefined) return [unknown(protocol, `${path}.enabled`)];
    if (enabled?.value !== true) return [without(protocol, `${path}.enabled`)];
    return pace(protocol, path, properties, "interval", leastIntervalMs, "ms");
  });
}

function megaportSessions(vxc: PlannedResource): Finding[] {
  const interfaces = "aEndPartnerConfig.vrouterConfig.interfaces[]";
  const { objects, hidden } = objectsAt(vxc, interfaces);
  return [
    ...hidden.map(({ path }) => unknown(vxc, path)),
    ...objects.flatMap(({ path, properties }) => [
      ...leavesAt(properties, "bgpConnections[]").flatMap((session) => {
        const property = `${path}.${session.path}.bfdEnabled`;
        if (hiddenBecause(session.value) !== undefined) return [unknown(vxc, property)];
        const [enabled] = leavesAt({ session: session.value }, "session.bfdEnabled");
        if (enabled && hiddenBecause(enabled.value) !== undefined) return [unknown(vxc, property)];
        return enabled?.value === true ? [] : [without(vxc, property)];
      }),
      ...pace(vxc, path, properties, "bfd.txInterval", leastIntervalMs, "ms"),
      ...pace(vxc, path, properties, "bfd.rxInterval", leastIntervalMs, "ms"),
      ...pace(vxc, path, properties, "bfd.multiplier", multiplier, "times"),
    ]),
  ];
}

function pace(
  resource: PlannedResource,
  path: string,
  properties: Parameters<typeof leavesAt>[0],
  property: string,
  least: number,
  unit: string,
): Finding[] {
  return leavesAt(properties, property).flatMap((leaf) => {
    const where = `${path}.${property}`;
    const value = toNumber(leaf.value);
    if (value === undefined) return [unknown(resource, where)];
    if (value >= least) return [];
    const message = `BFD of ${resource.name} runs at ${value} ${unit}; AWS takes ${least} ${unit} or more.`;
    return [broken(resource, where, message)];
  });
}

function without(resource: PlannedResource, property: string): Finding {
  const [given] = asked(resource, "name", "productName");
  const name = typeof given?.value === "string" ? given.value : resource.name;
  const message = `A BGP session of ${name} runs without BFD, so a dead path is noticed after ${detectionWithoutSeconds} s only.`;
  return broken(resource, property, message);
}

function unknown(resource: PlannedResource, property: string): Finding {
  return notShown(resource, property, `Nothing shows the BFD of ${resource.name} before creation.`);
}
