import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import { parse, stringify } from "yaml";
import { preview } from "../support/preview";

/** Two previews on the real engine: with one channel of each transport and without them. */
const stacks = resolve(__dirname, "../../stacks");
const settings = ["--policy-config", "policies/config/japan-prod.json"];

/** By transport: what lets its sender in, what lets it through, and what it takes. */
const ways = {
  consult: {
    grant: "aws:iam/rolePolicy:RolePolicy agents-reader-consult",
    rule: "aws:vpclattice/authPolicy:AuthPolicy agents-consult",
    route: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute agents-tokyo-consult-route",
  },
  scored: {
    grant: "kubernetes:kafka.strimzi.io/v1:KafkaUser agents-ty-cage-scored-scorer",
    rule: "aws:cloudwatch/eventRule:EventRule agents-scored",
    route: "aws:pipes/pipe:Pipe agents-scored",
  },
  scores: {
    grant: "kubernetes:kafka.strimzi.io/v1:KafkaUser agents-ty-cage-scores-scorer",
    rule: "aws:iam/rolePolicy:RolePolicy agents-scores-mirrormaker2-scores",
    route: "kubernetes:kafka.strimzi.io/v1:KafkaMirrorMaker2 agents-ty-cage-scores-mirror",
  },
  status: {
    grant: "aws:iot/policy:Policy agents-status",
    rule: "aws:iot/topicRule:TopicRule agents-status",
    route: "aws:sqs/queue:Queue agents-status",
  },
};

function without(channels: readonly string[], directory: string): string {
  const stack = parse(readFileSync(join(stacks, "Pulumi.japan-prod.yaml"), "utf8"));
  for (const channel of channels) delete stack.config["hybrid-ai-fabric:environment"].channels[channel];
  const file = join(directory, "Pulumi.japan-prod.yaml");
  writeFileSync(file, stringify(stack));
  return file;
}

const nameOf = ({ type, name }: PlannedResource) => `${type} ${name}`;

const BROKER = "kubernetes:core/v1:ConfigMap::agents-ty-cage-mosquitto";

/** The configuration of the broker on the Tokyo site, line by line. */
function fileOf(resources: ReadonlyMap<string, PlannedResource>): string[] {
  const [broker] = [...resources.values()].filter(({ urn }) => urn.endsWith(BROKER));
  const data = broker?.inputs.data;
  assert.ok(typeof data === "object" && data !== null && !Array.isArray(data), "no broker");
  return Object.values(data).flatMap((text) => String(text).split("\n"));
}

/** Lines that are gone, as often as they are; nothing may be new. */
function lost(before: readonly string[], after: readonly string[]): string[] {
  const left = [...after];
  const gone = before.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  assert.deepEqual(left, []);
  return gone.filter((line) => line !== "").sort();
}

describe("a channel that goes", function () {
  this.timeout(600_000);
  this.slow(120_000);

  it("takes its grant, its rule and its route, and nothing else", async () => {
    const directory = mkdtempSync(join(__dirname, "fixtures", "channel-"));
    const channels = Object.keys(ways);
    try {
      const before = await preview("japan-prod");
      const after = await preview(without(channels, directory), ...settings);
      assert.equal(before.status, 0, before.complained || before.printed);
      assert.equal(after.status, 0, after.complained || after.printed);
      const [with_, left] = [before, after].map(
        ({ plan }) => new Map((plan?.resources ?? []).map((resource) => [resource.urn, resource])),
      );
      assert.ok(with_ && left);
      const gone = [...with_.values()].filter(({ urn }) => !left.has(urn)).map(nameOf);
      assert.deepEqual(
        [...left.keys()].filter((urn) => !with_.has(urn)),
        [],
      );
      const named = new RegExp(`-(${channels.join("|")})(-|$)`);
      // The only stream between the site and Tokyo takes the cluster of Tokyo with it.
      const shared = /^aws:(msk\/cluster:Cluster|ec2\/securityGroup:SecurityGroup) agents-tokyo(-stream)?$/;
      assert.deepEqual(
        gone.filter((name) => !named.test(name) && !shared.test(name)),
        [],
      );
      for (const [channel, { grant, rule, route }] of Object.entries(ways))
        for (const each of [grant, rule, route]) assert.ok(gone.includes(each), `${channel} left ${each}`);
      for (const [urn, resource] of left) {
        if (!resource.custom || urn.includes(BROKER)) continue;
        assert.deepEqual(resource.inputs, with_.get(urn)?.inputs, urn);
      }
      // A broker of a site serves all of its channels from one file: a channel that goes takes its own lines.
      assert.deepEqual(lost(fileOf(with_), fileOf(left)), [
        "topic site/ty/status out 1",
        "topic write site/ty/status",
        "user planner",
      ]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
