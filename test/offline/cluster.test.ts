import assert from "node:assert/strict";
import { controlPlaneModule } from "../cluster/build";
import { BUILD_SECONDS, ending, JUDGE_SECONDS, left } from "../cluster/outcome";
import { kubernetesObjects, namespacesOf } from "../cluster/planned-objects";

describe("the cluster that judges plans", () => {
  it("is built from a module that replaces what Kubernetes replaces by folders", () => {
    const published =
      "module k8s.io/kubernetes\n\ngo 1.26.0\n\nreplace (\n\tk8s.io/api => ./staging/src/k8s.io/api\n\tother => v1\n)\n";
    assert.match(
      controlPlaneModule("1.36.2", published)["go.mod"] ?? "",
      /\tk8s\.io\/api => k8s\.io\/api v0\.36\.2\n\)/,
    );
    assert.doesNotMatch(controlPlaneModule("1.36.2", published)["go.mod"] ?? "", /other/);
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

  it("counts as one more test of continuous integration, and its absence is told", () => {
    const totals = "1200 passed, 0 failed, 2 skipped (no CRDs)";
    assert.deepEqual(ending("1200 passed, 0 failed", { kind: "accepted" }), ["1201 passed, 0 failed"]);
    assert.deepEqual(ending(totals, { kind: "accepted" }), ["1201 passed, 0 failed, 2 skipped (no CRDs)"]);
    const refused = ending(totals, { kind: "refused" });
    assert.match(refused[0] ?? "", /^npm run test:cluster failed/);
    assert.equal(refused.at(-1), "1200 passed, 1 failed, 2 skipped (no CRDs)");
    const absent = ending(totals, { kind: "notRun", reason: "There is no Go." });
    assert.match(absent[0] ?? "", /^NOT RUN: npm run test:cluster.* There is no Go\.$/);
    assert.match(absent[1] ?? "", /npm run test:cluster \(/);
    assert.equal(absent.at(-1), "1200 passed, 0 failed, 3 skipped (no CRDs, no API server)");
    assert.equal(
      ending("7 passed, 0 failed", { kind: "notRun", reason: "" }).at(-1),
      "7 passed, 0 failed, 1 skipped (no API server)",
    );
  });

  it("is waited for no longer than twenty minutes allow", () => {
    assert.ok(BUILD_SECONDS < JUDGE_SECONDS && JUDGE_SECONDS < 20 * 60);
    assert.equal(left(60, 0, 10_000), 50_000);
    assert.equal(left(60, 0, 70_000), 0);
  });
});
