import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import {
  asked,
  connectionOf,
  interconnectOf,
  nounOf,
  numberAt,
  virtualInterfaces,
} from "@hybrid-ai-fabric/graph/interconnect";
import { circuitQuotas } from "@hybrid-ai-fabric/locality";

const quota = circuitQuotas.virtualInterfaces;
const LAST_VLAN = 4094;

/** 1 interface per hosted, 51 per dedicated connection, 4 of them transit; rate limits on dedicated only: AWS quotas (2026). */
export const interfacesFitTheirConnection: Rule = {
  id: "virtual-interfaces-fit-their-connection",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A connection carries no more virtual interfaces than AWS allows, each with a VLAN of its own, and asks a hosted connection for nothing that only a dedicated one has.",
  remediation:
    "Order another connection, or give each interface a VLAN of its own; rate limits need a dedicated connection.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    const carried = new Map<PlannedResource, { kind?: string; interfaces: PlannedResource[] }>();
    const alone = interconnect.all(...virtualInterfaces).flatMap((virtualInterface) => {
      const { connection, kind, unresolved } = connectionOf(virtualInterface, interconnect);
      if (connection) {
        const entry = carried.get(connection) ?? { ...(kind ? { kind } : {}), interfaces: [] };
        entry.interfaces.push(virtualInterface);
        carried.set(connection, entry);
      }
      return [...vlanOf(virtualInterface), ...rateLimit(virtualInterface, kind, unresolved)];
    });
    const together = [...carried].flatMap(([connection, { kind, interfaces }]) => [
      ...counted(connection, kind, interfaces),
      ...sameVlan(connection, interfaces),
    ]);
    return [...alone, ...together];
  },
};

function vlanOf(virtualInterface: PlannedResource): Finding[] {
  const vlan = numberAt(virtualInterface, "vlan");
  if (vlan.state !== "known" || (vlan.value >= 1 && vlan.value <= LAST_VLAN)) return [];
  return [
    broken(
      virtualInterface,
      "vlan",
      `${virtualInterface.name} has VLAN ${vlan.value}, not 1 to ${LAST_VLAN}.`,
    ),
  ];
}

function rateLimit(
  virtualInterface: PlannedResource,
  kind: string | undefined,
  unresolved?: string,
): Finding[] {
  if (asked(virtualInterface, "rateLimit").length === 0) return [];
  if (kind === "hosted") {
    return [
      broken(
        virtualInterface,
        "rateLimit",
        `${virtualInterface.name} has a rate limit, but its connection is hosted.`,
      ),
    ];
  }
  if (kind === "dedicated") return [];
  const message = `Nothing shows that ${virtualInterface.name} may have a rate limit: ${unresolved}.`;
  return [notShown(virtualInterface, "rateLimit", message)];
}

function counted(
  connection: PlannedResource,
  kind: string | undefined,
  interfaces: PlannedResource[],
): Finding[] {
  const [most, noun] = kind === "hosted" ? [quota.hosted, "a hosted"] : [quota.dedicated, "a dedicated"];
  const transit = interfaces.filter(({ type }) => nounOf(type)?.includes("ransit"));
  const findings: Finding[] = [];
  if (interfaces.length > most) {
    const message = `${connection.name} carries ${interfaces.length} virtual interfaces; ${noun} connection carries ${most}.`;
    findings.push(
      broken(connection, "", message, {
        via: interfaces.slice(0, 2).map(({ urn }) => ({ urn, property: "connectionId" })),
      }),
    );
  }
  if (kind === "dedicated" && transit.length > quota.transitOnDedicated) {
    const message = `${connection.name} carries ${transit.length} transit interfaces; a dedicated connection carries ${quota.transitOnDedicated}.`;
    findings.push(broken(connection, "", message));
  }
  return findings;
}

function sameVlan(connection: PlannedResource, interfaces: readonly PlannedResource[]): Finding[] {
  const first = new Map<number, PlannedResource>();
  return interfaces.flatMap((virtualInterface) => {
    const vlan = numberAt(virtualInterface, "vlan");
    if (vlan.state !== "known") return [];
    const other = first.get(vlan.value);
    if (!other) {
      first.set(vlan.value, virtualInterface);
      return [];
    }
    const message = `${other.name} and ${virtualInterface.name} on ${connection.name} both have VLAN ${vlan.value}.`;
    return [broken(virtualInterface, "vlan", message, { via: [{ urn: other.urn, property: "vlan" }] })];
  });
}
