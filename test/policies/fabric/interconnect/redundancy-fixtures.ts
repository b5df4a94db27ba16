import { type ResourceSpec, registry, unborn } from "../../../support/plan";
import type { RuleFixtures } from "../../../support/rule-suite";
import {
  change,
  cloudRouter,
  dedicatedCircuit,
  fabricCircuit,
  hub,
  labelled,
  megaportCircuit,
  simple,
  tokyo,
} from "./path";

const maximum = { ...registry, resiliency: { gateway: "maximum" } };
const buildings = { ...registry, tables: { megaportBuildings: { "port-vxc": "ATTC1" } } };

/** Two locations, two ports of one's own in each. */
const fourPorts = (): ResourceSpec[] => [
  ...hub(),
  ...dedicatedCircuit("a", "EQTY2", 0),
  ...dedicatedCircuit("b", "EQTY2", 1),
  ...dedicatedCircuit("c", "ATTC1", 2),
  ...dedicatedCircuit("d", "ATTC1", 3),
];
const oneRouter = (): ResourceSpec[] => [
  ...hub(),
  cloudRouter(),
  ...fabricCircuit({ name: "a" }),
  ...fabricCircuit({ name: "b", link: 1 }),
];
const twoCarriers = (): ResourceSpec[] => [...simple(), ...megaportCircuit()];

const network = (scope: string | typeof unborn): ResourceSpec[] => [
  {
    type: "hybrid-ai-fabric:index:SiteNetwork",
    name: "sites",
    properties: { labels: { dataset: "claims", residency: "japan-only" } },
  },
  {
    type: "equinix:index/fabricNetwork:FabricNetwork",
    name: "network",
    parent: "sites",
    properties: { name: "network", type: "EVPLAN", scope },
    outputs: { uuid: unborn },
  },
];

const reaching = (region: string | typeof unborn): ResourceSpec[] =>
  change(change(labelled(simple(), "gateway"), "transit", { region }), "association", { region });

/** Fixtures of the rules about what fails together, and about where labelled data can be led. */
export const redundancyFixtures: { [rule: string]: RuleFixtures } = {
  "circuits-reach-the-resiliency-declared": {
    pass: fourPorts(),
    fail: oneRouter(),
    unknown: [
      ...hub(),
      cloudRouter(),
      ...fabricCircuit({ name: "a" }),
      ...change(fabricCircuit({ name: "b", link: 1 }), "b", {
        aSide: { accessPoint: { type: "CLOUD_ROUTER", router: { uuid: unborn } } },
      }),
    ],
    settings: maximum,
  },
  "circuits-of-two-providers-are-in-two-buildings": {
    pass: twoCarriers(),
    fail: change(twoCarriers(), "vxc", { bEnd: { requestedProductUid: "port-in-ty2" } }),
    unknown: change(twoCarriers(), "vxc", { bEnd: { requestedProductUid: "port-anywhere" } }),
    settings: {
      ...buildings,
      tables: { megaportBuildings: { ...buildings.tables.megaportBuildings, "port-in-ty2": "EQTY2" } },
    },
  },
  "sitelink-carries-no-labelled-data": {
    pass: change(labelled(simple(), "circuit-vif"), "circuit-vif", { sitelinkEnabled: false }),
    fail: change(labelled(simple(), "circuit-vif"), "circuit-vif", { sitelinkEnabled: true }),
    unknown: change(labelled(simple(), "gateway"), "circuit-vif", { sitelinkEnabled: unborn }),
  },
  "labelled-data-crosses-no-global-network": {
    pass: network("LOCAL"),
    fail: network("GLOBAL"),
    unknown: network(unborn),
  },
  "gateways-reach-only-declared-regions": {
    pass: reaching(tokyo),
    fail: reaching("us-east-1"),
    unknown: reaching(unborn),
  },
};
