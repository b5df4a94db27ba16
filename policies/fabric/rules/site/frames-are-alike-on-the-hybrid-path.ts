import {
  broken,
  declaredProperties,
  type Finding,
  isUnknown,
  leavesAt,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { append, circuitsOf, interconnectOf, numberAt } from "@hybrid-ai-fabric/graph/interconnect";
import { pathMtu } from "@hybrid-ai-fabric/locality";
import { broken as brokenObject, notKnown } from "./findings";
import { releasesOf } from "./gpu-policies";
import { fieldOf, type Manifest, ofKind } from "./manifests";

/** Largest packet inside a tunnel of AWS Site-to-Site VPN (its user guide, read 2026-11). */
const TUNNEL = 1446;

export const framesAreAlike: Rule = {
  id: "frames-are-alike-on-the-hybrid-path",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "All ways between a site and its region pass packets of one size, and pods of hybrid nodes send none that are larger. Else large packets are lost after a failover, while pings still arrive.",
  remediation:
    "Give all interfaces of a gateway one mtu, leave it at 1500 where a tunnel stands by, and set the MTU of the pod network to the path's at most.",
  evaluate: (view) => [...betweenCircuits(view), ...besideTunnels(view), ...podNetworks(view)],
};

interface Way {
  resource: PlannedResource;
  mtu: number;
}

/** Interfaces by gateway. One whose frames are not known is refused by the rule about the hops of its path. */
function waysByGateway(view: View): Map<PlannedResource, Way[]> {
  const ways = new Map<PlannedResource, Way[]>();
  for (const { attachment, gateway } of circuitsOf(view)) {
    // The acceptance of an interface takes the size that the interface was made with.
    if (!gateway || attachment.inputs.virtualInterfaceId !== undefined) continue;
    const reading = numberAt(attachment, "mtu");
    if (reading.state === "hidden") continue;
    const mtu = reading.state === "known" ? reading.value : pathMtu.assumed;
    append(ways, gateway, { resource: attachment, mtu });
  }
  return ways;
}

function betweenCircuits(view: View): Finding[] {
  return [...waysByGateway(view)].flatMap(([gateway, ways]) => {
    const least = Math.min(...ways.map(({ mtu }) => mtu));
    return ways
      .filter(({ mtu }) => mtu > least)
      .map(({ resource, mtu }) =>
        broken(
          resource,
          "mtu",
          `${resource.name} has frames of ${mtu} bytes, another interface of ${gateway.name} has ${least}.`,
        ),
      );
  });
}

/** A tunnel that ends where a circuit does takes over from it, and fragments or drops what fitted before. */
function besideTunnels(view: View): Finding[] {
  const interconnect = interconnectOf(view);
  const largest = new Map<PlannedResource, number>();
  const ways = waysByGateway(view);
  for (const association of interconnect.all("association")) {
    const [gateway] = interconnect.named(association, "dxGatewayId", "gateway").resources;
    const most = Math.max(0, ...(gateway ? (ways.get(gateway) ?? []) : []).map(({ mtu }) => mtu));
    const ends = interconnect.named(association, "associatedGatewayId", "transitGateway", "vpnGateway");
    for (const end of ends.resources) largest.set(end, Math.max(most, largest.get(end) ?? 0));
  }
  return view.graph.resources
    .filter(({ type }) => type === "aws:ec2/vpnConnection:VpnConnection")
    .flatMap((tunnel) => {
      const ends = [
        ...interconnect.named(tunnel, "transitGatewayId", "transitGateway").resources,
        ...interconnect.named(tunnel, "vpnGatewayId", "vpnGateway").resources,
      ];
      const most = Math.max(0, ...ends.map((end) => largest.get(end) ?? 0));
      return most <= pathMtu.assumed
        ? []
        : [
            broken(
              tunnel,
              "transitGatewayId",
              `${tunnel.name} passes ${TUNNEL} bytes and stands by for circuits with frames of ${most}.`,
            ),
          ];
    });
}

/** What the charts and objects of pod networks call their size. */
const settings: { [kind: string]: string[] } = {
  cilium: ["values", "MTU"],
  "tigera-operator": ["values", "installation", "calicoNetwork", "mtu"],
  Installation: ["spec", "calicoNetwork", "mtu"],
};

function podNetworks(view: View): Finding[] {
  const hybrid = view.graph.resources.some(
    (resource) =>
      resource.type === "aws:eks/cluster:Cluster" &&
      leavesAt(declaredProperties(resource), "remoteNetworkConfig").length > 0,
  );
  const sizes = [...waysByGateway(view).values()].flat().map(({ mtu }) => mtu);
  if (!hybrid || sizes.length === 0) return [];
  const least = Math.min(...sizes);
  const networks: [Manifest, string[]][] = [
    ...["cilium", "tigera-operator"].flatMap((chart) =>
      releasesOf(view, chart).map((release): [Manifest, string[]] => [release, settings[chart] ?? []]),
    ),
    ...ofKind(view, "Installation").map((one): [Manifest, string[]] => [one, settings.Installation ?? []]),
  ];
  return networks.flatMap(([manifest, path]) => {
    const size = fieldOf(manifest.properties, ...path);
    const property = path.join(".");
    if (isUnknown(size)) return [notKnown(manifest, property)];
    return Number(size) > least
      ? [
          brokenObject(
            manifest,
            property,
            `pods send ${String(size)} bytes, but the path to the region passes ${least}.`,
          ),
        ]
      : [];
  });
}
