import assert from "node:assert/strict";
import * as components from "../../../components";
import { type AppMeshDescription, fromAppMesh } from "../../../components/agents/app-mesh";
import { only, requestedBy } from "../../support/mocks";
import { istio } from "./arguments";

const old: AppMeshDescription = {
  meshName: "agents",
  egressFilter: "DROP_ALL",
  nodes: [
    {
      name: "triage",
      hostname: "triage.local",
      port: 8080,
      protocol: "http",
      backends: ["scorer.local"],
      strictTls: true,
    },
    {
      name: "scorer-1",
      hostname: "scorer-1.local",
      port: 50051,
      protocol: "grpc",
      backends: [],
      strictTls: true,
    },
    {
      name: "scorer-2",
      hostname: "scorer-2.local",
      port: 50051,
      protocol: "grpc",
      backends: [],
      strictTls: true,
    },
  ],
  services: [
    {
      name: "scorer.local",
      targets: [
        { node: "scorer-1", weight: 3 },
        { node: "scorer-2", weight: 1 },
      ],
    },
  ],
};

describe("ServiceMesh", () => {
  it("is Istio ambient from four charts in order, strict everywhere", async () => {
    const requested = await requestedBy(() => new components.ServiceMesh("mesh", istio));
    const charts = requested
      .filter(({ type }) => type === "kubernetes:helm.sh/v3:Release")
      .map(({ name }) => name);
    assert.deepEqual(charts, ["mesh-base", "mesh-cni", "mesh-istiod", "mesh-ztunnel"]);
    const peers = only(requested, "kubernetes:security.istio.io/v1:PeerAuthentication");
    assert.deepEqual(peers.inputs.spec, { mtls: { mode: "STRICT" } });
    const remote = only(requested, "kubernetes:networking.istio.io/v1:ServiceEntry");
    assert.deepEqual((remote.inputs.spec as { endpoints: unknown }).endpoints, [
      { address: "10.2.0.10", network: "osaka" },
    ]);
    // No secret that would let one control plane read the API of another cluster.
    assert.equal(requested.filter(({ type }) => type === "kubernetes:core/v1:Secret").length, 0);
  });

  it("is refused with App Mesh, with the day, the successor and the field", () => {
    const appMesh = { region: "ap-northeast-1", description: old };
    assert.throws(
      () => new components.ServiceMesh("old", { appMesh }),
      /ended on 2026-09-30.*Use istio, or vpcLattice.*acknowledgeRetired to "2026-09-30"/,
    );
    assert.throws(
      () => new components.ServiceMesh("old", { appMesh: { ...appMesh, acknowledgeRetired: "yes" } }),
    );
    assert.throws(
      () => new components.ServiceMesh("none", {}),
      /exactly one of istio, vpcLattice and appMesh, not none/,
    );
  });

  it("renders the old types for old state when somebody knows", async () => {
    const appMesh = { region: "ap-northeast-1", description: old, acknowledgeRetired: "2026-09-30" };
    const requested = await requestedBy(() => new components.ServiceMesh("old", { appMesh }));
    assert.equal(requested.filter(({ type }) => type.startsWith("aws:appmesh/")).length, 5);
  });

  it("translates what App Mesh meant", () => {
    const intent = fromAppMesh(old);
    assert.deepEqual(intent.calls, [
      { from: "triage", to: "scorer-1", transport: "grpc", port: 50051 },
      { from: "triage", to: "scorer-2", transport: "grpc", port: 50051 },
    ]);
    assert.deepEqual(
      intent.shares.map(({ node, per }) => [node, per]),
      [
        ["scorer-1", 75],
        ["scorer-2", 25],
      ],
    );
    assert.deepEqual([intent.closed, intent.strictTls, intent.open], [true, true, []]);
    const open = fromAppMesh({ ...old, egressFilter: "ALLOW_ALL", services: [] });
    assert.equal(open.open.length, 2);
    assert.deepEqual(open.calls, []);
  });

  it("is a service network that takes signed calls where all is in AWS", async () => {
    const vpcLattice = {
      region: "ap-northeast-1",
      accountId: "111122223333",
      vpcId: "vpc",
      securityGroupIds: ["sg"],
    };
    const requested = await requestedBy(() => new components.ServiceMesh("aws", { vpcLattice }));
    assert.equal(only(requested, "aws:vpclattice/serviceNetwork:ServiceNetwork").inputs.authType, "AWS_IAM");
  });
});
