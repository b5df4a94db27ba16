import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { type PreparedConfiguration, prepareConfiguration } from "../../offline/configuration";
import type { DeployedState, Deployment } from "../../offline/deploy";
import { deploymentOf, replacedIn } from "../support/deployment";

/** One stack over its whole life on the real engine, with providers stood in for: five runs, in this order. */
const root = resolve(__dirname, "../..");
const CONNECTION = "equinix:index/fabricConnection:FabricConnection";
const KEY = "hybrid-ai-fabric:environment";

/** tokyo-dev with nothing but its path, so that no data keeps it from being destroyed. */
function path(place: { metro: string; allowReplacement?: string }): PreparedConfiguration {
  const content = parse(readFileSync(join(root, "stacks/Pulumi.tokyo-dev.yaml"), "utf8"));
  const environment = content.config[KEY];
  const { metro, allowReplacement } = place;
  environment.places["ty-cage"].site.metro = metro;
  environment.transfers = {};
  environment.trainingClusters = {};
  environment.budgets = {};
  const declared = environment.interconnects["ty-tokyo"];
  if (allowReplacement !== undefined) declared.allowReplacement = allowReplacement;
  const kept = ["accounts", "places", "datasets", "interconnects", "transfers", "budgets"];
  content.config[KEY] = Object.fromEntries(kept.map((noun) => [noun, environment[noun]]));
  const prepared = prepareConfiguration(stringify(content), "Pulumi.tokyo-dev.yaml", "hybrid-ai-fabric");
  // Another key would replace the interface, and secrets that are stood in for differ from run to run.
  const secrets = Object.fromEntries(prepared.stoodIn.map((key) => [key, "the-same-in-every-run"]));
  return { ...prepared, secrets };
}

/** Metro of the far end of the circuit, as the provider has it. */
function metroOf({ resources }: DeployedState): string | undefined {
  const circuit = resources.find(({ type }) => type === CONNECTION);
  const zSide = circuit?.outputs?.zSide as
    | { accessPoint?: { location?: { metroCode?: string } } }
    | undefined;
  return zSide?.accessPoint?.location?.metroCode;
}

describe("the life of a private path", function () {
  this.timeout(600_000);
  this.slow(120_000);
  let deployment: Deployment;
  let directory: string | undefined;

  before(async () => {
    deployment = await deploymentOf("tokyo-dev");
    directory = deployment.directory;
  });
  after(() => {
    deployment?.close();
    assert.equal(existsSync(directory ?? ""), false);
  });

  it("stops where a provider fails, with a state that knows what exists", async () => {
    const { status, output } = await deployment.up(path({ metro: "TY" }), { fails: "ty-tokyo-bgp" });
    assert.notEqual(status, 0);
    assert.match(output, /ty-tokyo-bgp[\s\S]*a failure that was asked for/);
    const { resources, pending } = await deployment.state();
    assert.equal(pending, 0);
    assert.equal(metroOf({ resources, pending }), "TY");
    assert.equal(
      resources.some(({ urn }) => urn.endsWith("::ty-tokyo-bgp")),
      false,
    );
  });

  it("completes with the next run, and only adds what is missing", async () => {
    const { status, output, journal } = await deployment.up(path({ metro: "TY" }));
    assert.equal(status, 0, output);
    assert.deepEqual(replacedIn(journal), []);
    const state = await deployment.state();
    assert.ok(state.resources.some(({ urn }) => urn.endsWith("::ty-tokyo-bgp")));
    assert.deepEqual(
      state.resources.filter(({ protect }) => protect === true).map(({ type }) => type.split(":").at(-1)),
      ["FabricCloudRouter", "FabricConnection"],
    );
  });

  it("refuses to follow a changed metro that nobody allowed, and changes nothing", async () => {
    const before = await deployment.state();
    const { status, output } = await deployment.up(path({ metro: "OS" }));
    assert.notEqual(status, 0);
    assert.match(output, /unable to replace resource[\s\S]*ty-tokyo/);
    const after = await deployment.state();
    assert.equal(metroOf(after), "TY");
    assert.deepEqual(
      after.resources.map(({ urn }) => urn).sort(),
      before.resources.map(({ urn }) => urn).sort(),
    );
  });

  it("replaces router, circuit and all that hangs on it when the move is allowed", async () => {
    const { status, output, journal } = await deployment.up(path({ metro: "OS", allowReplacement: "TY" }));
    assert.equal(status, 0, output);
    assert.equal(metroOf(await deployment.state()), "OS");
    assert.deepEqual(replacedIn(journal), [
      "ConnectionConfirmation ty-tokyo",
      "FabricCloudRouter ty-tokyo-router",
      "FabricConnection ty-tokyo",
      "FabricRoutingProtocol ty-tokyo-bgp",
      "FabricRoutingProtocol ty-tokyo-direct",
      "TransitVirtualInterface ty-tokyo",
    ]);
  });

  it("leaves nothing when it is destroyed", async () => {
    const { status, output } = await deployment.destroy();
    assert.equal(status, 0, output);
    assert.deepEqual((await deployment.state()).resources, []);
  });
});
