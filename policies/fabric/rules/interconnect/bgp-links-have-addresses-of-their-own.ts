import {
  broken,
  compare,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { append, type Interconnect, interconnectOf, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { isSameHost, isSamePrefix, type LinkAddress, overlapping, readAddress } from "./addresses";

/** Families and point-to-point prefixes of virtual interfaces and BGP peers: AWS user guide, creating virtual interfaces. */
export const linksHaveTheirOwnAddresses: Rule = {
  id: "bgp-links-have-addresses-of-their-own",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Both ends of a BGP link are two hosts of one prefix in the family that the interface says, and no two links to one gateway share addresses.",
  remediation: "Give each link a /30 or /31 (IPv6: /127) of its own, and its two hosts to the two ends.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    const links = interconnect
      .all(
        "privateInterface",
        "transitInterface",
        "publicInterface",
        "hostedPrivateInterface",
        "hostedTransitInterface",
        "bgpPeer",
      )
      .map((resource) => ({ resource, ...readLink(resource) }));
    return [...links.flatMap(({ findings }) => findings), ...shared(links, interconnect)];
  },
};

interface Link {
  prefix?: LinkAddress;
  findings: Finding[];
}

/** Addresses that AWS chooses are AWS's business: nothing is judged when none is given. */
function readLink(resource: PlannedResource): Link {
  const family = textAt(resource, "addressFamily");
  const ends = ["customerAddress", "amazonAddress"].map((property) => textAt(resource, property));
  const hidden = [family, ...ends].find((reading) => reading.state === "hidden");
  if (hidden?.state === "hidden") {
    const message = `Nothing shows the addresses of ${resource.name}: ${hidden.path}: ${hidden.why}.`;
    return { findings: [notShown(resource, hidden.path, message)] };
  }
  const version = family.state === "known" ? family.value : "ipv4";
  if (version !== "ipv4" && version !== "ipv6") {
    return {
      findings: [
        broken(
          resource,
          "addressFamily",
          `${resource.name} has address family "${version}", not ipv4 or ipv6.`,
        ),
      ],
    };
  }
  const given = ends.flatMap((reading) => (reading.state === "known" ? [reading] : []));
  if (given.length === 0) return { findings: [] };
  const missing = ends.find((reading) => reading.state === "absent");
  if (missing) {
    return {
      findings: [
        broken(
          resource,
          missing.path,
          `${resource.name} has one address of two: ${missing.path} is missing.`,
        ),
      ],
    };
  }
  const read = given.map(({ value }) => readAddress(value));
  const [customer, amazon] = read;
  const wrong = given.find((_, index) => read[index]?.family !== version);
  if (wrong || !customer || !amazon) {
    const message = `${wrong?.path} of ${resource.name} is ${wrong?.value}, which is no ${version} address.`;
    return { findings: [broken(resource, wrong?.path ?? "customerAddress", message)] };
  }
  if (!isSamePrefix(customer, amazon) || isSameHost(customer, amazon)) {
    const texts = given.map(({ value }) => value).join(" and ");
    const message = `The ends of ${resource.name} are ${texts}: not two hosts of one prefix.`;
    return { findings: [broken(resource, "customerAddress", message)] };
  }
  return { prefix: customer, findings: [] };
}

/** Links to different gateways never meet; a link whose gateway is elsewhere is compared with its like. */
function shared(
  links: readonly (Link & { resource: PlannedResource })[],
  interconnect: Interconnect,
): Finding[] {
  const groups = new Map<string, { prefix: LinkAddress; owner: PlannedResource }[]>();
  for (const { prefix, resource } of links) {
    if (!prefix) continue;
    const { resources, elsewhere } = interconnect.named(resource, "dxGatewayId", "gateway");
    const key = resources[0]?.urn ?? elsewhere[0] ?? "";
    append(groups, key, { prefix, owner: resource });
  }
  return [...groups]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, members]) => overlapping(members))
    .map(([one, other]) => {
      const message = `${one.name} and ${other.name} lead to one gateway with overlapping addresses.`;
      return broken(other, "customerAddress", message, {
        via: [{ urn: one.urn, property: "customerAddress" }],
      });
    });
}
