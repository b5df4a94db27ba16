import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge } from "@hybrid-ai-fabric/graph";
import { placeEndpoint, placeOfMetro, residencyProfile, withTables } from "@hybrid-ai-fabric/locality";
import { localityRules } from "@hybrid-ai-fabric/policy-locality/rules";
import { loadEnvironment } from "../../stacks/environment";
import { at, set, shipped, type Tree } from "../support/environments";
import { plan, type ResourceSpec } from "../support/plan";
import { today } from "../support/rule-suite";

const japan = residencyProfile("japan-only") ?? assert.fail();
const own = { title: "Japan as we read it", places: { ...japan.places, backup: ["JP", "SG"] }, sources: [] };

/** tokyo-dev with a residency of one's own, beside a file of settings with this content. */
function load(content: string | undefined, change: (environment: Tree) => void = () => {}) {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-tables-"));
  try {
    const environment = shipped("tokyo-dev");
    set(at(environment, "datasets.claims"), "residency", ["acme-japan"]);
    set(environment, "tables", "settings.json");
    change(environment);
    if (content !== undefined) writeFileSync(join(directory, "settings.json"), content);
    return loadEnvironment(environment, "tokyo-dev", directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const settingsWith = (tables: unknown) => JSON.stringify({ settings: { version: 1, tables } });
const problemsOf = (...given: Parameters<typeof load>) => {
  const loaded = load(...given);
  return "problems" in loaded ? loaded.problems.map(({ path, reason }) => `${path}: ${reason}`) : [];
};

describe("tables of an environment", () => {
  it("give a dataset a residency of one's own, and nothing beyond this environment", () => {
    const loaded = load(settingsWith({ profiles: { "acme-japan": own }, catalogue: {}, asOf: "2026-11-24" }));
    assert.ok("environment" in loaded, JSON.stringify(loaded));
    assert.deepEqual(Object.keys(loaded.tables), ["profiles"], "what packs alone read is not the program's");
    assert.equal(residencyProfile("acme-japan"), undefined);
    assert.match(
      problemsOf(settingsWith({})).join(),
      /claims\.residency\[0\].*"acme-japan" is neither a residency profile/,
    );
  });

  it("are refused whole where one row is wrong, and told alone", () => {
    assert.deepEqual(
      problemsOf(
        settingsWith({
          profiles: { "acme-japan": { ...own, places: { ...own.places, store: ["JP", "bloc:NATO"] } } },
          roundTrip: {},
        }),
      ).map((line) => line.replace(/ is neither.*/, "")),
      ["tables.roundTrip: there is no such table; the nearest is roundTrips"],
    );
    const wrong = { "acme-japan": { ...own, places: { ...own.places, store: ["JP", "bloc:NATO"] } } };
    const told = problemsOf(settingsWith({ profiles: wrong }));
    assert.equal(told.length, 1, told.join("\n"));
    assert.match(told[0] ?? "", /^tables\.profiles\.acme-japan\.places\.store\[1\]: "bloc:NATO" is neither/);
  });

  it("must be a file that the packs take", () => {
    assert.match(problemsOf(undefined).join(), /^tables: "settings\.json" is no file/);
    assert.match(problemsOf("{").join(), /^tables: settings\.json is not valid JSON/);
    assert.match(problemsOf('{"tables": {}}').join(), /has no "settings".*--policy-pack-config/);
    assert.match(problemsOf(settingsWith([])).join(), /settings\.tables of settings\.json is \[\]/);
    assert.match(
      problemsOf(settingsWith({}), (environment) => set(environment, "tables", { profiles: {} })).join(),
      /^tables: \{"profiles":\{\}\} is no path: the rows stand in the settings of the packs/,
    );
  });

  it("place an endpoint by a measured round trip, and the pack answers by the same", () => {
    const among = ["ap-northeast-1", "ap-northeast-3"];
    const [osaka, tokyo] = [placeOfMetro("OS") ?? assert.fail(), placeOfMetro("TY") ?? assert.fail()];
    const placed = (ms: number) =>
      placeEndpoint({
        residency: ["japan-only"],
        among,
        populations: [
          { name: "osaka", place: osaka, ms },
          { name: "tokyo", place: tokyo, ms },
        ],
      });
    const budget = 9;
    const measured = {
      roundTrips: {
        "metro:OS>aws:ap-northeast-1": { p50: 8.5 },
        "metro:TY>aws:ap-northeast-3": { p50: 9.5 },
      },
    };
    const swapped = {
      roundTrips: {
        "metro:OS>aws:ap-northeast-1": { p50: 9.5 },
        "metro:TY>aws:ap-northeast-3": { p50: 8.5 },
      },
    };
    const inTokyo = withTables(measured, () => placed(budget));
    const inOsaka = withTables(swapped, () => placed(budget));
    assert.deepEqual("regions" in inTokyo && inTokyo.regions, ["ap-northeast-1"]);
    assert.deepEqual("regions" in inOsaka && inOsaka.regions, ["ap-northeast-3"]);
    for (const tables of [measured, swapped])
      for (const region of among) {
        const chosen = tables === measured ? "ap-northeast-1" : "ap-northeast-3";
        const broken = judgedIn(region, tables, budget);
        assert.equal(broken, region !== chosen, `${region} by ${JSON.stringify(tables)}`);
      }
  });
});

/** Whether the pack says that users in Osaka and Tokyo wait longer than they may for an endpoint of this region. */
function judgedIn(region: string, tables: object, ms: number): boolean {
  const endpoint: ResourceSpec = {
    type: "aws:sagemaker/endpoint:Endpoint",
    name: "chat",
    properties: { region },
  };
  const settings = {
    version: 1,
    tables,
    budgets: { userRoundTripMs: { "metro:OS": ms, "metro:TY": ms } },
  };
  const { violations } = judge(plan([endpoint]), settings, localityRules, today);
  return violations.some(
    ({ rule, level }) => rule === "users-are-answered-within-their-budget" && level === "mandatory",
  );
}
