import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { append, type Interconnect, interconnectOf, textAt } from "@hybrid-ai-fabric/graph/interconnect";

/** Equinix refuses a BGP routing protocol on a connection that has no DIRECT one yet (Equinix Fabric API documentation). */
export const sessionsStartAfterAddresses: Rule = {
  id: "bgp-sessions-start-after-their-addresses",
  pack: "fabric",
  severity: "medium",
  level: "mandatory",
  description:
    "A Fabric connection gets its addresses (a DIRECT routing protocol) before its BGP session; in the other order Equinix refuses the session half-way through the update.",
  remediation:
    "Add a DIRECT routing protocol on the same connection and name it in dependsOn of the BGP one.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    const addressed = addressedConnections(interconnect);
    return interconnect.all("routingProtocol").flatMap((session) => {
      const type = textAt(session, "type");
      if (type.state === "hidden") {
        return [
          notShown(session, "type", `Nothing shows whether ${session.name} is a BGP session: ${type.why}.`),
        ];
      }
      return type.state === "known" && type.value === "BGP" ? judge(session, addressed, interconnect) : [];
    });
  },
};

/** DIRECT routing protocols by what they name as their connection: its URN, or an id from outside the plan. */
function addressedConnections(interconnect: Interconnect): Map<string, PlannedResource[]> {
  const byConnection = new Map<string, PlannedResource[]>();
  for (const protocol of interconnect.all("routingProtocol")) {
    const type = textAt(protocol, "type");
    if (type.state !== "known" || type.value !== "DIRECT") continue;
    for (const key of connectionKeys(protocol, interconnect)) {
      append(byConnection, key, protocol);
    }
  }
  return byConnection;
}

function connectionKeys(protocol: PlannedResource, interconnect: Interconnect): string[] {
  const { resources, elsewhere } = interconnect.named(protocol, "connectionUuid", "fabricConnection");
  return [...resources.map(({ urn }) => urn), ...elsewhere];
}

/** Whoever ordered a connection that is not in this plan may have given it addresses as well. */
function isElsewhere(protocol: PlannedResource, interconnect: Interconnect): boolean {
  return interconnect.named(protocol, "connectionUuid", "fabricConnection").resources.length === 0;
}

function judge(
  session: PlannedResource,
  addressed: ReadonlyMap<string, PlannedResource[]>,
  interconnect: Interconnect,
): Finding[] {
  const keys = connectionKeys(session, interconnect);
  if (keys.length === 0) {
    return [notShown(session, "connectionUuid", `Nothing shows which connection ${session.name} runs on.`)];
  }
  const directs = keys.flatMap((key) => addressed.get(key) ?? []);
  if (directs.length === 0) {
    const message = `${session.name} runs on a connection to which this plan gives no addresses.`;
    return [(isElsewhere(session, interconnect) ? notShown : broken)(session, "connectionUuid", message)];
  }
  if (directs.some(({ urn }) => session.dependencies.includes(urn))) return [];
  const [direct] = directs;
  const message = `${session.name} does not wait for the addresses of its connection (${direct?.name}).`;
  return [broken(session, "dependsOn", message)];
}
