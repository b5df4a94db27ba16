import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import {
  circuitsOf,
  type Interconnect,
  interconnectOf,
  numberAt,
  type Reading,
} from "@hybrid-ai-fabric/graph/interconnect";

/** The number that AWS gives to a transit gateway for which none is asked (AWS user guide). */
const TRANSIT_GATEWAY_DEFAULT = 64512;

/** Unlike numbers: AWS user guide, Direct Connect gateways and transit gateway associations. */
export const gatewaysHaveTheirOwnAsn: Rule = {
  id: "gateways-have-autonomous-systems-of-their-own",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A Direct Connect gateway, the transit gateways behind it and the routers before it speak unlike AS numbers: BGP drops a route that already holds its own.",
  remediation: "Give every gateway a private AS number that no other gateway or router of the path has.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    return [
      ...associations(interconnect),
      ...siblings(interconnect),
      ...circuitsOf(view).flatMap(({ attachment, gateway }) =>
        gateway ? sessions(attachment, gateway) : [],
      ),
    ];
  },
};

function associations(interconnect: Interconnect): Finding[] {
  return interconnect.all("association").flatMap((association) => {
    const [gateway] = interconnect.named(association, "dxGatewayId", "gateway").resources;
    const transit = interconnect.named(association, "associatedGatewayId", "transitGateway").resources;
    if (!gateway) return [];
    return transit.flatMap((other) => {
      const [mine, theirs] = [numberAt(gateway, "amazonSideAsn"), asnOf(other)];
      const via = [{ urn: other.urn, property: "amazonSideAsn" }];
      if (mine.state === "known" && theirs.state === "known") {
        if (mine.value !== theirs.value) return [];
        const message = `${gateway.name} and ${other.name} behind it both have AS number ${mine.value}.`;
        return [broken(gateway, "amazonSideAsn", message, { via })];
      }
      const message = `Nothing shows that ${gateway.name} and ${other.name} have unlike AS numbers.`;
      return [notShown(gateway, "amazonSideAsn", message, { via })];
    });
  });
}

/** Transit gateways with one number: wrong behind one Direct Connect gateway, a trap for a later peering elsewhere. */
function siblings(interconnect: Interconnect): Finding[] {
  const gatewaysOf = new Map<PlannedResource, Set<string>>();
  for (const association of interconnect.all("association")) {
    const named = interconnect.named(association, "dxGatewayId", "gateway").resources;
    for (const transit of interconnect.named(association, "associatedGatewayId", "transitGateway")
      .resources) {
      const set = gatewaysOf.get(transit) ?? new Set();
      for (const { urn } of named) set.add(urn);
      gatewaysOf.set(transit, set);
    }
  }
  const firstWith = new Map<string, PlannedResource>();
  return interconnect.all("transitGateway").flatMap((transit) => {
    const asn = asnOf(transit);
    if (asn.state !== "known") return [];
    const shared = [...(gatewaysOf.get(transit) ?? [])];
    const keys = [...shared.map((gateway) => `${gateway} ${asn.value}`), `anywhere ${asn.value}`];
    const same = keys.map((key) => ({ key, other: firstWith.get(key) })).find(({ other }) => other);
    for (const key of keys) if (!firstWith.has(key)) firstWith.set(key, transit);
    if (!same?.other) return [];
    const together = !same.key.startsWith("anywhere ");
    const where = together
      ? " behind one Direct Connect gateway"
      : ", so they can never be peered or share a gateway";
    const message = `${same.other.name} and ${transit.name} both have AS number ${asn.value}${where}.`;
    return [
      broken(transit, "amazonSideAsn", message, {
        via: [{ urn: same.other.urn, property: "amazonSideAsn" }],
        ...(together ? {} : { level: "advisory" as const }),
      }),
    ];
  });
}

function sessions(attachment: PlannedResource, gateway: PlannedResource): Finding[] {
  const [router, amazon] = [numberAt(attachment, "bgpAsn", "bgpAsnLong"), numberAt(gateway, "amazonSideAsn")];
  if (router.state !== "known" || amazon.state !== "known" || router.value !== amazon.value) return [];
  const message = `Both ends of ${attachment.name} have AS number ${amazon.value}.`;
  return [
    broken(attachment, router.path, message, { via: [{ urn: gateway.urn, property: "amazonSideAsn" }] }),
  ];
}

function asnOf(transit: PlannedResource): Reading<number> {
  const reading = numberAt(transit, "amazonSideAsn");
  return reading.state === "absent"
    ? { state: "known", value: TRANSIT_GATEWAY_DEFAULT, path: reading.path }
    : reading;
}
