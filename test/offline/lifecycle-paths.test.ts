import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { type PreparedConfiguration, prepareConfiguration } from "../../offline/configuration";
import type { DeployedState, Deployment } from "../../offline/deploy";
import type { PolicyEvent } from "../../offline/events";
import { deploymentOf, keptBy, replacedIn, shortNameOf } from "../support/deployment";
import { registry } from "../support/plan";
import { canaries } from "./fixtures/private-paths/canaries";

/**
 * Circuits over Megaport, encrypted ports of our own at AWS and Fabric circuits in one small program, over their whole
 * life on the real engine, with providers stood in for: eight runs, in this order.
 */
const root = resolve(__dirname, "../..");

const first = { location: 90001, port: "port-red", dedicated: "EQTY2" };
const anotherKey = { ...first, key: 2 };
const anotherPort = { ...anotherKey, port: "port-blue", allowReplacement: "port-red" };
const elsewhere = { ...anotherPort, location: 90003, dedicated: "EQOS1" };

function program(places: typeof first): PreparedConfiguration {
  const config = { "aws:region": "ap-northeast-1", "private-paths:places": places };
  return prepareConfiguration(stringify({ config }), "Pulumi.life.yaml", "private-paths");
}

/** Resources in the state as `Vxc hosted`. */
const named = (
  { resources }: DeployedState,
  keep: (resource: DeployedState["resources"][number]) => boolean,
) =>
  resources
    .filter(keep)
    .map(({ urn }) => shortNameOf(urn))
    .sort();
const idOf = ({ resources }: DeployedState, name: string) =>
  resources.find(({ urn }) => urn.endsWith(name))?.id;

/** What is ordered and billed. */
const circuits = [
  "Connection own",
  "Connection own-2",
  "FabricConnection fabric",
  "FabricConnection token",
  "LinkAggregationGroup own",
  "Mcr mcr",
  "Port cage",
  "Vxc hosted",
  "Vxc offered",
];
const overThePartnerPort = [
  "ConnectionConfirmation hosted",
  "HostedTransitVirtualInterfaceAcceptor offered",
  "TransitVirtualInterface hosted",
  "Vxc hosted",
  "Vxc offered",
];
const atAnotherPlace = [
  ...overThePartnerPort,
  "Connection own",
  "Connection own-2",
  "ConnectionAssociation own",
  "ConnectionAssociation own-2",
  "LinkAggregationGroup own",
  "MacsecKeyAssociation own",
  "MacsecKeyAssociation own-2",
  "Mcr mcr",
  "McrPrefixFilterList mcr-site",
  "Port cage",
  "TransitVirtualInterface own",
].sort();

