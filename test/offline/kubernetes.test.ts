import assert from "node:assert/strict";
import { sdksOf } from "../../offline/sdks";
import { problemsOf, readShape, type Shape } from "../../offline/standin/shape";

const sdks = sdksOf(__dirname);

function shapeOf(type: string): Shape | undefined {
  const directory = sdks.find((sdk) => sdk.package === type.split(":", 1)[0])?.directory;
  assert.ok(directory);
  return readShape(directory, type);
}

function problems(type: string, inputs: { [property: string]: unknown }): string[] {
  const shape = shapeOf(type);
  assert.ok(shape, type);
  return problemsOf(shape, inputs).map(({ property }) => property);
}

describe("the stand-in of Kubernetes", () => {
  it("knows the types of Kubernetes itself by their properties", () => {
    const inputs = { apiVersion: "v1", kind: "Secret", metadata: {}, stringData: {} };
    assert.deepEqual(problems("kubernetes:core/v1:Secret", inputs), []);
    assert.deepEqual(problems("kubernetes:core/v1:Secret", { ...inputs, stringDate: {} }), ["stringDate"]);
    assert.deepEqual(problems("kubernetes:core/v1:Secret", { ...inputs, kind: "ConfigMap" }), ["kind"]);
    assert.deepEqual(shapeOf("kubernetes:apps/v1:Deployment")?.computed, ["status"]);
    assert.ok(shapeOf("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"));
    assert.ok(shapeOf("kubernetes:core/v1:ConfigMapPatch"));
  });

  it("refuses a kind that a group of Kubernetes does not have", () => {
    assert.equal(shapeOf("kubernetes:core/v1:Secrte"), undefined);
    assert.equal(shapeOf("kubernetes:apps/v9:Deployment"), undefined);
  });

  it("lets a custom object hold anything, but it must say what it is", () => {
    const type = "kubernetes:resource.nvidia.com/v1beta1:ComputeDomain";
    const identity = { apiVersion: "resource.nvidia.com/v1beta1", kind: "ComputeDomain" };
    assert.deepEqual(problems(type, { ...identity, spec: {}, whatever: 1 }), []);
    assert.deepEqual(problems(type, { ...identity, kind: "Domain" }), ["kind"]);
    assert.deepEqual(problems(`${type}Patch`, identity), []);
    assert.deepEqual(problems("kubernetes:jobset.x-k8s.io/v1alpha2:JobSet", {}), ["apiVersion", "kind"]);
  });

  it("knows a Helm release", () => {
    assert.deepEqual(problems("kubernetes:helm.sh/v3:Release", { chart: "c", values: {} }), []);
    assert.deepEqual(problems("kubernetes:helm.sh/v3:Release", { valeus: {} }), ["valeus", "chart"]);
  });
});

describe("the stand-in of Equinix Metal", () => {
  it("reads an SDK of the older generation as well", () => {
    const shape = shapeOf("equinix-metal:index/vlan:Vlan");
    assert.deepEqual([...(shape?.inputs ?? [])].sort(), [
      "description",
      "facility",
      "metro",
      "projectId",
      "vxlan",
    ]);
    assert.deepEqual(shape?.required, ["projectId"]);
    assert.ok(shapeOf("equinix-metal:index/device:Device")?.computed.includes("networks"));
  });
});
