import {
  broken,
  type Finding,
  isUnknown,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { asked, interconnectOf, objectsAt, textAt } from "@hybrid-ai-fabric/graph/interconnect";

/**
 * Both ends take an MD5 key (Equinix `bgpAuthKey`, up to 80 ASCII characters; AWS `bgpAuthKey`; Megaport `password` and
 * `authKey`: provider schemas). The key itself is never read, so that packs and plan files, where it is masked, agree.
 */
export const sessionsAreAuthenticated: Rule = {
  id: "bgp-sessions-are-authenticated",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Both ends of every BGP session have a key, so that nobody between them can announce routes and draw the traffic away.",
  remediation: "Give both ends the same secret BGP key.",
  evaluate: (view) => {
    const { all } = interconnectOf(view);
    const interfaces = all(
      "privateInterface",
      "transitInterface",
      "publicInterface",
      "hostedPrivateInterface",
      "hostedTransitInterface",
      "bgpPeer",
    );
    return [
      ...interfaces.flatMap((resource) =>
        key(resource, "bgpAuthKey", "AWS would make up a key that the router at the other end does not hold"),
      ),
      ...all("routingProtocol").flatMap(fabricSession),
      ...all("vxc").flatMap(megaportSessions),
    ];
  },
};

function fabricSession(protocol: PlannedResource): Finding[] {
  const type = textAt(protocol, "type");
  if (type.state === "known" && type.value !== "BGP") return [];
  return key(protocol, "bgpAuthKey", "anybody on the path could speak for the router");
}

function megaportSessions(vxc: PlannedResource): Finding[] {
  const sessions = "aEndPartnerConfig.vrouterConfig.interfaces[].bgpConnections[]";
  const { objects, hidden } = objectsAt(vxc, sessions);
  const hostedInterface = textAt(vxc, "bEndPartnerConfig.awsConfig.connectType");
  return [
    ...hidden.map(({ path }) =>
      notShown(
        vxc,
        path,
        `Nothing shows whether the BGP sessions of ${vxc.name} have a key before creation.`,
      ),
    ),
    ...objects.flatMap(({ path, properties }) =>
      leavesAt(properties, "password").length > 0
        ? []
        : [broken(vxc, `${path}.password`, `A BGP session of ${vxc.name} has no key.`)],
    ),
    ...(hostedInterface.state === "known" && hostedInterface.value === "AWS"
      ? key(vxc, "bEndPartnerConfig.awsConfig.authKey", "AWS would make up one that the router does not hold")
      : []),
  ];
}

/** A key that is computed from a resource of the plan will be there; one that comes from nowhere might be none. */
function key(resource: PlannedResource, property: string, otherwise: string): Finding[] {
  const [leaf] = asked(resource, property);
  if (!leaf) return [broken(resource, property, `${resource.name} has no BGP key: ${otherwise}.`)];
  const top = property.split(".", 1)[0] ?? property;
  const traced = (resource.propertyDependencies[top] ?? []).length > 0;
  if (!isUnknown(leaf.value) || traced) return [];
  return [notShown(resource, property, `Nothing shows whether ${resource.name} will have a BGP key.`)];
}
