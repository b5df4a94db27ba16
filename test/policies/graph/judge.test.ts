import assert from "node:assert/strict";
import {
  decodeWireValue,
  judge,
  parseSettings,
  readProperties,
  UNKNOWN_SENTINELS,
} from "@hybrid-ai-fabric/graph";
import { evaluatePlan } from "@hybrid-ai-fabric/policy-all/evaluate";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { unknownCheckingProxy } from "@pulumi/policy";
import fc from "fast-check";
import {
  bucket,
  bucketType,
  claims,
  plan,
  type ResourceSpec,
  ref,
  registry,
  replicationType,
  unborn,
} from "../../support/plan";
import { fixtures } from "../sovereignty/fixtures";

const today = "2026-11-23";

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const keyed = items.map((item, index) => ({ item, key: Math.sin(seed * 1000 + index) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

const leak = [
  bucket("claims", "ap-northeast-1", claims),
  bucket("copy", "us-east-1"),
  {
    type: replicationType,
    name: "r",
    properties: {
      bucket: ref("claims"),
      rules: [{ status: "Enabled", destination: { bucket: ref("copy") } }],
    },
  },
];

describe("judging a plan", () => {
  it("tells what a provider fills in from what the program declared", () => {
    const filledIn = { ...bucket("claims", "ap-northeast-1", claims), outputs: { logging: unborn } };
    assert.deepEqual(judge(plan([filledIn]), registry, sovereigntyRules, today).violations, []);
    const declared = {
      type: bucketType,
      name: "claims",
      properties: { region: "ap-northeast-1", tags: claims },
    };
    const logged = { ...declared, properties: { ...declared.properties, logging: unborn } };
    const [refused] = judge(plan([logged]), registry, sovereigntyRules, today).violations;
    assert.equal(refused?.verdict, "cannotBeShown");
  });

  it("judges each rule of a replication by its own switch", () => {
    const to = (bucket: string, status?: string) => ({
      ...(status ? { status } : {}),
      destination: { bucket },
    });
    const declared = {
      ...registry,
      externalStores: [
        { match: "*abroad", place: "aws:us-east-1" },
        { match: "*home", place: "aws:ap-northeast-3" },
      ],
    };
    const verdicts = (...rules: ReturnType<typeof to>[]) => {
      const replication = { type: replicationType, name: "r", properties: { bucket: ref("claims"), rules } };
      const specs = [bucket("claims", "ap-northeast-1", claims), replication];
      const { violations } = judge(plan(specs), declared, sovereigntyRules, today);
      return violations.filter(({ level }) => level === "mandatory").map(({ verdict }) => verdict);
    };
    assert.deepEqual(verdicts(to("abroad", "Disabled")), []);
    assert.deepEqual(verdicts(to("home", "Enabled"), to("abroad", "Disabled")), []);
    assert.deepEqual(verdicts(to("home", "Disabled"), to("abroad", "Enabled")), ["broken"]);
    // What says nothing is on, whatever the others say.
    assert.deepEqual(verdicts(to("home", "Disabled"), to("abroad")), ["broken"]);
  });

  it("takes nothing for what it only names", () => {
    const named = {
      type: "aws:s3/bucketLogging:BucketLogging",
      name: "named",
      properties: { region: "ap-northeast-1", bucket: "partner", targetBucket: "partner-logs" },
    };
    const copied = {
      type: replicationType,
      name: "r",
      properties: { bucket: ref("claims"), rules: [{ destination: { bucket: "arn:aws:s3:::partner" } }] },
    };
    const specs = [bucket("claims", "ap-northeast-1", claims), copied, named];
    const { violations } = judge(plan(specs), registry, sovereigntyRules, today);
    assert.ok(violations.some(({ path }) => path.some(({ property }) => property.startsWith("rules[0]"))));
  });

  it("takes no part of a foreign address for a resource that is called so", () => {
    const stream = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
    const sent = (url: string) => ({
      ...{ type: stream, name: "sent" },
      properties: { region: "ap-northeast-1", tags: claims, httpEndpointConfiguration: { url } },
    });
    const copied = (to: string) => ({
      ...{ type: replicationType, name: "r" },
      properties: { bucket: ref("claims"), rules: [{ destination: { bucket: to } }] },
    });
    const called = (...names: string[]) =>
      names.map((name) => ({
        ...bucket(name, "ap-northeast-1"),
        properties: { region: "ap-northeast-1", bucket: name },
      }));
    const verdicts = (...specs: ResourceSpec[]) =>
      judge(plan([bucket("claims", "ap-northeast-1", claims), ...specs]), registry, sovereigntyRules, today)
        .violations.filter(({ level }) => level === "mandatory")
        .map(({ verdict }) => verdict);
    const abroad = sent("https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input");
    assert.deepEqual(verdicts(abroad), ["broken"]);
    assert.deepEqual(verdicts(abroad, ...called("v1", "input", "https")), ["broken"]);
    const inAws = sent("https://s3.us-east-1.amazonaws.com/copies/input");
    assert.deepEqual(verdicts(inAws, ...called("copies", "input")), ["broken"]);
    const elsewhere = copied("arn:aws:s3:::elsewhere/copies");
    assert.deepEqual(verdicts(elsewhere), ["cannotBeShown"]);
    assert.deepEqual(verdicts(elsewhere, ...called("copies", "arn")), ["cannotBeShown"]);
    assert.deepEqual(verdicts(copied("arn:aws:s3:::copies/elsewhere"), ...called("copies")), []);
  });

  it("takes a source without any trace for any store of the plan", () => {
    const copy = (from: ReturnType<typeof ref>, to: string) => ({
      type: replicationType,
      name: "r",
      properties: { bucket: from, rules: [{ destination: { bucket: to } }] },
    });
    const declared = {
      ...registry,
      externalStores: [
        { match: "*abroad", place: "aws:us-east-1" },
        { match: "*home", place: "aws:ap-northeast-3" },
      ],
    };
    const verdicts = (...specs: ReturnType<typeof copy>[]) =>
      judge(
        plan([bucket("claims", "ap-northeast-1", claims), bucket("other", "ap-northeast-1"), ...specs]),
        declared,
        sovereigntyRules,
        today,
      ).violations.map(({ verdict }) => verdict);
    assert.deepEqual(verdicts(copy(unborn, "abroad")), ["cannotBeShown"]);
    assert.deepEqual(verdicts(copy(unborn, "home")), []);
    assert.deepEqual(verdicts(copy(ref("other"), "abroad")), []);
  });

  it("takes what the settings say of code for its documents, and for no property that names one end", () => {
    const said = { ...registry, labels: [{ name: "code", reads: [], writes: [] }] };
    const verdicts = (type: string, properties: { [property: string]: typeof unborn }) => {
      const code = {
        type,
        name: "code",
        properties: { region: "ap-northeast-1", tags: claims, ...properties },
      };
      return judge(plan([code]), said, sovereigntyRules, today).violations.map(({ verdict }) => verdict);
    };
    assert.deepEqual(verdicts("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: unborn }), []);
    const named = { deadLetterConfig: { targetArn: unborn } } as unknown as {
      [property: string]: typeof unborn;
    };
    assert.deepEqual(verdicts("aws:lambda/function:Function", named), ["cannotBeShown"]);
  });

  it("takes a default tag of a provider that the engine keeps as text for unknown where it is", () => {
    const [, , UNKNOWN = ""] = UNKNOWN_SENTINELS;
    const home = { tags: { ...claims, "hybrid-ai:dataset": UNKNOWN } };
    const made = (defaultTags: string): ResourceSpec[] => [
      { type: "pulumi:providers:aws", name: "made", properties: { region: "ap-northeast-1", defaultTags } },
      { type: bucketType, name: "store", provider: "made", properties: {} },
    ];
    assert.deepEqual(
      judge(plan(made(JSON.stringify({ tags: claims }))), registry, sovereigntyRules, today).violations,
      [],
    );
    const [found] = judge(plan(made(JSON.stringify(home))), registry, sovereigntyRules, today).violations;
    assert.equal(found?.rule, "labels-are-known-before-creation");
  });

  it("finds the same in 100 of 100 orders of the resources", () => {
    const everything = Object.entries(fixtures).flatMap(([rule, { fail, unknown }]) =>
      [
        ...fail.map((spec) => ({ spec, set: `${rule}-fail` })),
        ...unknown.map((spec) => ({ spec, set: `${rule}-unknown` })),
      ].map(({ spec, set }) => renamed(spec, set)),
    );
    const resources = plan(everything);
    const first = judge(resources, registry, sovereigntyRules, today);
    assert.ok(first.violations.length > 20);
    for (let seed = 1; seed <= 100; seed++) {
      assert.deepEqual(judge(shuffled(resources, seed), registry, sovereigntyRules, today), first);
    }
  });

  it("never lets a broken plan hold because something is unknown", () => {
    const paths: [number, string][] = [
      [0, "region"],
      [1, "region"],
      [2, "bucket"],
      [2, "rules"],
    ];
    fc.assert(
      fc.property(fc.subarray(paths, { minLength: 1 }), (hidden) => {
        const resources = plan(leak);
        for (const [index, property] of hidden) {
          const resource = resources.filter(({ type }) => !type.startsWith("pulumi:"))[index];
          if (!resource) continue;
          resource.inputs[property] = { $unknown: true };
          resource.outputs[property] = { $unknown: true };
        }
        const { violations } = judge(resources, registry, sovereigntyRules, today);
        assert.ok(violations.some(({ level }) => level === "mandatory"));
      }),
    );
  });

  it("lets settings exempt a finding until a date, and says so", () => {
    const exemption = {
      id: "e1",
      rule: "copies-stay-where-their-source-may-be",
      urn: "*copy",
      owner: "dpo",
      reason: "migration",
      expires: "2026-12-31",
    };
    const exempted = judge(plan(leak), { ...registry, exemptions: [exemption] }, sovereigntyRules, today);
    assert.equal(exempted.violations.filter(({ level }) => level === "mandatory").length, 0);
    assert.deepEqual(exempted.summary.used, [
      "attestation exposure:US-CLOUD-ACT",
      "exemption e1 (dpo, until 2026-12-31)",
    ]);
    const expired = judge(
      plan(leak),
      { ...registry, exemptions: [{ ...exemption, expires: "2026-11-22" }] },
      sovereigntyRules,
      today,
    );
    assert.equal(expired.violations.filter(({ level }) => level === "mandatory").length, 2);
  });

  it("lets settings change the level of a rule", () => {
    const rules = { "copies-stay-where-their-source-may-be": "disabled" };
    const { violations, summary } = judge(plan(leak), { ...registry, rules }, sovereigntyRules, today);
    assert.deepEqual(
      violations.filter(({ level }) => level === "mandatory"),
      [],
    );
    assert.deepEqual(summary.used, [
      "attestation exposure:US-CLOUD-ACT",
      "rule copies-stay-where-their-source-may-be is disabled",
    ]);
  });

  it("cannot show what a component holds whose labels are not known yet", () => {
    const child = { ...bucket("b", "us-east-1"), parent: "component" };
    for (const labels of [unborn, { dataset: unborn, residency: "japan-only" }]) {
      const component = { type: "my:index:Store", name: "component", properties: { labels } };
      const { violations } = judge(plan([component, child]), registry, sovereigntyRules, today);
      const found = violations.find(({ rule }) => rule === "labels-are-known-before-creation");
      assert.match(found?.message ?? "", /labels.* of component/);
    }
  });

  it("protects by residency alone where there is no registry", () => {
    const specs = [bucket("b", "us-east-1", { "hybrid-ai:residency": "JP" })];
    const [found] = evaluatePlan(plan(specs), undefined, today).violations;
    assert.equal(found?.rule, "data-rests-where-it-may-be");
  });

  it("turns one dataset into another only by an approval that is in force", () => {
    const specs = [
      bucket("claims", "ap-northeast-1", claims),
      {
        type: "aws:datasync/task:Task",
        name: "anonymise",
        properties: {
          region: "ap-northeast-1",
          tags: { "hybrid-ai:approval": "a1" },
          sourceLocationArn: ref("claims"),
          destinationLocationArn: ref("out"),
        },
      },
      bucket("out", "us-east-1"),
    ];
    const approval = {
      id: "a1",
      urn: "*anonymise",
      from: "claims",
      to: "open",
      approver: "dpo",
      expires: "2027-01-01",
    };
    const datasets = {
      ...registry.datasets,
      open: { classification: "public", kinds: [], residency: ["any"] },
    };
    const mandatory = (approvals: unknown[]) =>
      judge(plan(specs), { version: 1, datasets, approvals }, sovereigntyRules, today)
        .violations.filter(({ level }) => level === "mandatory")
        .map(({ rule }) => rule);
    assert.deepEqual(mandatory([approval]), []);
    assert.deepEqual(mandatory([]), ["copies-stay-where-their-source-may-be"]);
    assert.ok(
      mandatory([{ ...approval, expires: "2026-01-01" }]).includes("copies-stay-where-their-source-may-be"),
    );
  });
});

describe("settings", () => {
  it("refuse an unknown key and name the nearest", () => {
    const { problems } = parseSettings({ version: 1, exemtions: [] });
    assert.deepEqual(problems, [
      { path: "settings.exemtions", reason: "unknown key; the nearest legal one is exemptions" },
    ]);
  });

  it("take budgets between places that a table holds, and tell all that is wrong with them", () => {
    const roundTripMs = [{ from: "metro:TY", to: "aws:ap-northeast-1", ms: 5 }];
    const right = parseSettings({ version: 1, budgets: { roundTripMs } });
    assert.deepEqual(right.problems, []);
    assert.deepEqual(right.settings.budgets, {
      roundTripMs,
      transferHours: {},
      userRoundTripMs: {},
      egress: [],
    });
    const wrong = parseSettings({
      version: 1,
      budgets: {
        roundTripMs: [{ from: "metro:XX", to: "aws:ap-northeast-1", ms: 0 }],
        transferHours: { claims: "72" },
        userRoundTripMs: { atlantis: 50 },
      },
    });
    assert.deepEqual(
      wrong.problems.map(({ path }) => path),
      [
        "settings.budgets.roundTripMs[0].from",
        "settings.budgets.roundTripMs[0].ms",
        "settings.budgets.transferHours.claims",
        "settings.budgets.userRoundTripMs.atlantis",
      ],
    );
  });

  it("are a mandatory finding when they are wrong", () => {
    const { violations } = judge(plan([]), { version: 2 }, sovereigntyRules, today);
    assert.equal(violations[0]?.level, "mandatory");
  });
});

describe("reading values", () => {
  const sentinel = UNKNOWN_SENTINELS[2] ?? "";

  it("never throws on the SDK's proxy, and marks what is unknown", () => {
    const props = unknownCheckingProxy({
      a: sentinel,
      list: [1, sentinel],
      nested: { known: "v", hidden: sentinel },
      text: `arn:${sentinel}`,
    });
    const unknown = { $unknown: true };
    assert.deepEqual(readProperties(props), {
      a: unknown,
      list: [1, unknown],
      nested: { known: "v", hidden: unknown },
      text: unknown,
    });
  });

  it("masks secrets as they come off the wire", () => {
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: "canary",
    };
    assert.deepEqual(decodeWireValue({ key: secret, id: sentinel }), {
      key: { $secret: true },
      id: { $unknown: true },
    });
  });

  it("reads the same as the wire for anything without secrets", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const wire = { value };
        assert.deepEqual(readProperties(unknownCheckingProxy(structuredClone(wire))), decodeWireValue(wire));
      }),
    );
  });
});

