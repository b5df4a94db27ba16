import assert from "node:assert/strict";
import { crdDirectory, objectCheck, readDefinitions } from "../../support/crds";
import { only, type Requested, requestedBy } from "../../support/mocks";
import { programs } from "./programs";

const directory = crdDirectory();
/** Of the two releases of the network operator that are published, the one that the components install. */
const folders = [
  ...["metal3-bmo", "network-operator", "sriov-network-operator", "multus-nad", "nv-ipam"],
  ...["gpu-operator", "nvidia-dra-driver", "kueue", "jobset", "nfd"],
];

/** Objects of custom kinds; a patch is only part of one, and its required properties are in the cluster already. */
function customObjects(requested: readonly Requested[]): { [property: string]: unknown }[] {
  return requested
    .filter(({ type, inputs }) => type.startsWith("kubernetes:") && inputs.spec !== undefined)
    .map(({ inputs }) => inputs)
    .filter(({ apiVersion }) => String(apiVersion).includes("."));
}

(directory ? describe : describe.skip)(
  directory
    ? "custom objects by their published schemas"
    : "custom objects by their published schemas (no CRDs)",
  function () {
    this.timeout(60_000);
    const check = directory ? objectCheck(readDefinitions(directory, folders)) : () => undefined;

    for (const [title, program] of Object.entries(programs)) {
      it(`of ${title} are valid`, async () => {
        const objects = customObjects(await requestedBy(program));
        assert.ok(objects.length > 0);
        for (const object of objects) {
          const name = `${String(object.kind)} ${JSON.stringify(object.metadata)}`;
          assert.deepEqual(check(object), [], name);
        }
      });
    }

    it("hold what the chart of the GPU operator writes into its ClusterPolicy", async () => {
      const requested = await requestedBy(programs.RoceFabric ?? (() => undefined));
      const release = only(requested, "kubernetes:helm.sh/v3:Release", "roce-gpu-operator");
      const { driver, gdrcopy, mig } = release.inputs.values as { [key: string]: unknown };
      const empty = Object.fromEntries(
        [
          ...["daemonsets", "dcgm", "dcgmExporter", "devicePlugin"],
          ...["gfd", "nodeStatusExporter", "operator", "toolkit"],
        ].map((key) => [key, {}]),
      );
      const found = check({
        apiVersion: "nvidia.com/v1",
        kind: "ClusterPolicy",
        metadata: { name: "cluster-policy" },
        spec: { ...empty, driver, gdrcopy, mig },
      });
      assert.deepEqual(
        found?.filter((problem) => !problem.includes("defaultRuntime")),
        [],
      );
    });

    it("notice what NVIDIA's own InfiniBand example forgets: the node selector", () => {
      const found = check({
        apiVersion: "sriovnetwork.openshift.io/v1",
        kind: "SriovNetworkNodePolicy",
        metadata: { name: "infiniband-sriov", namespace: "nvidia-network-operator" },
        spec: {
          deviceType: "netdevice",
          nicSelector: { vendor: "15b3" },
          linkType: "ib",
          isRdma: true,
          numVfs: 8,
          priority: 90,
          resourceName: "mlnxnics",
        },
      });
      assert.deepEqual(found, ["/spec: must have required property 'nodeSelector'"]);
    });

    it("do not notice a comma too many inside a string, which is why a rule reads such strings", () => {
      const found = check({
        apiVersion: "sriovnetwork.openshift.io/v1",
        kind: "SriovIBNetwork",
        metadata: { name: "ib", namespace: "nvidia-network-operator" },
        spec: { ipam: '{"type":"nv-ipam","poolName":"pool1",}', resourceName: "mlnxnics" },
      });
      assert.deepEqual(found, []);
    });

    it("notice a property that does not exist and a value that is none", () => {
      const found = check({
        apiVersion: "metal3.io/v1alpha1",
        kind: "BareMetalHost",
        metadata: { name: "h" },
        spec: { online: true, bootMode: "BIOS", bootMacAddress: "02:00:00:00:00:01" },
      });
      assert.equal(found?.length, 2);
    });
  },
);
