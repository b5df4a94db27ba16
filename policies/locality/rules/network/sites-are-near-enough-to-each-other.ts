import { fromDeclaration, type PlannedResource, type Rule, type View } from "@hybrid-ai-fabric/graph";
import {
  append,
  asked,
  circuitsOf,
  flagAt,
  interconnectOf,
  siteFinder,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";
import { metroOfDirectConnectLocation, placeOfMetro } from "@hybrid-ai-fabric/locality";
import { judgePath, type NetworkPath, type PathEnd, readBudgets } from "./round-trip-budgets";

/** Round trips: the distance of metros, or cloudping.co medians of 2025 between the regions around them (round-trips.json). */
export const sitesAreNearEachOther: Rule = {
  id: "sites-are-near-enough-to-each-other",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "The round trip between two sites that a Fabric connection, a Fabric network, a VXC or SiteLink joins stays within the budget: one training job over two sites runs at the pace of the path between them.",
  remediation: "Join nearer sites, split the work by site, or widen settings.budgets.roundTripMs.",
  evaluate: (view) => {
    const budgets = readBudgets(view);
    if (budgets.length === 0) return [];
    return [...connections(view), ...networks(view), ...privateVxcs(view), ...siteLinks(view)].flatMap(
      (path) => judgePath(path, budgets),
    );
  },
};

/** Connections from metro to metro that end at no seller. */
function connections(view: View): NetworkPath[] {
  const { all } = interconnectOf(view);
  return all("fabricConnection").flatMap((connection) => {
    const [seller, network] = ["zSide.accessPoint.sellerRegion", "zSide.accessPoint.network.uuid"];
    if ([seller, network].some((property) => asked(connection, property ?? "").length > 0)) return [];
    const property = "zSide.accessPoint.location.metroCode";
    return [
      { by: connection, property, from: metroEnd(connection, "aSide"), to: metroEnd(connection, "zSide") },
    ];
  });
}

/** Members of one network reach each other, whichever side of their connection it is on. */
function networks(view: View): NetworkPath[] {
  const { all, named } = interconnectOf(view);
  const members = new Map<PlannedResource, Member[]>();
  for (const connection of all("fabricConnection")) {
    for (const [side, other] of [
      ["aSide", "zSide"],
      ["zSide", "aSide"],
    ] as const) {
      const joined = named(connection, `${side}.accessPoint.network.uuid`, "fabricNetwork").resources;
      for (const network of joined)
        append(members, network, { by: connection, end: metroEnd(connection, other) });
    }
  }
  return [...members.values()].flatMap((each) => pairs(each, "zSide.accessPoint.network"));
}

/** VXCs that end at no cloud join what stands at their two ends. */
function privateVxcs(view: View): NetworkPath[] {
  return interconnectOf(view)
    .all("vxc")
    .flatMap((vxc) => {
      const partner = textAt(vxc, "bEndPartnerConfig.partner");
      const cloud = partner.state === "hidden" || (partner.state === "known" && partner.value !== "vrouter");
      if (cloud || asked(vxc, "serviceKey").length > 0) return [];
      const [from, to] = [megaportEnd(view, vxc, "aEnd"), megaportEnd(view, vxc, "bEnd")];
      return [{ by: vxc, property: "bEnd.requestedProductUid", from, to }];
    });
}

/** The metro of the building that a Megaport location is, where the settings know it; else its country. */
function megaportEnd(view: View, vxc: PlannedResource, side: "aEnd" | "bEnd"): PathEnd {
  const { named } = interconnectOf(view);
  const nouns = ["mcr", "megaportPort", "lagPort", "mve"] as const;
  const devices = named(vxc, `${side}.requestedProductUid`, ...nouns).resources;
  const [location] = [
    textAt(vxc, `${side}.locationId`),
    ...devices.map((device) => textAt(device, "locationId")),
  ].flatMap((reading) => (reading.state === "known" ? [reading.value] : []));
  if (location === undefined) return { unknown: `nothing shows the Megaport location of its ${side}` };
  const { megaportBuildings, megaportLocations } = view.settings.tables;
  const metro = metroOfDirectConnectLocation(megaportBuildings[location] ?? "");
  const place = metro === undefined ? undefined : placeOfMetro(metro);
  if (place) return { place };
  const [declared] = fromDeclaration(megaportLocations[location] ?? "").places;
  return declared ?? { unknown: `Megaport location ${location} is in no table; say it in settings.tables` };
}

/** With SiteLink, the sites before one gateway reach each other without passing a region. */
function siteLinks(view: View): NetworkPath[] {
  const siteOf = siteFinder(view);
  const linked = new Map<PlannedResource, Member[]>();
  for (const circuit of circuitsOf(view)) {
    const enabled = flagAt(circuit.attachment, "sitelinkEnabled");
    const off = enabled.state === "absent" || (enabled.state === "known" && !enabled.value);
    if (!circuit.gateway || off) continue;
    append(linked, circuit.gateway, { by: circuit.attachment, end: siteOf(circuit) });
  }
  return [...linked.values()].flatMap((each) => pairs(each, "sitelinkEnabled"));
}

interface Member {
  by: PlannedResource;
  end: PathEnd;
}

/**
 * Each pair of unlike places once, so that many circuits of two sites are one question. Of ends that nothing shows two are
 * enough: with each other and with every known one they say all that can be said.
 */
function pairs(members: readonly Member[], property: string): NetworkPath[] {
  const places = new Map<string, Member>();
  for (const member of members) {
    const { end } = member;
    const keys = "place" in end ? [JSON.stringify(end.place)] : ["one unknown", "another unknown"];
    const key = keys.find((candidate) => !places.has(candidate));
    if (key !== undefined) places.set(key, member);
  }
  const distinct = [...places.values()];
  return distinct.flatMap((one, index) =>
    distinct.slice(index + 1).map((other) => ({
      by: other.by,
      property,
      via: [{ urn: one.by.urn, property }],
      from: one.end,
      to: other.end,
    })),
  );
}

function metroEnd(connection: PlannedResource, side: "aSide" | "zSide"): PathEnd {
  const metro = textAt(connection, `${side}.accessPoint.location.metroCode`);
  if (metro.state === "known") {
    const place = placeOfMetro(metro.value);
    return place ? { place } : { unknown: `${metro.value} is a metro that no table holds` };
  }
  return {
    unknown: `the metro of its ${side} is ${metro.state === "hidden" ? "not known before creation" : "not given"}`,
  };
}
