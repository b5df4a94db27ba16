import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import {
  type Interconnect,
  interconnectOf,
  nounOf,
  numberAt,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";
import { circuitQuotas } from "@hybrid-ai-fabric/locality";
import { inMbps } from "./circuits-have-a-bandwidth-that-is-sold";

const { lagMembers, megaportLagPorts } = circuitQuotas;

/** One speed, one location, dedicated only, 4 members (2 from 100 Gbps): AWS user guide, LAGs. 8 ports: Megaport schema. */
export const lagMembersAreAlike: Rule = {
  id: "lag-members-are-alike",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "All connections of a link aggregation group are dedicated, of one speed and in one location, and no more than it takes.",
  remediation: "Order the members with the bandwidth and location of the group.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    return [...aws(interconnect), ...interconnect.all("lagPort").flatMap(megaport)];
  },
};

function aws(interconnect: Interconnect): Finding[] {
  const members = new Map<PlannedResource, number>();
  const unlike = interconnect.all("lagMember").flatMap((member) => {
    const [lag] = interconnect.named(member, "lagId", "lag").resources;
    const named = interconnect.named(
      member,
      "connectionId",
      "connection",
      "hostedConnection",
      "confirmation",
    );
    const [connection] = named.resources;
    if (lag) members.set(lag, (members.get(lag) ?? 0) + 1);
    if (!lag || !connection) {
      const property = lag ? "connectionId" : "lagId";
      return [
        notShown(
          member,
          property,
          `Nothing shows that ${member.name} joins a connection to a group like it.`,
        ),
      ];
    }
    const via = [
      { urn: connection.urn, property: "bandwidth" },
      { urn: lag.urn, property: "connectionsBandwidth" },
    ];
    if (nounOf(connection.type) !== "connection") {
      return [
        broken(
          member,
          "connectionId",
          `${connection.name} is a hosted connection; a LAG takes dedicated ones.`,
          { via },
        ),
      ];
    }
    return [
      ...same(
        member,
        inMbps(textAt(connection, "bandwidth")),
        inMbps(textAt(lag, "connectionsBandwidth")),
        "Mbps",
        via,
      ),
      ...same(member, textAt(connection, "location"), textAt(lag, "location"), "location", via),
    ];
  });
  return [...unlike, ...[...members].flatMap(([lag, count]) => tooMany(lag, count))];
}

type Comparable = { state: string; value?: string | number };

function same(
  member: PlannedResource,
  mine: Comparable,
  group: Comparable,
  what: string,
  via: Finding["path"],
): Finding[] {
  if (mine.state !== "known" || group.state !== "known") {
    return [
      notShown(member, "connectionId", `Nothing shows that ${member.name} has the ${what} of its group.`, {
        via,
      }),
    ];
  }
  if (mine.value === group.value) return [];
  const message = `${member.name} joins a connection with ${what} ${mine.value} to a group with ${group.value}.`;
  return [broken(member, "connectionId", message, { via })];
}

function tooMany(lag: PlannedResource, count: number): Finding[] {
  const speed = inMbps(textAt(lag, "connectionsBandwidth"));
  const most = speed.state === "known" ? lagMembers[String(speed.value)] : undefined;
  if (most === undefined || count <= most) return [];
  return [
    broken(lag, "connectionsBandwidth", `${lag.name} has ${count} members; at its speed AWS takes ${most}.`),
  ];
}

function megaport(lag: PlannedResource): Finding[] {
  const count = numberAt(lag, "lagCount");
  if (count.state === "hidden") {
    return [notShown(lag, "lagCount", `Nothing shows how many ports ${lag.name} has: ${count.why}.`)];
  }
  if (count.state === "absent" || (count.value >= 1 && count.value <= megaportLagPorts)) return [];
  return [
    broken(
      lag,
      "lagCount",
      `${lag.name} has ${count.value} ports; a Megaport LAG has 1 to ${megaportLagPorts}.`,
    ),
  ];
}
