import { type ResourceSpec, ref, registry, type Spec, unborn } from "../../../support/plan";
import type { RuleFixtures } from "../../../support/rule-suite";
import { change, cloudRouter, fabricCircuit, hub, tokyo } from "../../fabric/interconnect/path";

const budget = (from: string, to: string, ms: number) => ({
  ...registry,
  budgets: { roundTripMs: [{ from, to, ms }] },
});

/** One circuit from a metro to a gateway behind which a region stands. */
const reaching = (region: Spec): ResourceSpec[] =>
  change(change([...hub(), cloudRouter(), ...fabricCircuit()], "transit", { region }), "association", {
    region,
  });

const joined = (...metros: Spec[]): ResourceSpec[] => [
  {
    type: "equinix:index/fabricNetwork:FabricNetwork",
    name: "network",
    properties: { name: "network", type: "EVPLAN", scope: "REGIONAL", location: { region: "APAC" } },
    outputs: { uuid: unborn },
  },
  ...metros.map((metroCode, index) => ({
    type: "equinix:index/fabricConnection:FabricConnection",
    name: `site-${index}`,
    properties: {
      name: `site-${index}`,
      type: "EVPLAN_VC",
      bandwidth: 1000,
      aSide: {
        accessPoint: { type: "COLO", port: { uuid: `port-${index}` }, location: { metroCode } },
      },
      zSide: { accessPoint: { type: "NETWORK", network: { uuid: ref("network") } } },
    },
  })),
];

const peered = (peerRegion: Spec): ResourceSpec[] => [
  {
    type: "aws:ec2transitgateway/transitGateway:TransitGateway",
    name: "transit",
    properties: { region: tokyo, amazonSideAsn: 64620 },
  },
  {
    type: "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
    name: "peering",
    properties: {
      region: tokyo,
      transitGatewayId: ref("transit"),
      peerTransitGatewayId: "tgw-1",
      peerRegion,
    },
  },
];

export const networkFixtures: { [rule: string]: RuleFixtures } = {
  "regions-are-near-enough-to-their-site": {
    pass: reaching(tokyo),
    fail: reaching("us-east-1"),
    unknown: reaching(unborn),
    settings: {
      ...registry,
      budgets: {
        roundTripMs: [
          { from: "metro:TY", to: "aws:ap-northeast-1", ms: 5 },
          { from: "aws:us-east-1", to: "metro:TY", ms: 90 },
        ],
      },
    },
  },
  "sites-are-near-enough-to-each-other": {
    pass: joined("TY", "OS"),
    fail: joined("TY", "FR"),
    unknown: joined("TY", unborn),
    settings: {
      ...registry,
      budgets: {
        roundTripMs: [
          { from: "metro:TY", to: "metro:OS", ms: 20 },
          { from: "metro:TY", to: "metro:FR", ms: 20 },
        ],
      },
    },
  },
  "regions-are-near-enough-to-each-other": {
    pass: peered("ap-northeast-3"),
    fail: peered("us-east-1"),
    unknown: peered(unborn),
    settings: budget("JP", "US", 100),
  },
};
