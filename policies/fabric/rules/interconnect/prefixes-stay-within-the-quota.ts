import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import {
  asked,
  type Circuit,
  circuitsOf,
  hiddenBecause,
  type Interconnect,
  interconnectOf,
  numberAt,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";
import { circuitQuotas, fabricRouterPackage, prefixQuotas as prefixes } from "@hybrid-ai-fabric/locality";
import { readAddress } from "./addresses";
import { inMbps } from "./circuits-have-a-bandwidth-that-is-sold";

const { megaportPrefixListEntries, prefixPool } = circuitQuotas;

/**
 * 100 prefixes in by default, up to 1000 from the pool of a dedicated connection, 10,000 per gateway: AWS Direct Connect
 * prefix controls (2026-08). 200 out per transit gateway: AWS quotas. Router routes: Equinix OpenAPI example values.
 * 200 entries per Megaport list: provider schema. Condensed in locality/data/circuit-quotas.json.
 */
export const prefixesStayWithinQuota: Rule = {
  id: "prefixes-stay-within-the-quota",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "No BGP session carries more prefixes than its quota: AWS answers one too many by dropping the session, and a full router package drops routes.",
  remediation:
    "Aggregate prefixes, ask for a larger allocation from the pool, or take a larger router package.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    const circuits = circuitsOf(view);
    const announced = announcedTo(interconnect);
    return [
      ...interconnect.all("association", "associationProposal").flatMap(association),
      ...interconnect.all("prefixList").flatMap(prefixList),
      ...circuits.flatMap((circuit) => router(circuit, announced, interconnect)),
      ...pools(circuits),
      ...gateways(circuits),
    ];
  },
};

function association(association: PlannedResource): Finding[] {
  const leaves = asked(association, "allowedPrefixes");
  const most = prefixes.allowedPerAssociation;
  const hidden = leaves.find(({ value }) => hiddenBecause(value) !== undefined);
  if (leaves.length > most) {
    const message = `${association.name} announces ${leaves.length} prefixes to the site; AWS announces ${most} at most.`;
    return [broken(association, "allowedPrefixes", message)];
  }
  if (hidden && leaves.length === 1 && hidden.path === "allowedPrefixes") {
    return [
      notShown(association, hidden.path, `Nothing shows how many prefixes ${association.name} announces.`),
    ];
  }
  return leaves.flatMap(({ path, value }) =>
    typeof value !== "string" || readAddress(value)
      ? []
      : [broken(association, path, `${association.name} allows "${value}", which is no prefix.`)],
  );
}

function prefixList(list: PlannedResource): Finding[] {
  const entries = asked(list, "entries[]");
  if (entries.length <= megaportPrefixListEntries) return [];
  const message = `${list.name} has ${entries.length} entries; a prefix filter list has ${megaportPrefixListEntries} at most.`;
  return [broken(list, "entries", message)];
}

/** IPv4 prefixes that AWS announces over each gateway, of all its associations together. */
function announcedTo(interconnect: Interconnect): Map<PlannedResource, number> {
  const announced = new Map<PlannedResource, number>();
  for (const association of interconnect.all("association")) {
    const count = asked(association, "allowedPrefixes").filter(
      ({ value }) => typeof value === "string" && !value.includes(":"),
    ).length;
    for (const gateway of interconnect.named(association, "dxGatewayId", "gateway").resources) {
      announced.set(gateway, (announced.get(gateway) ?? 0) + count);
    }
  }
  return announced;
}

function router(
  { connection, gateway }: Circuit,
  announced: ReadonlyMap<PlannedResource, number>,
  interconnect: Interconnect,
): Finding[] {
  if (!connection || !gateway) return [];
  const routers = interconnect.named(connection, "aSide.accessPoint.router.uuid", "fabricRouter").resources;
  return routers.flatMap((router) => {
    const code = textAt(router, "package.code");
    const limit = code.state === "known" ? fabricRouterPackage(code.value)?.routesIpv4 : undefined;
    const count = announced.get(gateway) ?? 0;
    if (limit === undefined || count <= limit) return [];
    const message = `${gateway.name} announces ${count} prefixes, but ${router.name} holds ${limit} routes.`;
    return [broken(router, "package.code", message, { via: [{ urn: gateway.urn, property: "" }] })];
  });
}

const allocations = ["prefixPoolAllocatedCountIpv4", "prefixPoolAllocatedCountIpv6"];

/** Allocations come from a pool that only dedicated connections have. */
function pools(circuits: readonly Circuit[]): Finding[] {
  const spent = new Map<PlannedResource, number>();
  const each = circuits.flatMap((circuit) =>
    allocations.flatMap((property) => {
      const count = numberAt(circuit.attachment, property);
      if (count.state === "absent") return [];
      const { attachment, connection, kind } = circuit;
      if (count.state === "hidden") {
        return [
          notShown(
            attachment,
            property,
            `Nothing shows how many prefixes ${attachment.name} takes: ${count.why}.`,
          ),
        ];
      }
      if (connection) spent.set(connection, (spent.get(connection) ?? 0) + count.value);
      if (count.value > prefixes.allocatablePerVirtualInterface) {
        const most = prefixes.allocatablePerVirtualInterface;
        return [
          broken(
            attachment,
            property,
            `${attachment.name} asks for ${count.value} prefixes; AWS gives ${most} at most.`,
          ),
        ];
      }
      if (kind === "hosted" && count.value > prefixes.perVirtualInterface) {
        const message = `${attachment.name} asks for ${count.value} prefixes, but its hosted connection has no pool: ${prefixes.perVirtualInterface} are all.`;
        return [broken(attachment, property, message)];
      }
      return [];
    }),
  );
  const overspent = [...spent].flatMap(([connection, count]) => {
    const speed = inMbps(textAt(connection, "bandwidth", "connectionsBandwidth"));
    const pool = speed.state === "known" ? prefixPool[String(speed.value)] : undefined;
    if (pool === undefined || count <= pool) return [];
    return [
      broken(
        connection,
        "bandwidth",
        `Interfaces of ${connection.name} take ${count} prefixes of a pool of ${pool}.`,
      ),
    ];
  });
  return [...each, ...overspent];
}

function gateways(circuits: readonly Circuit[]): Finding[] {
  const taken = new Map<PlannedResource, number>();
  for (const { attachment, gateway } of circuits) {
    if (!gateway) continue;
    const count = allocations.reduce((sum, property) => {
      const reading = numberAt(attachment, property);
      return sum + (reading.state === "known" ? reading.value : 0);
    }, 0);
    taken.set(gateway, (taken.get(gateway) ?? 0) + Math.max(count, prefixes.perVirtualInterface));
  }
  return [...taken].flatMap(([gateway, count]) =>
    count <= prefixes.perGateway
      ? []
      : [
          broken(
            gateway,
            "",
            `Interfaces of ${gateway.name} may take ${count} prefixes; a gateway takes ${prefixes.perGateway}.`,
          ),
        ],
  );
}