/** The same specification under names of its own, so that many fixtures fit one plan. */
function renamed<T extends { name: string; parent?: string }>(spec: T, set: string): T {
  const copy = structuredClone({ ...spec, properties: undefined });
  const properties = (spec as { properties?: unknown }).properties;
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== "object" || value === null) return value;
    if ("to" in value && value.constructor.name === "Reference") {
      return value.to === undefined ? value : ref(`${set}-${String(value.to)}`);
    }
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, rename(child)]));
  };
  return {
    ...copy,
    name: `${set}-${spec.name}`,
    ...(spec.parent ? { parent: `${set}-${spec.parent}` } : {}),
    ...(properties ? { properties: rename(properties) } : {}),
  } as T;
}

describe("a resource that was asked for without a property", () => {
  it("leaves its defaults to the provider, where its inputs were recorded", () => {
    const [provider, resource] = plan([
      { type: bucketType, name: "claims", providerRegion: "ap-northeast-1" },
    ]);
    assert.ok(provider && resource);
    const outputs = { id: { $unknown: true }, logging: { $unknown: true } };
    const settings = { ...registry, labels: [{ name: "claims", dataset: ["claims"] }] };
    const found = (more: { bare?: true }) =>
      judge([provider, { ...resource, outputs, ...more }], settings, sovereigntyRules, today)
        .violations.filter(({ level }) => level === "mandatory")
        .map(({ rule }) => rule);
    assert.deepEqual(found({}), ["destinations-of-labelled-data-are-known"]);
    assert.deepEqual(found({ bare: true }), []);
  });
});

