import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { plan, type ResourceSpec, ref, registry, type Spec, unborn } from "../../support/plan";
import { today } from "../../support/rule-suite";

const labels = { dataset: "claims", classification: "restricted", residency: "japan-only" };
const megaport: ResourceSpec[] = [
  { type: "hybrid-ai-fabric:index:Circuit", name: "path", properties: { interconnect: "ty-tokyo", labels } },
  { type: "megaport:index/mcr:Mcr", name: "mcr", parent: "path", properties: { locationId: 65 } },
  {
    type: "megaport:index/vxc:Vxc",
    name: "vxc",
    parent: "path",
    properties: {
      aEnd: { requestedProductUid: ref("mcr") },
      bEnd: { requestedProductUid: unborn },
    },
  },
];

const evidence = { id: "transit:ty-tokyo", countries: ["JP"], basis: "contract", expires: "2027-01-01" };
const tables = { megaportLocations: { "65": "JP" } };

function refusals(settings: object, specs = megaport): string[] {
  return judge(plan(specs), { ...registry, ...settings }, sovereigntyRules, today)
    .violations.filter(({ level }) => level === "mandatory")
    .map(({ rule, verdict, urn }) => `${rule} ${verdict} ${urn.split("::").at(-1)}`);
}

describe("transit evidence", () => {
  it("lets a circuit of a carrier that promises no boundary hold", () => {
    assert.deepEqual(refusals({ tables, attestations: [evidence] }), []);
    const { summary } = judge(
      plan(megaport),
      { ...registry, tables, attestations: [evidence] },
      sovereigntyRules,
      today,
    );
    assert.deepEqual(summary.used, ["attestation transit:ty-tokyo"]);
  });

  it("matches by the name of the interconnect or by its urn, and by nothing else", () => {
    assert.deepEqual(
      refusals({ tables, attestations: [{ ...evidence, id: "transit:x", urn: "*::vxc" }] }),
      [],
    );
    const missed = [
      "data-travels-where-it-may-be cannotBeShown vxc",
      "places-of-labelled-data-are-known cannotBeShown vxc",
    ];
    assert.deepEqual(refusals({ tables, attestations: [{ ...evidence, id: "transit:other" }] }), missed);
    assert.deepEqual(refusals({ tables, attestations: [{ ...evidence, urn: "*::other" }] }), missed);
    assert.deepEqual(refusals({ tables }), missed);
  });

  it("counts for nothing when it has expired or lists a country outside", () => {
    const expired = refusals({ tables, attestations: [{ ...evidence, expires: "2026-01-01" }] });
    assert.equal(expired.length, 3);
    const abroad = judge(
      plan(megaport),
      { ...registry, tables, attestations: [{ ...evidence, countries: ["JP", "KR"] }] },
      sovereigntyRules,
      today,
    ).violations.find(({ rule }) => rule === "data-travels-where-it-may-be");
    assert.match(abroad?.message ?? "", /lists KR, where it may not pass/);
  });

  it("by end-to-end encryption holds only where the residency lets encrypted data pass", () => {
    const encrypted = { ...evidence, countries: [], basis: "e2e-encrypted" };
    const itar = { claims: { classification: "restricted", kinds: [], residency: ["us-itar"] } };
    const carried = megaport.map((spec) =>
      spec.name === "path"
        ? { ...spec, properties: { ...spec.properties, labels: { ...labels, residency: "us-itar" } } }
        : spec,
    );
    const us = { megaportLocations: { "65": "US" } };
    const rules = { "data-travels-where-it-may-be": "mandatory" };
    assert.equal(refusals({ tables, attestations: [encrypted] }).length, 2);
    assert.deepEqual(
      refusals({ rules, datasets: itar, tables: us, attestations: [encrypted] }, carried),
      refusals(
        { rules, datasets: itar, tables: us, attestations: [{ ...encrypted, countries: ["US"] }] },
        carried,
      ),
    );
  });

  it("never hides an end that is known to be outside", () => {
    const singapore = { megaportLocations: { "65": "SG" } };
    assert.ok(
      refusals({ tables: singapore, attestations: [evidence] }).includes(
        "data-travels-where-it-may-be broken vxc",
      ),
    );
  });

  it("needs the country of a Megaport location from the settings or from its component", () => {
    const shown = megaport.map((spec) =>
      spec.name === "path" ? { ...spec, properties: { ...spec.properties, place: "JP" } } : spec,
    );
    assert.deepEqual(refusals({ attestations: [evidence] }, shown), []);
    assert.ok(
      refusals({ attestations: [evidence] }).includes("places-of-labelled-data-are-known cannotBeShown mcr"),
    );
  });
});

