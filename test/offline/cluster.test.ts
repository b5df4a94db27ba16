import assert from "node:assert/strict";
import { apiServerModule } from "../cluster/api-server";
import { kubernetesObjects, namespacesOf } from "../cluster/planned-objects";

describe("the cluster that judges plans", () => {
  it("is built from a module that replaces what Kubernetes replaces by folders", () => {
    const published =
      "module k8s.io/kubernetes\n\ngo 1.26.0\n\nreplace (\n\tk8s.io/api => ./staging/src/k8s.io/api\n\tother => v1\n)\n";
    assert.match(
      apiServerModule("1.36.2", published)["go.mod"] ?? "",
      /\tk8s\.io\/api => k8s\.io\/api v0\.36\.2\n\)/,
    );
    assert.doesNotMatch(apiServerModule("1.36.2", published)["go.mod"] ?? "", /other/);
  });

  it("gets the objects of a plan: without releases, secrets and what is not known", () => {
    const metadata = { name: "s", namespace: "n" };
    const prepared = kubernetesObjects([
      { urn: "a", type: "aws:s3/bucket:Bucket", inputs: {} },
      { urn: "b", type: "kubernetes:helm.sh/v3:Release", inputs: { chart: "c" } },
      { urn: "c", type: "pulumi:providers:kubernetes", inputs: { kubeconfig: { $secret: true } } },
      {
        urn: "d",
        type: "kubernetes:core/v1:Secret",
        inputs: { metadata, stringData: { $secret: true }, type: { $unknown: true } },
      },
      { urn: "e", type: "kubernetes:metal3.io/v1alpha1:HostFirmwareSettingsPatch", inputs: { spec: [{}] } },
    ]);
    assert.deepEqual(prepared, [
      {
        urn: "d",
        object: { apiVersion: "v1", kind: "Secret", metadata, stringData: {} },
        unknown: ["type"],
      },
      {
        urn: "e",
        object: {
          apiVersion: "metal3.io/v1alpha1",
          kind: "HostFirmwareSettings",
          metadata: {},
          spec: [{}],
        },
        unknown: [],
      },
    ]);
    assert.deepEqual(namespacesOf(prepared), ["n"]);
  });
});
