import {
  broken,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { hiddenBecause, interconnectOf, objectsAt, toNumber } from "@hybrid-ai-fabric/graph/interconnect";

const MOST_MED = 4294967295;

/** Prepending 0, 1, 3 or 5 times: Equinix provider schema 5.1.0; 0 to 10 times: Megaport provider schema; MED: RFC 4271. */
export const preferencesAreTaken: Rule = {
  id: "route-preferences-are-ones-the-router-takes",
  pack: "fabric",
  severity: "medium",
  level: "mandatory",
  description:
    "MED and AS-path prepending, which decide the path in use and the one in reserve, have values that the carrier's router takes.",
  remediation:
    "Prepend 0, 1, 3 or 5 times at Equinix, 0 to 10 times at Megaport; MED is a whole number up to 4294967295.",
  evaluate: (view) => {
    const { all } = interconnectOf(view);
    const session = "aEndPartnerConfig.vrouterConfig.interfaces[].bgpConnections[]";
    return [
      ...all("routingProtocol").flatMap((protocol) => [
        ...judge(protocol, fabricPreferences, "bgpIpv4s[]", "bgpIpv4"),
        ...judge(protocol, fabricPreferences, "bgpIpv6s[]", "bgpIpv6"),
      ]),
      ...all("vxc").flatMap((vxc) => judge(vxc, megaportPreferences, session)),
    ];
  },
};

const fabricPreferences: Preference[] = [
  {
    property: "outboundAsPrependCount",
    takes: (count) => [0, 1, 3, 5].includes(count),
    legal: "0, 1, 3 or 5",
  },
  { property: "inboundMed", takes: isMed, legal: `up to ${MOST_MED}` },
  { property: "outboundMed", takes: isMed, legal: `up to ${MOST_MED}` },
];
const megaportPreferences: Preference[] = [
  { property: "asPathPrependCount", takes: (count) => count <= 10, legal: "0 to 10" },
  { property: "medIn", takes: isMed, legal: `up to ${MOST_MED}` },
  { property: "medOut", takes: isMed, legal: `up to ${MOST_MED}` },
];

interface Preference {
  property: string;
  takes(value: number): boolean;
  legal: string;
}

function isMed(value: number): boolean {
  return value <= MOST_MED;
}

function judge(resource: PlannedResource, preferences: Preference[], ...sessions: string[]): Finding[] {
  const { objects, hidden } = objectsAt(resource, ...sessions);
  const unknown = (path: string, why: string) =>
    notShown(resource, path, `Nothing shows which path ${resource.name} prefers: ${why}.`);
  return [
    ...hidden.map(({ path, value }) => unknown(path, hiddenBecause(value) ?? "")),
    ...objects.flatMap((session) =>
      preferences.flatMap(({ property, takes, legal }) =>
        leavesAt(session.properties, property).flatMap(({ value }) => {
          const path = `${session.path}.${property}`;
          const why = hiddenBecause(value);
          if (why !== undefined) return [unknown(path, why)];
          const number = toNumber(value);
          if (number !== undefined && Number.isInteger(number) && takes(number)) return [];
          return [
            broken(
              resource,
              path,
              `${resource.name} has ${path} ${String(value)}; the router takes ${legal}.`,
            ),
          ];
        }),
      ),
    ),
  ];
}
