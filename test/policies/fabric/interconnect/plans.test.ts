import assert from "node:assert/strict";
import { judge, type PlannedResource } from "@hybrid-ai-fabric/graph";
import { fabricRules } from "@hybrid-ai-fabric/policy-fabric/rules";
import { localityRules } from "@hybrid-ai-fabric/policy-locality/rules";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { FabricCircuit } from "../../../../components";
import { asnOfName } from "../../../../components/interconnect/asns";
import { parseEnvironment } from "../../../../stacks/environment";
import { createInterconnects } from "../../../../stacks/interconnect";
import { createNetworks } from "../../../../stacks/network";
import { createTransits } from "../../../../stacks/transit";
import { fabricCircuit } from "../../../components/interconnect/arguments";
import { planOf } from "../../../support/planned";
import { today } from "../../../support/rule-suite";

/** Two sites, two regions, two carriers: everything that the private path of our program can consist of. */
const environment = parse(`
accounts: { main: { id: "111122223333" } }
places:
  ty-cage: { site: { metro: TY, country: JP }, cidrs: [10.1.0.0/16] }
  os-cage: { site: { metro: OS, country: JP }, cidrs: [10.2.0.0/16] }
  tokyo: { aws: ap-northeast-1, account: main, zones: [apne1-az1, apne1-az4], cidr: 10.16.0.0/16 }
  osaka: { aws: ap-northeast-3, account: main, zones: [apne3-az1], cidr: 10.17.0.0/16 }
datasets:
  claims: { classification: restricted, kinds: [], residency: [japan-only], home: ty-cage, sizeTiB: 40, dailyGrowthTiB: 0.2 }
interconnects:
  ty:
    from: ty-cage
    to: [tokyo, osaka]
    resiliency: maximum
    via:
      - equinixFabric: { project: project, profile: profile, bandwidthMbps: 2000, geoScope: JAPAN, bgpKey: bgp }
      - megaport:
          locationId: 100
          asn: 64800
          bandwidthMbps: 2000
          bgpKey: bgp
          partner: { locationId: 101, location: ATTC1, ports: { red: port-red, blue: port-blue } }
  os:
    from: os-cage
    to: [osaka]
    resiliency: development
    asn: 64513
    linkCidr: 169.254.65.0/24
    via: [{ directConnect: { location: EQOS1, bandwidthMbps: 10000, siteAsn: 64900, bgpKey: bgp } }]
peerings: { japan: { between: [tokyo, osaka] } }
transfers: {}
budgets: {}
`);

const budgets = {
  roundTripMs: [
    { from: "metro:TY", to: "aws:ap-northeast-1", ms: 5 },
    { from: "metro:TY", to: "aws:ap-northeast-3", ms: 20 },
    { from: "aws:ap-northeast-1", to: "aws:ap-northeast-3", ms: 20 },
  ],
};

async function planned(): Promise<PlannedResource[]> {
  const parsed = parseEnvironment(environment, "japan");
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  pulumi.runtime.setAllConfig({ "test:bgp": "not-a-key" }, ["test:bgp"]);
  return planOf(() => {
    const networks = createNetworks(parsed.environment);
    const transits = createTransits(parsed.environment, networks);
    createInterconnects(parsed.environment, networks, transits);
  });
}

const broken = (resources: readonly PlannedResource[], rules = [...fabricRules, ...localityRules]) =>
  judge(resources, { version: 1, budgets }, rules, today)
    .violations.filter(({ level }) => level === "mandatory")
    .map(({ rule }) => rule);

describe("rules of the packs over the plan of our components", () => {
  let resources: PlannedResource[];
  before(async () => {
    resources = await planned();
  });

  it("have nothing against the path as the program builds it", () => {
    assert.ok(resources.length > 80);
    assert.deepEqual(broken(resources), []);
  });

  const changes: [string, (resource: PlannedResource) => boolean, { [property: string]: unknown }, string][] =
    [
      [
        "a region that is no longer the one sold",
        ({ type }) => type.endsWith("ConnectionConfirmation"),
        { region: "us-east-1" },
        "connections-are-accepted-where-they-were-sold",
      ],
      [
        "a gateway with a transit gateway's number",
        ({ type }) => type.endsWith(":Gateway"),
        { amazonSideAsn: String(asnOfName("main-ap-northeast-1")) },
        "gateways-have-autonomous-systems-of-their-own",
      ],
      [
        "circuits without a way to tell their tier",
        ({ type }) => type.endsWith("Vxc"),
        { rateLimit: 1234 },
        "circuits-have-a-bandwidth-that-is-sold",
      ],
      [
        "sessions without BFD",
        ({ inputs }) => inputs.type === "BGP",
        { bfds: [] },
        "bgp-sessions-detect-failure-by-bfd",
      ],
    ];
  for (const [what, at, inputs, rule] of changes) {
    it(`find ${what}`, () => {
      const changed = resources.map((resource) =>
        at(resource)
          ? ({ ...resource, inputs: { ...resource.inputs, ...inputs } } as PlannedResource)
          : resource,
      );
      assert.ok(broken(changed).includes(rule), broken(changed).join(", "));
    });
  }

  it("find that half of a maximum is missing", () => {
    const half = resources.filter(({ name }) => !name.startsWith("ty-megaport"));
    assert.ok(broken(half).includes("circuits-reach-the-resiliency-declared"));
  });

  it("find a circuit whose ends do not fit", async () => {
    const plan = await planOf(() => {
      new FabricCircuit("circuit", { ...fabricCircuit, bgpKey: undefined });
    });
    assert.deepEqual(new Set(broken(plan, [...fabricRules])), new Set(["bgp-sessions-are-authenticated"]));
  });
});