describe("transit evidence of a network between sites", () => {
  const network = "equinix:index/fabricNetwork:FabricNetwork";
  const lan = (scope: Spec): ResourceSpec[] => [
    {
      type: "hybrid-ai-fabric:index:FabricNetwork",
      name: "jp-lan",
      properties: { interconnect: "jp-lan", labels },
    },
    { type: network, name: "lan", parent: "jp-lan", properties: { scope, location: { region: "APAC" } } },
    {
      type: "equinix:index/fabricConnection:FabricConnection",
      name: "ty",
      parent: "jp-lan",
      properties: {
        aSide: { accessPoint: { type: "COLO", location: { metroCode: "TY" } } },
        zSide: { accessPoint: { type: "NETWORK", network: { uuid: ref("lan") } } },
      },
    },
  ];
  const approved = { ...evidence, id: "transit:jp-lan" };
  const refused = ["data-travels-where-it-may-be broken ty", "data-travels-where-it-may-be broken lan"];

  it("narrows a regional one, and its circuits, to the approved countries", () => {
    assert.deepEqual(refusals({ attestations: [approved] }, lan("REGIONAL")), []);
    const byUrn = { ...approved, id: "transit:x", urn: "*" };
    assert.deepEqual(refusals({ attestations: [byUrn] }, lan("REGIONAL")), []);
  });

  it("is needed: without it, expired, or by another name a regional network is any country", () => {
    assert.deepEqual(refusals({}, lan("REGIONAL")), refused);
    const others = [evidence, { ...approved, expires: "2026-01-01" }];
    for (const attestation of others) {
      const found = refusals({ attestations: [attestation] }, lan("REGIONAL"));
      assert.deepEqual(
        found.filter((text) => text.startsWith("data-travels")),
        refused,
      );
    }
  });

  it("counts for nothing when it lists a country outside, and the message says so", () => {
    const settings = { ...registry, attestations: [{ ...approved, countries: ["JP", "KR"] }] };
    const messages = judge(plan(lan("REGIONAL")), settings, sovereigntyRules, today)
      .violations.filter(({ rule }) => rule === "data-travels-where-it-may-be")
      .map(({ message }) => message);
    assert.equal(messages.length, 2);
    for (const message of messages) assert.match(message, /lists KR, where it may not pass/);
  });

  it("shows the way where the scope is not known before creation", () => {
    const missed = refusals({}, lan(unborn));
    assert.ok(missed.includes("places-of-labelled-data-are-known cannotBeShown lan"));
    assert.ok(missed.every((text) => text.includes("cannotBeShown")));
    assert.deepEqual(refusals({ attestations: [approved] }, lan(unborn)), []);
  });

  it("does not hide a site of the network that is known to be outside", () => {
    const abroad = lan("REGIONAL").map((spec) =>
      spec.name === "ty"
        ? {
            ...spec,
            properties: {
              ...spec.properties,
              aSide: { accessPoint: { type: "COLO", location: { metroCode: "SG" } } },
            },
          }
        : spec,
    );
    assert.deepEqual(refusals({ attestations: [approved] }, abroad), [
      "data-travels-where-it-may-be broken ty",
    ]);
  });
});
