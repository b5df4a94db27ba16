import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import {
  asked,
  hiddenBecause,
  type Interconnect,
  interconnectOf,
  type Noun,
  nounOf,
  toNumber,
} from "@hybrid-ai-fabric/graph/interconnect";
import { type AsnUse, asnProblem } from "@hybrid-ai-fabric/locality";

/**
 * Reserved numbers: IANA registry (RFC 5398, 6793, 6996, 7300, 7607). Private numbers for gateways: AWS user guide. Numbers
 * that Fabric does not peer with: Equinix documentation (64496 to 64511, 64600); all in locality/data/circuit-quotas.json.
 */
export const autonomousSystemsAreUsable: Rule = {
  id: "autonomous-systems-are-usable",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Every end of a BGP session has an AS number that its speaker may use; with a reserved one the session never comes up.",
  remediation:
    "Take private AS numbers (64512 to 65534 but 64600, or 4200000000 to 4294967294) for gateways, and let Equinix and Megaport keep their own.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    return speakers.flatMap(({ nouns, properties, use }) =>
      interconnect
        .all(...nouns)
        .flatMap((resource) =>
          properties.flatMap((property) => judge(resource, property, use, interconnect)),
        ),
    );
  },
};

const routerSessions = "aEndPartnerConfig.vrouterConfig.interfaces[].bgpConnections[]";

const speakers: { nouns: Noun[]; properties: string[]; use: AsnUse }[] = [
  { nouns: ["gateway", "transitGateway", "vpnGateway"], properties: ["amazonSideAsn"], use: "gateway" },
  {
    nouns: [
      "privateInterface",
      "transitInterface",
      "publicInterface",
      "hostedPrivateInterface",
      "hostedTransitInterface",
      "bgpPeer",
    ],
    properties: ["bgpAsn", "bgpAsnLong"],
    use: "peer",
  },
  { nouns: ["routingProtocol"], properties: ["customerAsn"], use: "fabricPeer" },
  { nouns: ["mcr"], properties: ["asn"], use: "peer" },
  {
    nouns: ["vxc"],
    properties: [
      `${routerSessions}.peerAsn`,
      `${routerSessions}.localAsn`,
      "bEndPartnerConfig.awsConfig.asn",
      "bEndPartnerConfig.awsConfig.amazonAsn",
    ],
    use: "peer",
  },
];

function judge(
  resource: PlannedResource,
  property: string,
  use: AsnUse,
  interconnect: Interconnect,
): Finding[] {
  return asked(resource, property).flatMap(({ path, value }) => {
    const hidden = hiddenBecause(value);
    if (hidden !== undefined) {
      return isCarriersOwn(resource, path, interconnect)
        ? []
        : [notShown(resource, path, `Nothing shows the AS number of ${resource.name}: ${hidden}.`)];
    }
    const asn = toNumber(value);
    const wrong = asn === undefined ? "is no AS number" : asnProblem(asn, use);
    return wrong === undefined
      ? []
      : [broken(resource, path, `${resource.name} has AS number ${String(value)}, which ${wrong}.`)];
  });
}

/** Equinix and Megaport give numbers of their own to their routers; a gateway's is judged where it is declared. */
function isCarriersOwn(resource: PlannedResource, path: string, interconnect: Interconnect): boolean {
  const from = resource.propertyDependencies[path.split(/[.[]/, 1)[0] ?? path] ?? [];
  const givers: (Noun | undefined)[] = ["fabricRouter", "mcr", "gateway", "routingProtocol"];
  return from.some((urn) => givers.includes(nounOf(interconnect.byUrn(urn)?.type ?? "")));
}
