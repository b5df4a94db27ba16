import assert from "node:assert/strict";
import { type Judgement, judge, parseSettings } from "@hybrid-ai-fabric/graph";
import {
  awsRegion,
  countryName,
  factTables,
  mayBeIn,
  type Place,
  placeOfAwsRegion,
  residencyProfile,
  roundTripMs,
  withTables,
} from "@hybrid-ai-fabric/locality";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { bucket, claims, plan, type ResourceSpec, registry, type Spec, unborn } from "../../support/plan";
import { today } from "../../support/rule-suite";

const judged = (specs: readonly ResourceSpec[], tables: object, more: object = {}): Judgement =>
  judge(plan(specs), { ...registry, ...more, tables }, sovereigntyRules, today);
const mandatory = ({ violations }: Judgement): string[] =>
  violations.filter(({ level }) => level === "mandatory").map(({ rule, verdict }) => `${rule} ${verdict}`);
const problems = (tables: unknown): string[] =>
  parseSettings({ version: 1, tables }).problems.map(({ path, reason }) => `${path}: ${reason}`);
const place = (region: string): Place => {
  const found = placeOfAwsRegion(region);
  assert.ok(found);
  return found;
};

describe("tables of the settings", () => {
  it("change a profile by dimension, for one judgement only", () => {
    const singapore: ResourceSpec[] = [
      {
        type: "aws:backup/vault:Vault",
        name: "vault",
        properties: { region: "ap-southeast-1", tags: claims },
      },
    ];
    const refused = judged(singapore, {});
    assert.deepEqual(mandatory(refused), ["logs-and-backups-stay-where-the-data-may-be broken"]);
    const profiles = { "japan-only": { places: { backup: ["JP", "SG"] } } };
    const loosened = judged(singapore, { profiles });
    assert.deepEqual(mandatory(loosened), []);
    assert.ok(loosened.summary.used.includes("row profiles.japan-only of the settings' tables"));
    assert.deepEqual(residencyProfile("japan-only")?.places.backup, ["JP"]);
    assert.deepEqual(mandatory(judged([bucket("claims", "ap-southeast-1", claims)], { profiles })), [
      "data-rests-where-it-may-be broken",
    ]);
  });

  it("add a profile that datasets can name, and tighten one that is shipped", () => {
    const everywhere = residencyProfile("no-restriction")?.places;
    const tables = {
      profiles: { "acme-house-rules": { title: "", places: { ...everywhere, store: ["DE"] }, sources: [] } },
    };
    const datasets = { claims: { classification: "internal", kinds: [], residency: ["acme-house-rules"] } };
    const tags = { "hybrid-ai:dataset": "claims" };
    assert.deepEqual(mandatory(judged([bucket("claims", "eu-central-1", tags)], tables, { datasets })), []);
    assert.deepEqual(mandatory(judged([bucket("claims", "eu-west-1", tags)], tables, { datasets })), [
      "data-rests-where-it-may-be broken",
    ]);
    const nowhere = { profiles: { "japan-only": { places: { store: [] } } } };
    assert.deepEqual(mandatory(judged([bucket("claims", "ap-northeast-1", claims)], nowhere)), [
      "data-rests-where-it-may-be broken",
    ]);
  });

  it("add regions, correct them and take them away", () => {
    const row = { name: "Mars", partition: "aws", country: "JP", operator: "aws", zoneIds: [] };
    const specs = [bucket("claims", "mars-north-1", claims)];
    assert.deepEqual(mandatory(judged(specs, {})), ["places-of-labelled-data-are-known cannotBeShown"]);
    assert.deepEqual(mandatory(judged(specs, { regions: { "mars-north-1": row } })), []);
    const tokyo = [bucket("claims", "ap-northeast-1", claims)];
    assert.deepEqual(mandatory(judged(tokyo, { regions: { "ap-northeast-1": { country: "SG" } } })), [
      "data-rests-where-it-may-be broken",
    ]);
    assert.deepEqual(mandatory(judged(tokyo, { regions: { "ap-northeast-1": null } })), [
      "places-of-labelled-data-are-known cannotBeShown",
    ]);
    assert.equal(awsRegion("ap-northeast-1")?.country, "JP");
  });

  it("end a decision of the law on its day, and open one", () => {
    const terms = ["gdpr-adequate"];
    const tokyo = place("ap-northeast-1");
    const ended = { transferRelations: { "EEA>JP": { expires: "2026-06-30" } } };
    assert.equal(mayBeIn(terms, "store", tokyo, { today }).verdict, "holds");
    withTables(ended, () => {
      assert.notEqual(mayBeIn(terms, "store", tokyo, { today }).verdict, "holds");
      assert.equal(mayBeIn(terms, "store", tokyo, { today: "2026-06-30" }).verdict, "holds");
    });
    const to = { from: "EEA", to: "IN", basis: "an invented decision", source: "test", since: "2026-11-01" };
    withTables({ transferRelations: { "EEA>IN": to } }, () => {
      assert.equal(mayBeIn(terms, "store", place("ap-south-1"), { today }).verdict, "holds");
      assert.notEqual(mayBeIn(terms, "store", place("ap-south-1"), { today: "2026-10-31" }).verdict, "holds");
    });
  });

  it("say what a user measured, whichever end comes first", () => {
    const [tokyo, osaka] = [place("ap-northeast-1"), place("ap-northeast-3")];
    withTables({ roundTrips: { "aws:ap-northeast-3>aws:ap-northeast-1": { p50: 7.5 } } }, () => {
      assert.equal(roundTripMs(tokyo, osaka)?.p50, 7.5);
      assert.equal(roundTripMs(osaka, tokyo)?.estimate, false);
    });
    assert.notEqual(roundTripMs(tokyo, osaka)?.p50, 7.5);
  });

  it("hold rows of the catalogue for types of their own", () => {
    const specs: ResourceSpec[] = [
      bucket("claims", "ap-northeast-1", claims),
      {
        type: "acme:index/mirror:Mirror",
        name: "mirror",
        properties: { from: "claims-bucket", to: { site: "us-east-1" }, labels: claims },
        providerRegion: "none",
      },
    ];
    const catalogue = {
      "acme:index/mirror:Mirror": { role: "store", places: ["region to.site"], sources: ["from bucket"] },
    };
    const labels = [{ name: "mirror", dataset: ["claims"] }];
    assert.deepEqual(mandatory(judged(specs, {}, { labels })), [
      "types-that-touch-labelled-data-are-catalogued cannotBeShown",
    ]);
    assert.ok(
      mandatory(judged(specs, { catalogue }, { labels })).includes("data-rests-where-it-may-be broken"),
    );
  });

  it("are refused whole, with all that is wrong with them", () => {
    assert.deepEqual(
      problems({
        profile: {},
        prices: { "ap-northeast-1": { interRegion: "cheap", dxout: 1 } },
        profiles: { "japan-only": { places: { store: "JP" } }, mine: { title: "mine" } },
        regions: [],
        circuitQuotas: {},
      }).map((line) => line.replace(/nearest is.*/, "nearest is ...")),
      [
        "settings.tables.profile: there is no such table; the nearest is ...",
        'settings.tables.prices.ap-northeast-1.interRegion: "cheap" is not a number',
        "settings.tables.prices.ap-northeast-1.dxout: unknown field; the nearest is ...",
        'settings.tables.profiles.japan-only.places.store: "JP" is not a list',
        "settings.tables.profiles.mine.places: is missing",
        "settings.tables.profiles.mine.sources: is missing",
        "settings.tables.regions: [] is not a map of rows",
        "settings.tables.circuitQuotas: it takes no rows of a user",
      ],
    );
    assert.deepEqual(
      problems({
        profiles: { "japan-only": { places: { store: ["JP", "bloc:NATO"], log: ["adequate:XX"] } } },
        blocs: { MINE: ["JP", "ZZ"] },
      }).map((line) => line.replace(/ is .*/, "")),
      [
        'settings.tables.profiles.japan-only.places.store[1]: "bloc:NATO"',
        'settings.tables.profiles.japan-only.places.log[0]: "adequate:XX"',
        'settings.tables.blocs.MINE[1]: "ZZ"',
      ],
    );
    assert.match(
      problems({
        catalogue: { "a:b:C": { role: "shop", destinations: ["to parcel"], places: ["region at"] } },
      }).join(),
      /no role "shop".*no kind of reference "parcel"/s,
    );
    assert.match(problems({ catalogue: { "s3/x": { role: "store" } } }).join(), /whole token/);
    const wrong = judged([bucket("claims", "ap-northeast-1", claims)], { profile: {} });
    assert.ok(mandatory(wrong).includes("settings-of-the-packs-are-valid-and-current broken"));
  });

  it("lie over nothing once the work is done, also when it fails", () => {
    const layer = { countries: { QQ: "Testland" } };
    assert.throws(() =>
      withTables(layer, () => {
        assert.equal(countryName("QQ"), "Testland");
        throw new Error("done");
      }),
    );
    assert.equal(countryName("QQ"), undefined);
  });
});