describe("declarations of the settings", () => {
  const store = [bucket("claims", "us-east-1", { "hybrid-ai:dataset": "claims" })];
  const declared = (more: object) =>
    judge(
      plan(store),
      {
        ...registry,
        labels: [{ name: "claims", places: ["JP"], owner: "dpo", reason: "an Outpost", ...more }],
      },
      sovereigntyRules,
      today,
    );
  const mandatory = ({ violations }: ReturnType<typeof declared>) =>
    violations.filter(({ level }) => level === "mandatory").map(({ rule, message }) => `${rule}: ${message}`);

  it("are listed with who answers for them, once a resource of the plan needs them", () => {
    const { summary } = declared({ id: "outpost", expires: "2027-01-01" });
    assert.ok(
      summary.used.includes("label outpost (places; dpo, until 2027-01-01)"),
      summary.used.join("\n"),
    );
    assert.deepEqual(mandatory(declared({ expires: "2027-01-01" })), []);
    assert.ok(!declared({ name: "other" }).summary.used.some((text) => text.startsWith("label")));
  });

  it("count as none past their day, and say so", () => {
    const found = mandatory(declared({ id: "outpost", expires: "2026-01-01" }));
    assert.ok(found.some((text) => text.startsWith("data-rests-where-it-may-be")));
    assert.ok(found.some((text) => text.includes("label outpost expired on 2026-01-01")));
  });
});
