import { type ResourceSpec, ref, type Spec } from "../../../support/plan";

/** Kubernetes objects of the fixtures: each as it should be, to be changed in one place. */

type Fields = { [field: string]: Spec };

export function object(
  apiVersion: string,
  kind: string,
  name: string,
  spec: Spec,
  metadata: Fields = {},
): ResourceSpec {
  const type = `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`;
  return { type, name, properties: { apiVersion, kind, metadata: { name, ...metadata }, spec } };
}

export const release = (chart: string, values: Spec): ResourceSpec => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: chart,
  properties: { chart, values },
});

export const gpuOperator = (values: Fields = {}): ResourceSpec =>
  release("gpu-operator", { nfd: { enabled: false }, gdrcopy: { enabled: true }, ...values });

export const networkOperator = (values: Fields = {}): ResourceSpec => release("network-operator", values);

export const railPolicy = (name: string, spec: Fields = {}): ResourceSpec =>
  object("sriovnetwork.openshift.io/v1", "SriovNetworkNodePolicy", name, {
    nodeSelector: { "feature.node.kubernetes.io/pci-15b3.present": "true" },
    nicSelector: { vendor: "15b3", pfNames: [`ib-${name}`] },
    numVfs: 4,
    resourceName: name,
    linkType: "ib",
    deviceType: "netdevice",
    isRdma: true,
    ...spec,
  });

/** An attachment to InfiniBand; its configuration is written by hand where it is a string. */
export const attachment = (
  namespace: string,
  name: string,
  config: Fields | Spec,
  resource: Spec = "nvidia.com/rail0",
): ResourceSpec =>
  object(
    "k8s.cni.cncf.io/v1",
    "NetworkAttachmentDefinition",
    `${namespace}-${name}`,
    { config: isFields(config) ? JSON.stringify({ type: "ib-sriov", ...config }) : config },
    { name, namespace, annotations: { "k8s.v1.cni.cncf.io/resourceName": resource } },
  );

function isFields(value: Spec): value is Fields {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export const adapterPolicy = (spec: Fields = {}, metadata: Fields = {}): ResourceSpec =>
  object("mellanox.com/v1alpha1", "NicClusterPolicy", "nic-cluster-policy", spec, metadata);

export const ibKubernetes = (fields: Fields = {}): Fields => ({
  image: "ib-kubernetes",
  pKeyGUIDPoolRangeStart: "02:00:00:00:00:00:00:00",
  pKeyGUIDPoolRangeEnd: "02:00:00:00:00:00:ff:ff",
  ufmSecret: "ufm-secret",
  ...fields,
});

export const ufmSecret: ResourceSpec = {
  type: "kubernetes:core/v1:Secret",
  name: "ufm-secret",
  properties: { metadata: { name: "ufm-secret", namespace: "nvidia-network-operator" } },
};

/** The policy reads something of the secret, so that it is created after it. */
export const afterSecret = { annotations: { "example.com/secret": ref("ufm-secret") } };

export interface PodShape {
  kind?: ResourceSpec["type"];
  namespace?: string;
  limits?: Spec;
  annotations?: Spec;
  labels?: Fields;
  env?: Fields;
  container?: Fields;
  spec?: Fields;
  workers?: number;
}

/** A job of one container that has all that GPUs and ports need. */
export const job = (name: string, shape: PodShape = {}): ResourceSpec => {
  const env = Object.entries(shape.env ?? {}).map(([variable, value]) => ({ name: variable, value }));
  return object(
    "batch/v1",
    "Job",
    name,
    {
      parallelism: shape.workers ?? 1,
      template: {
        metadata: { annotations: shape.annotations ?? {} },
        spec: {
          tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }],
          volumes: [{ name: "shm", emptyDir: { medium: "Memory" } }],
          containers: [
            {
              name: "main",
              env,
              resources: { limits: shape.limits ?? {} },
              securityContext: { capabilities: { add: ["IPC_LOCK"] } },
              volumeMounts: [{ name: "shm", mountPath: "/dev/shm" }],
              ...shape.container,
            },
          ],
          ...shape.spec,
        },
      },
    },
    { namespace: shape.namespace ?? "search", ...(shape.labels ? { labels: shape.labels } : {}) },
  );
};

export const networks = (names: Spec): Fields => ({ "k8s.v1.cni.cncf.io/networks": names });

export const host = (name: string, spec: Fields = {}, metadata: Fields = {}): ResourceSpec =>
  object(
    "metal3.io/v1alpha1",
    "BareMetalHost",
    name,
    {
      online: true,
      bmc: { address: `redfish+https://${name}.example.com/redfish/v1/Systems/1`, credentialsName: "bmc" },
      bootMACAddress: `02:00:00:00:00:0${name.length}`,
      image: {
        url: "https://images.example.com/ubuntu.qcow2",
        checksum: "a".repeat(64),
        checksumType: "sha256",
      },
      ...spec,
    },
    metadata,
  );
