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
  connectionOf,
  type Interconnect,
  interconnectOf,
  type Noun,
  nounOf,
  numberAt,
  objectsAt,
  toNumber,
} from "@hybrid-ai-fabric/graph/interconnect";
import { pathMtu as mtu } from "@hybrid-ai-fabric/locality";

/**
 * Frame sizes: AWS user guide (1500 or 9001 on private, 1500 or 8500 on transit interfaces), Equinix port details (9000),
 * Megaport technical specifications (9100) and provider schema (`ipMtu`, default 1500). Equinix publishes none for its
 * Cloud Router, so jumbo frames through one cannot be shown.
 */
export const framesFitEveryHop: Rule = {
  id: "frames-fit-every-hop-of-the-path",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "The frame size of a virtual interface is one that AWS has, and every hop of its path passes it: a hop that cannot drops large packets while small ones, such as pings, arrive.",
  remediation:
    "Use 1500, or raise every hop: the interface, ipMtu of the Megaport router, and a port instead of a Cloud Router at Equinix.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    return interconnect
      .all("privateInterface", "transitInterface", "hostedPrivateInterface", "hostedTransitInterface")
      .flatMap((virtualInterface) => judge(virtualInterface, interconnect));
  },
};

function judge(virtualInterface: PlannedResource, interconnect: Interconnect): Finding[] {
  const reading = numberAt(virtualInterface, "mtu");
  if (reading.state === "hidden") {
    return [
      notShown(
        virtualInterface,
        "mtu",
        `Nothing shows the frame size of ${virtualInterface.name}: ${reading.why}.`,
      ),
    ];
  }
  const size = reading.state === "known" ? reading.value : mtu.assumed;
  const legal = isTransit(virtualInterface) ? mtu.transitVirtualInterface : mtu.privateVirtualInterface;
  if (!legal.includes(size)) {
    const message = `${virtualInterface.name} has frames of ${size} bytes; AWS has ${legal.join(" or ")} on this kind of interface.`;
    return [broken(virtualInterface, "mtu", message)];
  }
  const { connection, unresolved } = connectionOf(virtualInterface, interconnect);
  if (!connection) {
    if (size <= mtu.assumed) return [];
    const message = `Nothing shows that the path under ${virtualInterface.name} passes ${size} bytes: ${unresolved}.`;
    return [notShown(virtualInterface, "mtu", message)];
  }
  return overHops(virtualInterface, size, connection);
}

function isTransit({ type }: PlannedResource): boolean {
  const transit: (Noun | undefined)[] = ["transitInterface", "hostedTransitInterface"];
  return transit.includes(nounOf(type));
}

function overHops(virtualInterface: PlannedResource, size: number, connection: PlannedResource): Finding[] {
  const via = (property: string) => ({ via: [{ urn: connection.urn, property }] });
  switch (nounOf(connection.type)) {
    case "fabricConnection": {
      if (size <= mtu.assumed) return [];
      const router = "aSide.accessPoint.router.uuid";
      if (asked(connection, router).length > 0) {
        const message = `${virtualInterface.name} has frames of ${size} bytes over a Fabric Cloud Router, whose frame size Equinix does not publish.`;
        return [notShown(virtualInterface, "mtu", message, via("aSide.accessPoint.router"))];
      }
      if (size <= mtu.fabricPort) return [];
      const message = `${virtualInterface.name} has frames of ${size} bytes, but an Equinix port passes ${mtu.fabricPort}.`;
      return [broken(virtualInterface, "mtu", message, via("aSide.accessPoint"))];
    }
    case "vxc":
      return overMegaport(virtualInterface, size, connection);
    case "connection":
    case "lag":
      return overDedicated(virtualInterface, size, connection);
    default:
      return [];
  }
}

/** The router's frames must be as large as the interface's: smaller ones cut what comes, larger ones are dropped at AWS. */
function overMegaport(virtualInterface: PlannedResource, size: number, vxc: PlannedResource): Finding[] {
  const interfaces = "aEndPartnerConfig.vrouterConfig.interfaces[]";
  const { objects, hidden } = objectsAt(vxc, interfaces);
  const unknown = hidden.map(({ path }) =>
    notShown(
      vxc,
      path,
      `Nothing shows the frame size of the router interfaces of ${vxc.name} before creation.`,
    ),
  );
  const wrong = objects.flatMap(({ path, properties }) => {
    const [leaf] = leavesAt(properties, "ipMtu");
    const property = `${path}.ipMtu`;
    const router = leaf ? toNumber(leaf.value) : mtu.megaportRouterDefault;
    if (router === undefined) {
      return [
        notShown(vxc, property, `Nothing shows the frame size of the router of ${vxc.name} before creation.`),
      ];
    }
    if (router > mtu.megaportCircuit) {
      return [
        broken(
          vxc,
          property,
          `${vxc.name} asks for frames of ${router} bytes; a VXC passes ${mtu.megaportCircuit}.`,
        ),
      ];
    }
    if (router === size) return [];
    const message = `${virtualInterface.name} has frames of ${size} bytes, but the Megaport router of ${vxc.name} has ${router}.`;
    return [broken(virtualInterface, "mtu", message, { via: [{ urn: vxc.urn, property }] })];
  });
  return [...unknown, ...wrong];
}

function overDedicated(
  virtualInterface: PlannedResource,
  size: number,
  connection: PlannedResource,
): Finding[] {
  if (size <= mtu.assumed || connection.outputs.jumboFrameCapable !== false) return [];
  const message = `${virtualInterface.name} has frames of ${size} bytes, but AWS says that ${connection.name} passes no jumbo frames.`;
  return [
    broken(virtualInterface, "mtu", message, {
      via: [{ urn: connection.urn, property: "jumboFrameCapable" }],
    }),
  ];
}
