import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import {
  type Interconnect,
  interconnectOf,
  numberAt,
  type Reading,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";
import { circuitQuotas, fabricRouterPackage } from "@hybrid-ai-fabric/locality";

/** Router packages: Equinix OpenAPI example values; ports and MCRs: their own `portSpeed` (Megaport provider schema). */
export const circuitsFitTheirDevice: Rule = {
  id: "circuits-fit-the-device-that-carries-them",
  pack: "fabric",
  severity: "medium",
  level: "mandatory",
  description:
    "No circuit is faster than the router or port that it starts at: the order would be refused, or the bandwidth paid for and never reached.",
  remediation: "Take a larger router package or port, or a slower circuit.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    return [
      ...interconnect.all("fabricConnection").flatMap((connection) => onRouter(connection, interconnect)),
      ...interconnect.all("vxc").flatMap((vxc) => onMegaport(vxc, interconnect)),
      ...overfullRouters(interconnect),
    ];
  },
};

function onRouter(connection: PlannedResource, interconnect: Interconnect): Finding[] {
  const property = "aSide.accessPoint.router.uuid";
  return interconnect.named(connection, property, "fabricRouter").resources.flatMap((router) => {
    const code = textAt(router, "package.code");
    const limit = code.state === "known" ? fabricRouterPackage(code.value)?.circuitMbps : undefined;
    if (limit === undefined) {
      const why = code.state === "known" ? `no table holds package ${code.value}` : "it is not known";
      const message = `Nothing shows what ${router.name} can carry: package.code: ${why}.`;
      return [notShown(router, "package.code", message)];
    }
    return compare(connection, numberAt(connection, "bandwidth"), limit, router, "package.code");
  });
}

function onMegaport(vxc: PlannedResource, interconnect: Interconnect): Finding[] {
  const property = "aEnd.requestedProductUid";
  const devices = interconnect.named(vxc, property, "mcr", "megaportPort", "lagPort").resources;
  return devices.flatMap((device) => {
    const speed = numberAt(device, "portSpeed");
    const members = numberAt(device, "lagCount");
    if (speed.state !== "known") return [];
    const limit = speed.value * (members.state === "known" ? members.value : 1);
    return compare(vxc, numberAt(vxc, "rateLimit"), limit, device, "portSpeed");
  });
}

function compare(
  circuit: PlannedResource,
  bandwidth: Reading<number>,
  limit: number,
  device: PlannedResource,
  property: string,
): Finding[] {
  if (bandwidth.state !== "known" || bandwidth.value <= limit) return [];
  const message = `${circuit.name} asks for ${bandwidth.value} Mbps, but ${device.name} that it starts at carries ${limit} Mbps at most.`;
  return [broken(circuit, bandwidth.path, message, { via: [{ urn: device.urn, property }] })];
}

/** A LAB router takes ten connections; counted once over all of them. */
function overfullRouters(interconnect: Interconnect): Finding[] {
  const count = new Map<PlannedResource, number>();
  for (const connection of interconnect.all("fabricConnection")) {
    const named = interconnect.named(connection, "aSide.accessPoint.router.uuid", "fabricRouter");
    for (const router of named.resources) count.set(router, (count.get(router) ?? 0) + 1);
  }
  return [...count].flatMap(([router, connections]) => {
    const code = textAt(router, "package.code");
    const limit = code.state === "known" ? circuitQuotas.fabricRouterConnections[code.value] : undefined;
    if (limit === undefined || connections <= limit) return [];
    const message = `${router.name} carries ${connections} connections, but its package takes ${limit} at most.`;
    return [broken(router, "package.code", message)];
  });
}
