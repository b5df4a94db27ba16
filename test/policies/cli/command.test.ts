import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Log } from "sarif";
import { run } from "../../../policies/cli/run";
import { stateOf } from "../../support/analyze";
import { bucket, claims, plan, type ResourceSpec, ref, registry, replicationType } from "../../support/plan";

const home = [bucket("claims", "ap-northeast-1", claims)];
const leaking: ResourceSpec[] = [
  ...home,
  bucket("copy", "us-east-1"),
  {
    type: replicationType,
    name: "replication",
    properties: {
      region: "ap-northeast-1",
      bucket: ref("claims"),
      rules: [{ destination: { bucket: ref("copy") } }],
    },
  },
];
const unclear: ResourceSpec[] = [{ ...bucket("claims", undefined, claims), providerRegion: "unknown" }];

describe("hybrid-ai-fabric", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-test-"));
    const write = (name: string, content: unknown) =>
      writeFileSync(join(directory, name), JSON.stringify(content));
    write("home.json", stateOf(plan(home)));
    write("leaking.json", stateOf(plan(leaking)));
    write("unclear.json", stateOf(plan(unclear)));
    write("settings.json", { settings: registry });
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  async function command(
    ...args: string[]
  ): Promise<{ status: number; printed: string; complained: string }> {
    let printed = "";
    let complained = "";
    const status = await run(args, {
      root: resolve(__dirname, "../../.."),
      workingDirectory: directory,
      print: (text) => {
        printed += text;
      },
      complain: (text) => {
        complained += text;
      },
      colour: false,
    });
    return { status, printed, complained };
  }

  describe("check", () => {
    it("ends with 0 for what holds and with 1 for what is refused, and writes the files of both", async () => {
      for (const [file, expected] of [
        ["home.json", 0],
        ["leaking.json", 1],
      ] as const) {
        const reports = [
          "--json",
          "plan.json",
          "--sarif=x.sarif",
          "--junit",
          "x.xml",
          "--evidence",
          "e.json",
        ];
        const { status, printed, complained } = await command(
          "check",
          file,
          "--config",
          "settings.json",
          ...reports,
        );
        assert.equal(status, expected, complained);
        assert.match(printed, /a state of the stack test with/);
        const { violations, resources } = JSON.parse(readFileSync(join(directory, "plan.json"), "utf8"));
        const log = JSON.parse(readFileSync(join(directory, "x.sarif"), "utf8")) as Log;
        assert.equal(log.runs[0]?.results?.length, violations.length);
        const again = await command("check", "plan.json", "--config", "settings.json", "--json", "-");
        assert.equal(again.status, expected);
        assert.deepEqual(JSON.parse(again.printed).violations, violations);
        assert.deepEqual(JSON.parse(again.printed).resources, resources);
        for (const name of ["plan.json", "x.sarif", "x.xml", "e.json"]) rmSync(join(directory, name));
      }
    });

    it("lets no secret of a state reach a report", async () => {
      const canary = "canary-31ce";
      const secret = {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        plaintext: JSON.stringify(canary),
      };
      const state = stateOf(plan(leaking)) as {
        deployment: { resources: { inputs: { [property: string]: unknown } }[] };
      };
      for (const { inputs } of state.deployment.resources) {
        Object.assign(inputs, { token: secret, region: secret, list: [secret, "[secret]"] });
      }
      writeFileSync(join(directory, "secret.json"), JSON.stringify(state));
      for (const kind of ["--json", "--sarif", "--junit", "--evidence", "--pack"]) {
        const value = kind === "--pack" ? "sovereignty" : "-";
        const { status, printed, complained } = await command("check", "secret.json", kind, value);
        assert.equal(status, 1, complained);
        assert.equal(`${printed}${complained}`.includes(canary), false, kind);
      }
      const explained = await command("explain", "claims", "--plan", "secret.json");
      assert.equal(explained.printed.includes(canary), false);
      rmSync(join(directory, "secret.json"));
    });

    it("runs the packs that were chosen", async () => {
      const { status, printed } = await command("check", "leaking.json", "--pack", "sovereignty");
      assert.equal(status, 1);
      assert.match(printed, /Packs\n {2}sovereignty: refused \(.*\n\n/);
    });

    const wrong: [string[], RegExp][] = [
      [[], /takes one folder or file/],
      [["home.json", "leaking.json"], /takes one folder or file/],
      [["none.json"], /there is no such file/],
      [["home.json", "--pack", "sovreignty"], /Did you mean sovereignty/],
      [["home.json", "--stack", "s"], /--stack chooses a stack of a folder/],
      [["home.json", "--sarf", "x"], /Did you mean --sarif/],
      [["home.json", "--sarif"], /--sarif needs a value/],
      [["home.json", "--sarif", "no/such/x"], /there is no folder/],
      [["home.json", "--json", "-", "--junit", "-"], /only one/],
      [["home.json", "--config", "none.json"], /there is no file/],
      [["."], /holds no Pulumi\.yaml/],
    ];
    for (const [args, reason] of wrong) {
      it(`ends with 2 and changes nothing: check ${args.join(" ")}`, async () => {
        const files = readdirSync(directory);
        const { status, printed, complained } = await command("check", ...args);
        assert.deepEqual([status, printed], [2, ""]);
        assert.match(complained, reason);
        assert.deepEqual(readdirSync(directory), files);
      });
    }
  });

  describe("check of a folder", () => {
    const folder = (name: string) => join(resolve(__dirname, "../../refused"), name);

    it("is refused for a stack that it does not have, and without its dependencies", async () => {
      const { status, complained } = await command("check", folder("key-abroad"), "--stack", "key-abrod");
      assert.equal(status, 2);
      assert.match(complained, /Did you mean key-abroad/);
      writeFileSync(join(directory, "Pulumi.yaml"), "name: bare\nruntime: nodejs\n");
      try {
        assert.match((await command("check", ".")).complained, /run npm install in it first/);
      } finally {
        rmSync(join(directory, "Pulumi.yaml"));
      }
    });
  });

  describe("explain", () => {
    it("shows the way by which a dataset gets to a place", async () => {
      const { status, printed } = await command("explain", "claims", "--to", "US", "--plan", "leaking.json");
      assert.equal(status, 0);
      assert.match(printed, /^claims gets to US, by this way:/);
      assert.match(
        printed,
        /path {4} Bucket claims \.tags\n.*-> {2}BucketReplicationConfig replication \.bucket/,
      );
      assert.match(printed, /All else that it reaches:\n {2}Bucket claims in ap-northeast-1 \(JP\)/);
    });

    it("proves that there is none by all that it reaches", async () => {
      for (const to of ["eu-central-1", "bloc:EEA", "metro:FR", "DE"]) {
        const { printed } = await command("explain", "claims", "--to", to, "--plan", "leaking.json");
        assert.match(printed, new RegExp(`^claims does not get to ${to}: it reaches \\d resources`));
        assert.match(printed, /Bucket copy in us-east-1 \(US\)/);
      }
    });

    it("proves nothing while a place is unknown", async () => {
      const { printed } = await command("explain", "claims", "--to", "US", "--plan", "unclear.json");
      assert.match(printed, /^It cannot be shown that claims does not get to US/);
      assert.match(printed, /not shown: region of its provider/);
    });

    it("proves nothing while a type is in no table", async () => {
      const strange = plan([
        { type: "strange:index/thing:Thing", name: "thing", properties: { tags: claims } },
      ]);
      writeFileSync(join(directory, "strange.json"), JSON.stringify(stateOf(strange)));
      const { printed } = await command("explain", "claims", "--to", "US", "--plan", "strange.json");
      assert.match(printed, /^It cannot be shown/);
      rmSync(join(directory, "strange.json"));
    });

    it("is refused for a dataset or a place that is in no table", async () => {
      const dataset = await command("explain", "clams", "--plan", "home.json");
      assert.deepEqual([dataset.status, /Did you mean claims/.test(dataset.complained)], [2, true]);
      const place = await command("explain", "claims", "--to", "us-est-1", "--plan", "home.json");
      assert.deepEqual([place.status, /Nearest: us-east-1/.test(place.complained)], [2, true]);
    });
  });

  describe("diff", () => {
    it("says what newly reaches where, and is refused as the new plan is", async () => {
      const { status, printed } = await command("diff", "home.json", "leaking.json");
      assert.equal(status, 1);
      assert.match(printed, /^\+ claims newly reaches Bucket copy in us-east-1 \(US\)$/m);
      assert.match(
        printed,
        /^! new mandatory sovereignty\/copies-stay-where-their-source-may-be \(broken\)/m,
      );
      const back = await command("diff", "leaking.json", "home.json");
      assert.equal(back.status, 0);
      assert.match(back.printed, /^- claims no longer reaches Bucket copy/m);
    });

    it("says that nothing changes", async () => {
      assert.match((await command("diff", "home.json", "home.json")).printed, /^No dataset gets anywhere/);
    });

    it("is a comment whose cells hold whatever a name is", async () => {
      const name = "a|b<script>@me`";
      const specs = leaking.map((spec) => (spec.name === "copy" ? { ...spec, name } : spec));
      const renamed = specs.map((spec) =>
        spec.name === "replication"
          ? {
              ...spec,
              properties: { bucket: ref("claims"), rules: [{ destination: { bucket: ref(name) } }] },
            }
          : spec,
      );
      writeFileSync(join(directory, "named.json"), JSON.stringify(stateOf(plan(renamed))));
      const { printed } = await command("diff", "home.json", "named.json", "--markdown");
      rmSync(join(directory, "named.json"));
      assert.match(printed, /^### Where data gets to/);
      assert.doesNotMatch(printed, /<script>|@me/);
      const rows = printed.split("\n").filter((line) => line.startsWith("| new |"));
      assert.ok(rows.length > 0);
      for (const row of rows) assert.equal(row.replaceAll("\\|", "").split("|").length, 7, row);
    });
  });

  describe("skip-list", () => {
    it("names the rules that demand a copy which the residency forbids", async () => {
      const { printed } = await command("skip-list", "--tool", "checkov", "--plan", "home.json");
      assert.match(printed, /^skip-check:\n(.*#.*\n)+ {2}- CKV_AWS_144\n$/);
      assert.match(printed, /Bucket claims holds claims, which may only rest in JP/);
    });

    it("skips nothing for data without a residency", async () => {
      writeFileSync(
        join(directory, "free.json"),
        JSON.stringify(stateOf(plan([bucket("free", "us-east-1")]))),
      );
      const { printed } = await command("skip-list", "--tool", "checkov", "--plan", "free.json");
      rmSync(join(directory, "free.json"));
      assert.match(printed, /skip nothing/);
    });

    it("knows the tools", async () => {
      const { status, complained } = await command("skip-list", "--tool", "chekov", "--plan", "home.json");
      assert.deepEqual([status, /the tools are cdk-nag, checkov/.test(complained)], [2, true]);
    });
  });

  it("prints its usage, and names the nearest command", async () => {
    assert.match((await command("--help")).printed, /explain <dataset>/);
    assert.equal((await command("check", "--help")).status, 0);
    const { status, complained } = await command("chekc");
    assert.deepEqual([status, /Did you mean check/.test(complained)], [2, true]);
  });
});
