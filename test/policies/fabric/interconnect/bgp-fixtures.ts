import { type ResourceSpec, ref, unborn } from "../../../support/plan";
import type { RuleFixtures } from "../../../support/rule-suite";
import { change, dedicated, fabricCircuit, megaportCircuit, overMegaport, simple, tokyo } from "./path";

const bgp = "circuit-bgp";
const peers = (changes: { [key: string]: string | typeof unborn }) => ({
  bgpIpv4s: [{ customerPeerIp: "169.254.64.2", enabled: true, ...changes }],
});
const manyPrefixes = Array.from({ length: 201 }, (_, index) => `10.${index}.0.0/16`);
const twoLinks = (second: number): ResourceSpec[] => [
  ...simple(),
  ...fabricCircuit({ name: "second", link: second }),
];
const secondTransit = (kind: "transitGateway" | "vpnGateway" | ""): ResourceSpec[] => [
  ...simple(),
  {
    type:
      kind === "vpnGateway"
        ? "aws:ec2/vpnGateway:VpnGateway"
        : "aws:ec2transitgateway/transitGateway:TransitGateway",
    name: "other",
    properties: { region: tokyo, amazonSideAsn: kind === "vpnGateway" ? "64650" : 64650 },
  },
  {
    type: "aws:directconnect/gatewayAssociation:GatewayAssociation",
    name: "other-association",
    properties: {
      region: tokyo,
      dxGatewayId: ref("gateway"),
      associatedGatewayId: kind === "" ? unborn : ref("other"),
      allowedPrefixes: ["10.17.0.0/16"],
    },
  },
];

/** Fixtures of the rules about BGP: who speaks, with whom, how fast a failure shows and how much is announced. */
export const bgpFixtures: { [rule: string]: RuleFixtures } = {
  "autonomous-systems-are-usable": {
    pass: change(simple(), "circuit-vif", { bgpAsn: ref("router") }),
    fail: change(simple(), "gateway", { amazonSideAsn: "65535" }),
    unknown: change(simple(), "gateway", { amazonSideAsn: unborn }),
  },
  "gateways-have-autonomous-systems-of-their-own": {
    pass: simple(),
    fail: change(simple(), "transit", { amazonSideAsn: 64512 }),
    unknown: change(simple(), "transit", { amazonSideAsn: unborn }),
  },
  "bgp-sessions-are-authenticated": {
    pass: change(simple(), bgp, { bgpAuthKey: ref("gateway") }),
    fail: change(simple(), bgp, { bgpAuthKey: undefined }),
    unknown: change(simple(), bgp, { bgpAuthKey: unborn }),
  },
  "bgp-sessions-detect-failure-by-bfd": {
    pass: [...simple(), ...megaportCircuit().slice(0, 3)],
    fail: change(simple(), bgp, { bfds: [{ enabled: true, interval: "100" }] }),
    unknown: change(simple(), bgp, { bfds: unborn }),
  },
  "bgp-sessions-start-after-their-addresses": {
    pass: simple(),
    fail: simple().map((spec) => (spec.name === bgp ? { ...spec, dependsOn: [] } : spec)),
    unknown: change(simple(), bgp, { connectionUuid: unborn }),
  },
  "both-ends-of-a-bgp-session-agree": {
    pass: [...simple(), ...megaportCircuit().slice(0, 3), ...dedicated().slice(3)],
    fail: change(simple(), bgp, peers({ customerPeerIp: "169.254.64.6" })),
    unknown: change(simple(), bgp, peers({ customerPeerIp: unborn })),
  },
  "bgp-links-have-addresses-of-their-own": {
    pass: twoLinks(1),
    fail: twoLinks(0),
    unknown: change(overMegaport(), "vxc-vif", { amazonAddress: unborn }),
  },
  "route-preferences-are-ones-the-router-takes": {
    pass: change(simple(), bgp, peers({ outboundAsPrependCount: "3" })),
    fail: change(simple(), bgp, peers({ outboundAsPrependCount: "2" })),
    unknown: change(simple(), bgp, peers({ outboundAsPrependCount: unborn })),
  },
  "prefixes-stay-within-the-quota": {
    pass: change(simple(), "association", { allowedPrefixes: manyPrefixes.slice(0, 200) }),
    fail: change(simple(), "association", { allowedPrefixes: manyPrefixes }),
    unknown: change(simple(), "association", { allowedPrefixes: unborn }),
  },
  "gateways-stay-within-their-quotas": {
    pass: secondTransit("transitGateway"),
    fail: secondTransit("vpnGateway"),
    unknown: secondTransit(""),
  },
};
