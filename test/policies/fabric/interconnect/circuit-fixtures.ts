import { type ResourceSpec, ref, unborn } from "../../../support/plan";
import type { RuleFixtures } from "../../../support/rule-suite";
import {
  change,
  cloudRouter,
  created,
  dedicated,
  fabricCircuit,
  hub,
  overMegaport,
  simple,
  tokyo,
} from "./path";

const unbornRouter = change(simple(), "router", { package: { code: unborn } });
const jumbo = (specs: readonly ResourceSpec[], vif: string, mtu: number) => change(specs, vif, { mtu });
const zSide = (changes: { [key: string]: string | typeof unborn }) => ({
  accessPoint: {
    type: "SP",
    sellerRegion: changes.sellerRegion ?? tokyo,
    location: { metroCode: changes.metroCode ?? "TY" },
  },
});
const lag = (speed: string, member: { [property: string]: string | typeof unborn }): ResourceSpec[] => [
  {
    type: "aws:directconnect/linkAggregationGroup:LinkAggregationGroup",
    name: "lag",
    properties: { name: "lag", connectionsBandwidth: speed, location: "EQTY2", region: tokyo },
  },
  {
    type: "aws:directconnect/connection:Connection",
    name: "member",
    properties: { name: "member", location: "EQTY2", region: tokyo, ...member },
  },
  {
    type: "aws:directconnect/connectionAssociation:ConnectionAssociation",
    name: "joined",
    properties: { region: tokyo, lagId: ref("lag"), connectionId: ref("member") },
  },
];
const macsecKey = (connection: string): ResourceSpec => ({
  type: "aws:directconnect/macsecKeyAssociation:MacsecKeyAssociation",
  name: "macsec",
  properties: { region: tokyo, connectionId: connection === "" ? unborn : ref(connection), ckn: "00" },
});
const stagingAs = (environment: string | typeof unborn) =>
  change(overMegaport(), "vxc-provider", { environment });

/** Fixtures of the rules about one circuit: its bandwidth, frames, place and name. */
export const circuitFixtures: { [rule: string]: RuleFixtures } = {
  "circuits-have-a-bandwidth-that-is-sold": {
    pass: simple(),
    fail: change(simple(), "circuit", { bandwidth: 750 }),
    unknown: change(simple(), "circuit", { bandwidth: unborn }),
  },
  "circuits-fit-the-device-that-carries-them": {
    pass: simple(),
    fail: change(simple(), "router", { package: { code: "LAB" } }),
    unknown: unbornRouter,
  },
  "frames-fit-every-hop-of-the-path": {
    pass: jumbo(dedicated(), "port-vif", 8500),
    fail: jumbo(overMegaport(), "vxc-vif", 8500),
    unknown: jumbo(simple(), "circuit-vif", 8500),
  },
  "circuits-are-where-they-were-declared": {
    pass: created(simple(), "circuit", {
      uuid: "00000000-0000-4000-8000-00000000000a",
      geoScope: "",
    }),
    fail: created(change(simple(), "circuit", { zSide: zSide({}) }), "circuit", {
      uuid: "00000000-0000-4000-8000-00000000000a",
      zSide: zSide({ metroCode: "OS" }),
    }),
    unknown: created(change(simple(), "circuit", { zSide: zSide({}) }), "circuit", {
      uuid: "00000000-0000-4000-8000-00000000000a",
      zSide: unborn,
    }),
  },
  "connections-are-accepted-where-they-were-sold": {
    pass: simple(),
    fail: change(simple(), "circuit-accepted", { region: "ap-northeast-3" }),
    unknown: change(simple(), "circuit-accepted", { region: unborn }),
  },
  "macsec-is-asked-of-what-can": {
    pass: [...change(dedicated(), "port", { requestMacsec: true }), macsecKey("port")],
    fail: [...simple(), macsecKey("circuit-accepted")],
    unknown: [...dedicated(), macsecKey("")],
  },
  "lag-members-are-alike": {
    pass: lag("10Gbps", { bandwidth: "10Gbps" }),
    fail: lag("10Gbps", { bandwidth: "1Gbps" }),
    unknown: lag("10Gbps", { bandwidth: unborn }),
  },
  "geo-zones-hold-both-ends": {
    pass: change(simple(), "circuit", { geoScope: "JAPAN" }),
    fail: change(simple(), "circuit", {
      geoScope: "JAPAN",
      zSide: zSide({ metroCode: "SG", sellerRegion: "ap-southeast-1" }),
    }),
    unknown: change(simple(), "circuit", { geoScope: unborn }),
  },
  "direct-connect-stands-in-the-metro": {
    pass: simple(),
    fail: change(simple(), "circuit", { zSide: zSide({ metroCode: "DB" }) }),
    unknown: change(simple(), "circuit", { zSide: zSide({ metroCode: unborn }) }),
  },
  "fabric-names-are-given-and-short": {
    pass: simple(),
    fail: change(simple(), "circuit", { name: "a-circuit-with-a-name-too-long" }),
    unknown: change(simple(), "circuit", { name: unborn }),
  },
  "megaport-orders-are-real": {
    pass: overMegaport(),
    fail: stagingAs("staging"),
    unknown: stagingAs(unborn),
  },
  "partner-ports-are-pinned": {
    pass: overMegaport(),
    fail: change(overMegaport(), "vxc", { bEnd: {} }),
    unknown: change(overMegaport(), "vxc", { bEnd: { requestedProductUid: unborn } }),
  },
  "partner-orders-hold-no-aws-keys": {
    pass: change(simple(), "circuit", { additionalInfos: [{ key: "ASN", value: "64700" }] }),
    fail: change(simple(), "circuit", { additionalInfos: [{ key: "accessKey", value: "not-a-key" }] }),
    unknown: change(simple(), "circuit", { additionalInfos: unborn }),
  },
  "virtual-interfaces-fit-their-connection": {
    pass: dedicated(),
    fail: [
      ...hub(),
      cloudRouter(),
      ...fabricCircuit(),
      ...change(fabricCircuit({ name: "second", link: 1 }), "second-vif", {
        connectionId: ref("circuit-accepted"),
      }).filter(({ name }) => name === "second-vif"),
    ],
    unknown: change(dedicated(), "port-vif", { connectionId: unborn, rateLimit: "1Gbps" }),
  },
};