describe("the age of tables", () => {
  const old = (on: string, settings: object = {}): string[] =>
    judge(plan([]), { version: 1, ...settings }, allRules, on).violations.map(
      ({ level, message }) => `${level} ${message.split(",", 1)[0]}`,
    );

  it("is told past the days that each says, and refuses nothing", () => {
    assert.deepEqual(old("2026-11-23"), []);
    const later = old("2028-01-01");
    assert.equal(later.length, factTables().length - 1, later.join("\n"));
    assert.ok(later.includes("advisory Table profiles is of 2026-11-22"));
    assert.ok(later.every((line) => line.startsWith("advisory")));
    assert.ok(!later.some((line) => line.includes("roundTrips")), "measured latencies hold for three years");
  });

  it("is what the settings say, also of their own rows", () => {
    assert.deepEqual(old("2026-11-23", { tableAgeDays: 300 }), [
      "advisory Table internetPrices is of 2026-01-26",
      "advisory Table prices is of 2026-01-26",
      "advisory Table roundTrips is of 2025-07-01",
    ]);
    assert.deepEqual(old("2026-11-23", { tables: { asOf: "2025-01-01" } }), [
      "advisory Table of the settings is of 2025-01-01",
    ]);
  });
});

describe("the rows that a plan says it was planned by", () => {
  const measured = { "aws:ap-northeast-1>metro:TY": { p50: 1.2 } };
  const planned = (rows: Spec): ResourceSpec => ({
    type: "hybrid-ai-fabric:index:PlannedTables",
    name: "tables",
    properties: { rows },
  });
  const component: ResourceSpec = {
    type: "hybrid-ai-fabric:index:RegionNetwork",
    name: "tokyo",
    properties: {},
  };
  const told = (specs: ResourceSpec[], tables: object) =>
    judged(specs, tables).violations.map(({ level, verdict, message }) => `${level} ${verdict} ${message}`);

  it("are those that judge it, whatever the order of their keys, but for what packs alone read", () => {
    const rows = { roundTrips: measured, regions: { "ap-northeast-3": null } };
    const text = JSON.stringify(rows);
    const { roundTrips, regions } = rows;
    assert.deepEqual(told([planned(text), component], { asOf: "2026-11-24", regions, roundTrips }), []);
    assert.deepEqual(told([component], { megaportLocations: { "123": "JP" } }), []);
  });

  it("refuse the plan when they differ, naming them, and when they cannot be read", () => {
    const other = {
      roundTrips: { "aws:ap-northeast-1>metro:TY": { p50: 9 } },
      countries: { QQ: "Testland" },
    };
    const [line = "", ...more] = told([planned(JSON.stringify({ roundTrips: measured })), component], other);
    assert.match(
      line,
      /^mandatory broken .*by other rows.*: countries\.QQ, roundTrips\.aws:ap-northeast-1>metro:TY\. Fix/,
    );
    assert.deepEqual(more, []);
    assert.match(told([planned(JSON.stringify({ roundTrips: measured }))], {}).join(), /^mandatory broken/);
    assert.match(told([planned(unborn)], {}).join(), /^mandatory broken .*cannot be read/);
    assert.match(told([planned("{")], {}).join(), /^mandatory broken .*cannot be read/);
  });

  it("are told once where components say nothing of them, and asked of no program without components", () => {
    const lines = told([component], { roundTrips: measured });
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? "",
      /^advisory cannotBeShown The components were planned by the tables as they are shipped/,
    );
    assert.deepEqual(told([bucket("claims", "ap-northeast-1", claims)], { roundTrips: measured }), []);
  });
});
