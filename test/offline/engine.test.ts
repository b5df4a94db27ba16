import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isUnknown } from "@hybrid-ai-fabric/graph";
import { evaluatePlan } from "@hybrid-ai-fabric/policy-all/evaluate";
import { findChromium, NO_CHROMIUM, withPage } from "../support/browser";
import { withKnown } from "../support/filled-in";
import { type Plan, preview } from "../support/preview";

/** The real engine, through the same code as `npm start`: a few previews, because each takes seconds. */
const root = resolve(__dirname, "../..");
const canary = "canary-5c1e-secret";

const settings = ["--policy-config", "test/refused/settings.json"];
const refused = (variant: string) => preview(`test/refused/${variant}/Pulumi.${variant}.yaml`, ...settings);

function filesOf(directory: string): [string, string][] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => [name, readFileSync(join(directory, name), "utf8")]);
}

/** The page opens without a complaint and has every dataset and link; without a browser, at least its files are there. */
async function looksRight(folder: string, plan: Plan | undefined): Promise<void> {
  const chromium = findChromium();
  try {
    assert.deepEqual(readdirSync(folder).sort(), ["index.html", "map.svg", "plan.json"]);
    if (chromium === undefined) {
      process.stderr.write(`      ${NO_CHROMIUM}\n`);
      return;
    }
    await withPage(chromium, join(folder, "index.html"), {}, async ({ page, complaints }) => {
      const datasets = plan?.summary.datasets.map(({ dataset }) => dataset).sort();
      const buttons = page.locator("tr button.pick");
      assert.deepEqual(await buttons.allTextContents(), datasets);
      assert.ok((await page.locator(".link.path").count()) > 0);
      assert.deepEqual(complaints, []);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("previews on the real engine", function () {
  this.timeout(600_000);
  this.slow(60_000);

  const recorded = new Map<string, Plan>();
  it("tokyo-dev holds, its plan says what is unknown, and no file of the program changes", async () => {
    const before = filesOf(join(root, "stacks"));
    const { status, printed, complained, plan } = await preview("tokyo-dev");
    assert.deepEqual(filesOf(join(root, "stacks")), before);
    assert.equal(status, 0, complained);
    assert.ok(plan);
    recorded.set("tokyo-dev", plan);
    assert.match(printed, /Providers were stood in for: aws .*, equinix /);
    assert.match(printed, /claims \(japan-only\) may live in JP/);
    // Policies of buckets name ARNs that only creation tells: one advisory says so, and nothing else is found.
    assert.deepEqual(
      plan.violations.map(({ level, rule }) => [level, rule]),
      [["advisory", "who-may-read-is-where-the-data-may-be"]],
    );
    const circuit = plan.resources.find(
      ({ type }) => type === "equinix:index/fabricConnection:FabricConnection",
    );
    assert.deepEqual(circuit?.outputs.uuid, { $unknown: true });
    const virtualInterface = plan.resources.find(({ type }) => type.includes("transitVirtualInterface"));
    assert.deepEqual(virtualInterface?.inputs.vlan, { $unknown: true });
    assert.deepEqual(virtualInterface?.inputs.bgpAuthKey, { $secret: true });
    assert.deepEqual(
      plan.summary.datasets[0]?.lives.map(({ place }) => place),
      ["ap-northeast-1 (JP)"],
    );
  });

  for (const environment of ["tokyo-dev", "japan-prod", "global-prod"]) {
    it(`${environment} holds as well when what providers fill in is absent instead of unknown`, async () => {
      const { status, printed, complained } = await preview(environment, "--unset", "absent");
      assert.equal(status, 0, complained || printed);
    });
  }

  it("tokyo-dev holds as well when what providers fill in is known, and the same is found", async () => {
    const { status, printed, complained, plan } = await preview("tokyo-dev", "--unset", "known");
    assert.equal(status, 0, complained || printed);
    assert.deepEqual(plan?.violations, recorded.get("tokyo-dev")?.violations);
    const bucket = plan?.resources.find(({ type }) => type === "aws:s3/bucket:Bucket");
    assert.equal(bucket?.outputs.acl, "private");
    assert.deepEqual(bucket?.outputs.arn, { $unknown: true });
    // The larger ones need no preview more: their recorded plans are filled in with the same, and judged below. What other
    // resources compute from these values is known only in a preview.
    const filled = withKnown(recorded.get("tokyo-dev")?.resources ?? []).filter(({ custom }) => custom);
    for (const { urn, inputs, outputs } of filled) {
      const answered = plan?.resources.find((resource) => resource.urn === urn)?.outputs ?? {};
      const told = Object.keys(outputs).filter(
        (property) => !Object.hasOwn(inputs, property) && !isUnknown(outputs[property]),
      );
      for (const property of told)
        assert.deepEqual(answered[property], outputs[property], `${urn} ${property}`);
    }
  });

  for (const environment of ["japan-prod", "global-prod"]) {
    it(`${environment} holds, over two providers in two buildings, by the evidence that the settings approve`, async () => {
      const page = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-page-"));
      const { status, printed, complained, plan } = await preview(environment, "--report", page);
      assert.equal(status, 0, complained || printed);
      await looksRight(page, plan);
      if (plan) recorded.set(environment, plan);
      assert.match(printed, /rests on attestation transit:/);
      const classes = plan?.summary.predictions.filter(({ quantity }) => quantity === "SLA class") ?? [];
      assert.ok(classes.length >= 2);
      for (const { value } of classes) assert.equal(value, "maximum: 99.99 %");
    });

    it(`${environment} holds as well when what providers fill in is known, and the same is found`, () => {
      const { resources, violations } = recorded.get(environment) ?? assert.fail("it was not previewed");
      const settings = readFileSync(join(root, `policies/config/${environment}.json`), "utf8");
      assert.deepEqual(evaluatePlan(withKnown(resources), JSON.parse(settings)).violations, violations);
    });

    it(`${environment} is refused without that evidence`, () => {
      // The recorded plan is judged as the engine's packs judge it, which a test below shows; a preview more is not needed.
      const settings = readFileSync(join(root, `test/refused/without-evidence/${environment}.json`), "utf8");
      const resources = recorded.get(environment)?.resources ?? assert.fail("it was not previewed");
      const mandatory = evaluatePlan(resources, JSON.parse(settings)).violations.filter(
        ({ level }) => level === "mandatory",
      );
      assert.deepEqual([...new Set(mandatory.map(({ rule }) => rule))], ["data-travels-where-it-may-be"]);
      for (const { urn } of mandatory) assert.match(urn, /megaport:index\/vxc:Vxc::/);
    });
  }

  it("an environment with rows of its own is planned and judged by one text, and refused by another", async () => {
    const own = "test/offline/fixtures/own-tables";
    const file = `${own}/settings.json`;
    const { status, printed, complained, plan } = await preview(
      `${own}/Pulumi.own-tables.yaml`,
      "--policy-config",
      file,
    );
    assert.equal(status, 0, complained || printed);
    assert.match(printed, /claims \(acme-japan\) may live in JP/);
    assert.match(
      printed,
      /round trip to ap-northeast-1 +1\.2 ms +limited by tables\.roundTrips of the settings/,
    );
    const settings = JSON.parse(readFileSync(join(root, file), "utf8"));
    const told = () =>
      evaluatePlan(plan?.resources ?? [], settings).violations.filter(
        ({ rule }) => rule === "settings-of-the-packs-are-valid-and-current",
      );
    assert.deepEqual(told(), []);
    settings.settings.tables.roundTrips["aws:ap-northeast-1>metro:TY"].p50 = 1.4;
    const [apart, ...more] = told();
    assert.deepEqual([apart?.level, more], ["mandatory", []]);
    assert.match(apart?.message ?? "", /planned by other rows .*: roundTrips\.aws:ap-northeast-1>metro:TY\./);
  });

  const reasons: [string, string, RegExp][] = [
    ["bucket-abroad", "data-rests-where-it-may-be", /rests in us-east-1/],
    ["replicated-abroad", "copies-stay-where-their-source-may-be", /rules\[0\]\.destination\.bucket/],
    ["unlabelled-abroad", "copies-stay-where-their-source-may-be", /destinationLocationArn/],
    ["key-abroad", "keys-stay-where-the-data-may-be", /kmsMasterKeyId/],
    ["unregistered-label", "labels-name-registered-datasets", /"cliams".*nearest: claims/],
    ["leak-beside-unknown", "data-rests-where-it-may-be", /rests in us-east-1/],
    ["door-across-blocs", "front-doors-stay-in-one-legal-bloc", /\(JP\) and .*\(EEA\)/],
    ["region-unknown", "places-of-labelled-data-are-known", /region of its provider/],
  ];
  for (const [variant, rule, reason] of reasons) {
    it(`${variant} is refused by ${rule}`, async () => {
      const { status, printed, complained, plan } = await refused(variant);
      assert.equal(status, 1, complained || printed);
      const found = plan?.violations.find((violation) => violation.rule === rule);
      assert.ok(found, printed);
      assert.match(found.message, reason);
      assert.match(printed, /dataset {2}cl/);
      assert.ok(found.path.length > 0);
    });
  }

  it("judges a saved plan as the engine's packs do", async () => {
    const { plan } = await refused("replicated-abroad");
    assert.ok(plan);
    const content = JSON.parse(readFileSync(join(root, "test/refused/settings.json"), "utf8"));
    assert.deepEqual(evaluatePlan(plan.resources, content).violations, plan.violations);
  });

  it("lets no secret reach a plan or a message", async () => {
    const source = readFileSync(join(root, "stacks/Pulumi.tokyo-dev.yaml"), "utf8");
    const directory = mkdtempSync(join(root, "test", ".canary-"));
    try {
      const file = join(directory, "Pulumi.canary.yaml");
      writeFileSync(file, source.replace("config:", `config:\n  hybrid-ai-fabric:fabricBgpKey: ${canary}`));
      const { status, printed, complained, plan } = await preview(
        file,
        "--policy-config",
        "policies/config/tokyo-dev.json",
      );
      assert.equal(status, 0, complained);
      assert.equal(`${printed}${complained}${JSON.stringify(plan)}`.includes(canary), false);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it("names the resource whose property the SDK does not know and what it lacks", async () => {
    const { status, complained } = await preview("test/offline/fixtures/wrong-names/Pulumi.wrong-names.yaml");
    assert.equal(status, 3);
    assert.match(complained, /'typo'.*no property "bukcet"/);
    assert.match(complained, /required property "bucket" is missing/);
  });

  it("tells a wrong environment in one message without a stack trace", async () => {
    const { status, complained } = await preview("test/stacks/wrong/Pulumi.unknown-key.yaml");
    assert.equal(status, 2);
    assert.match(complained, /places\.ty-cage\.site\.metor: unknown key; nearest: metro/);
    assert.doesNotMatch(complained, /\n\s+at /);
  });
});