describe("the life of circuits over Megaport and of ports of our own", function () {
  this.timeout(600_000);
  this.slow(120_000);
  let deployment: Deployment;
  let directory = "";

  before(async () => {
    deployment = await deploymentOf("test/offline/fixtures/private-paths/Pulumi.life.yaml", {
      previewed: false,
    });
    directory = deployment.directory;
  });
  after(() => {
    deployment?.close();
    assert.equal(existsSync(directory), false);
  });

  it("stop where a provider fails, with a state that knows what exists", async () => {
    const fails = "aws:directconnect/connectionConfirmation:ConnectionConfirmation::hosted";
    const { status, output } = await deployment.up(program(first), { fails });
    assert.notEqual(status, 0);
    assert.match(output, /hosted[\s\S]*a failure that was asked for/);
    const state = await deployment.state();
    assert.equal(state.pending, 0);
    const exist = named(state, ({ id }) => id !== undefined);
    assert.ok(exist.includes("Vxc hosted"));
    for (const missing of ["ConnectionConfirmation hosted", "TransitVirtualInterface hosted"])
      assert.equal(exist.includes(missing), false);
  });

  it("complete with the next run, which replaces nothing and protects what is ordered", async () => {
    const before = await deployment.state();
    const { status, output, journal } = await deployment.up(program(first));
    assert.equal(status, 0, output);
    assert.ok(journal.every(({ did }) => did === "create"));
    const state = await deployment.state();
    for (const { urn, id } of before.resources) assert.equal(idOf(state, urn), id);
    assert.ok(named(state, () => true).includes("TransitVirtualInterface hosted"));
    assert.deepEqual(
      named(state, ({ protect }) => protect === true),
      circuits,
    );
  });

  it("keep no key, token or account key in state as it is, not even one that was given as a plain text", async () => {
    const kept = keptBy(deployment);
    assert.ok(kept.includes("port-red"));
    for (const [role, canary] of Object.entries(canaries)) assert.equal(kept.includes(canary), false, role);
    const { resources } = await deployment.state();
    const secret = (name: string, path: readonly string[]) => {
      const found = resources.find(({ urn }) => urn.endsWith(name));
      for (const side of [found?.inputs, found?.outputs]) {
        const value = path.reduce<unknown>(
          (at, property) => (at as { [key: string]: unknown })?.[property],
          side,
        );
        assert.ok((value as { ciphertext?: string })?.ciphertext, `${name} ${path.join(".")}`);
      }
    };
    for (const name of ["fabric", "token"]) {
      const accessPoint = ["zSide", "accessPoint", "authenticationKey"];
      secret(`fabricConnection:FabricConnection::${name}`, accessPoint);
    }
    secret("fabricConnection:FabricConnection::token", ["aSide", "serviceToken", "uuid"]);
    secret("FabricRoutingProtocol::fabric-bgp", ["bgpAuthKey"]);
    secret("bgpPeer:BgpPeer::fabric-ipv6", ["bgpAuthKey"]);
    for (const name of ["hosted", "own", "token", "fabric"])
      secret(`TransitVirtualInterface::${name}`, ["bgpAuthKey"]);
    secret("vxc:Vxc::offered", ["serviceKey"]);
    for (const name of ["own", "own-2"])
      for (const key of ["ckn", "cak"]) secret(`MacsecKeyAssociation::${name}`, [key]);
    const leave = resources.find(({ urn }) => urn.endsWith("serviceKey:ServiceKey::leave"));
    assert.ok((leave?.outputs?.key as { ciphertext?: string })?.ciphertext);
  });

  it("are not destroyed while they are protected", async () => {
    const before = await deployment.state();
    const { status, output, journal } = await deployment.destroy();
    assert.notEqual(status, 0);
    assert.match(output, /protected/);
    assert.deepEqual(journal, []);
    assert.deepEqual((await deployment.state()).resources, before.resources);
  });

  it("are refused on a refreshed preview where the provider reports another place than the declared one", async () => {
    const reports = {
      "fabricConnection:FabricConnection::fabric": {
        "zSide.accessPoint.location.metroCode": "SG",
        "zSide.accessPoint.sellerRegion": "ap-southeast-1",
      },
      "mcr:Mcr::mcr": { locationId: 90009 },
      "connection:Connection::own": { location: "EQSG2" },
    };
    const judged = { packs: [join(root, "policies", "all")], settings: { settings: registry } };
    const { status, policies } = await deployment.refreshedPreview(program(first), judged, { reports });
    assert.notEqual(status, 0);
    assert.deepEqual(messagesOf(policies, "circuits-are-where-they-were-declared"), [
      "fabric is declared with zSide.accessPoint.location.metroCode TY, but exists with SG.",
      "fabric is declared with zSide.accessPoint.sellerRegion ap-northeast-1, but exists with ap-southeast-1.",
      "mcr is declared with locationId 90001, but exists with 90009.",
      "own is declared with location EQTY2, but exists with EQSG2.",
    ]);
    assert.deepEqual(messagesOf(policies, "declared-places-are-the-actual-ones"), [
      "Connection own is declared in JP, but location says it stands in SG.",
      "FabricConnection fabric is declared in metro TY (JP), ap-northeast-1 (JP), but zSide.accessPoint.location.metroCode says it stands in metro SG (SG).",
      "FabricConnection fabric is declared in metro TY (JP), ap-northeast-1 (JP), but zSide.accessPoint.sellerRegion says it stands in ap-southeast-1 (SG).",
    ]);
  });

  it("take another BGP key on the circuits that they have: the old interface makes way for the new one", async () => {
    const before = await deployment.state();
    const { status, output, journal } = await deployment.up(program(anotherKey));
    assert.equal(status, 0, output);
    const interfaces = ["fabric", "hosted", "own", "token"].map((name) => `TransitVirtualInterface ${name}`);
    assert.deepEqual(replacedIn(journal), ["BgpPeer fabric-ipv6", ...interfaces]);
    for (const name of interfaces) {
      const of = journal.filter(({ urn }) => shortNameOf(urn) === name).map(({ did }) => did);
      assert.deepEqual(of, ["delete", "create"], name);
    }
    const after = await deployment.state();
    const ordered = (state: DeployedState) =>
      state.resources.filter(({ protect }) => protect === true).map(({ id }) => id);
    assert.deepEqual(ordered(after).sort(), ordered(before).sort());
  });

  it("keep the old circuit while the new one cannot be had", async () => {
    const before = await deployment.state();
    const fails = "megaport:index/vxc:Vxc::hosted";
    const { status, output, journal } = await deployment.up(program(anotherPort), { fails });
    assert.notEqual(status, 0);
    assert.match(output, /hosted[\s\S]*a failure that was asked for/);
    const after = await deployment.state();
    assert.equal(after.pending, 0);
    const ids = after.resources.map(({ id }) => id);
    for (const { urn, id } of before.resources) assert.ok(ids.includes(id), `${urn} is gone`);
    const hosted = "vxc:Vxc::hosted";
    assert.equal(idOf(after, hosted), idOf(before, hosted));
    assert.ok(journal.every(({ did }) => did !== "delete"));
  });

  it("make all that is new before they break anything old, with what hangs on it", async () => {
    const before = await deployment.state();
    const { status, output, journal } = await deployment.up(program(elsewhere));
    assert.equal(status, 0, output);
    assert.deepEqual(replacedIn(journal), atAnotherPlace);
    const order = journal.map(({ did }) => did);
    assert.ok(order.lastIndexOf("create") < order.indexOf("delete"), order.join(" "));
    const after = await deployment.state();
    assert.deepEqual(
      after.resources.filter((resource) => resource.delete === true),
      [],
    );
    const still = ["gateway:Gateway::hub", "FabricConnection::fabric", "FabricConnection::token"];
    for (const name of still) assert.equal(idOf(after, name), idOf(before, name));
  });

  it("leave nothing when they are destroyed", async () => {
    const { status, output } = await deployment.destroy();
    assert.equal(status, 0, output);
    assert.deepEqual((await deployment.state()).resources, []);
  });
});

/** What a rule says, without how to mend it. */
function messagesOf(policies: readonly PolicyEvent[], rule: string): string[] {
  return policies
    .filter(({ policyName }) => policyName === rule)
    .map(({ message }) => message.split(/ (?:Path|Fix): /, 1)[0] ?? "")
    .sort();
}
