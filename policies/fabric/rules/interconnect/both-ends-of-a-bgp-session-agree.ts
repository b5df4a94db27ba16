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
  byEnd,
  type Circuit,
  circuitsOf,
  hiddenBecause,
  type Interconnect,
  interconnectOf,
  type Noun,
  nounOf,
  numberAt,
  objectsAt,
  textAt,
  toNumber,
} from "@hybrid-ai-fabric/graph/interconnect";
import { isSameHost, isSamePrefix, readAddress } from "./addresses";

/**
 * What each end says about the other: Equinix `equinixIfaceIp` is the interface's `customerAddress`, `customerPeerIp` its
 * `amazonAddress`, `customerAsn` the gateway's `amazonSideAsn` (Equinix Fabric documentation); Megaport's router
 * interface says the same in `ipAddresses`, `peerIpAddress` and `peerAsn` (provider schema). Keys are not compared.
 */
export const bothEndsAgree: Rule = {
  id: "both-ends-of-a-bgp-session-agree",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "The router of a carrier and the virtual interface at AWS say the same of their link: each other's address and AS number. Otherwise the circuit is paid for and never carries a route.",
  remediation: "Compute addresses and AS numbers of a link once and give them to both ends.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    const all = interconnect.all("routingProtocol");
    const protocols = byEnd(interconnect, all, "connectionUuid", "fabricConnection");
    return circuitsOf(view).flatMap((circuit) => {
      const { connection, carrier } = circuit;
      if (!connection) return [];
      if (carrier === "equinix") {
        return (protocols.get(connection) ?? []).flatMap((protocol) =>
          onFabric(circuit, protocol, interconnect),
        );
      }
      return carrier === "megaport" ? onMegaport(circuit, connection, interconnect) : [];
    });
  },
};

/** Where the interface's own addresses stand: on it, on the one that another account ordered, or in a carrier's order. */
interface Interface {
  resource: PlannedResource;
  customerAddress: string;
  amazonAddress: string;
}

function interfaceOf({ attachment }: Circuit, interconnect: Interconnect): Interface {
  const own = { customerAddress: "customerAddress", amazonAddress: "amazonAddress" };
  const kinds: Noun[] = ["hostedPrivateInterface", "hostedTransitInterface", "vxc"];
  const [accepted] = interconnect.named(attachment, "virtualInterfaceId", ...kinds).resources;
  if (!accepted) return { resource: attachment, ...own };
  if (nounOf(accepted.type) !== "vxc") return { resource: accepted, ...own };
  const order = "bEndPartnerConfig.awsConfig";
  return {
    resource: accepted,
    customerAddress: `${order}.customerIpAddress`,
    amazonAddress: `${order}.amazonIpAddress`,
  };
}

function onFabric(circuit: Circuit, protocol: PlannedResource, interconnect: Interconnect): Finding[] {
  const mine = interfaceOf(circuit, interconnect);
  const family = textAt(mine.resource, "addressFamily");
  const version = family.state === "known" && family.value === "ipv6" ? "6" : "4";
  return [
    ...sameAddress(
      mine,
      "customerAddress",
      protocol,
      `directIpv${version}s[].equinixIfaceIp`,
      `directIpv${version}.equinixIfaceIp`,
    ),
    ...sameAddress(
      mine,
      "amazonAddress",
      protocol,
      `bgpIpv${version}s[].customerPeerIp`,
      `bgpIpv${version}.customerPeerIp`,
    ),
    ...sameAsn(circuit, protocol, "customerAsn"),
  ];
}

function onMegaport(circuit: Circuit, vxc: PlannedResource, interconnect: Interconnect): Finding[] {
  const mine = interfaceOf(circuit, interconnect);
  const { objects } = objectsAt(vxc, "aEndPartnerConfig.vrouterConfig.interfaces[]");
  const addressed = objects.filter(({ properties }) => leavesAt(properties, "ipAddresses[]").length > 0);
  const interfaces = "aEndPartnerConfig.vrouterConfig.interfaces[]";
  if (addressed.length === 0) return [];
  return [
    ...sameAddress(mine, "customerAddress", vxc, `${interfaces}.ipAddresses[]`),
    ...sameAddress(mine, "amazonAddress", vxc, `${interfaces}.bgpConnections[].peerIpAddress`),
    ...sameAsn(circuit, vxc, `${interfaces}.bgpConnections[].peerAsn`),
  ];
}

/** One of the addresses that the router names must be the interface's. */
function sameAddress(
  { resource, ...properties }: Interface,
  end: "customerAddress" | "amazonAddress",
  router: PlannedResource,
  ...spellings: string[]
): Finding[] {
  const theirs = asked(router, ...spellings);
  if (theirs.length === 0) return [];
  const property = properties[end];
  const [mine] = asked(resource, property);
  const via = [{ urn: router.urn, property: theirs[0]?.path ?? "" }];
  const hidden = mine ? hiddenBecause(mine.value) : "AWS chooses it, after the router's was written down";
  if (hidden !== undefined || !mine) {
    const message = `Nothing shows that ${property} of ${resource.name} is the one that ${router.name} names: ${hidden}.`;
    return [notShown(resource, property, message, { via })];
  }
  const readings = theirs.map(({ value }) => hiddenBecause(value) ?? String(value));
  if (theirs.some(({ value }) => isSame(mine.value, value))) return [];
  if (theirs.some(({ value }) => hiddenBecause(value) !== undefined)) {
    const message = `Nothing shows that ${router.name} names ${property} of ${resource.name}: ${readings.join(", ")}.`;
    return [notShown(resource, property, message, { via })];
  }
  const message = `${resource.name} has ${property} ${String(mine.value)}, but ${router.name} names ${readings.join(", ")}.`;
  return [broken(resource, property, message, { via })];
}

function isSame(mine: unknown, theirs: unknown): boolean {
  if (typeof mine !== "string" || typeof theirs !== "string") return false;
  const [a, b] = [readAddress(mine), readAddress(theirs)];
  if (!a || !b) return false;
  return isSameHost(a, b) && (!mine.includes("/") || !theirs.includes("/") || isSamePrefix(a, b));
}

function sameAsn({ attachment, gateway }: Circuit, router: PlannedResource, property: string): Finding[] {
  const amazon = gateway ? numberAt(gateway, "amazonSideAsn") : undefined;
  if (!gateway || amazon?.state !== "known") return [];
  return asked(router, property).flatMap(({ path, value }) => {
    const asn = toNumber(value);
    if (hiddenBecause(value) !== undefined || asn === amazon.value) return [];
    const message = `${router.name} expects AS number ${String(value)} of ${attachment.name}, but ${gateway.name} speaks ${amazon.value}.`;
    return [broken(router, path, message, { via: [{ urn: gateway.urn, property: "amazonSideAsn" }] })];
  });
}
