import type * as components from "../../../components";

/** Arguments of the site components as the tests use them. */

export const claims = {
  dataset: "claims",
  classification: "restricted",
  kinds: [],
  residency: ["japan-only"],
};

const eightPorts = Array.from({ length: 8 }, (_, index) => `ibp${index}s0`);

export const hosts: components.FabricHosts = {
  nodeSelector: { "hybrid-ai/pool": "tokyo" },
  hosts: 4,
  gpuModel: "H100",
  gpusPerHost: 8,
};

export const server: components.BareMetalPoolHost = {
  name: "gpu-1",
  bmcAddress: "redfish+https://192.0.2.11/redfish/v1/Systems/1",
  bootMacAddress: "02:00:00:00:00:01",
  rootDevice: { serialNumber: "S1" },
  rack: "r1",
};

export const metal3: components.BareMetalPoolMetal3 = {
  hosts: [
    server,
    {
      ...server,
      name: "gpu-2",
      bmcAddress: "redfish-virtualmedia+https://192.0.2.12/redfish/v1/Systems/1",
      bootMacAddress: "02:00:00:00:00:02",
      bootMode: "UEFISecureBoot",
      rootDevice: { deviceName: "/dev/nvme0n1", minSizeGigabytes: 800 },
    },
  ],
  image: { url: "https://images.example.com/ubuntu-24.04.qcow2", checksum: "a".repeat(64) },
  bmcUsername: "operator",
  bmcPassword: "canary-bmc-password",
  userData: "#cloud-config\n",
  networkData: "links: []\n",
  firmware: { SriovGlobalEnable: "Enabled" },
};

export const pool: components.BareMetalPoolArgs = {
  site: "ty-cage",
  country: "JP",
  gpuModel: "H100",
  gpusPerHost: 8,
  fabricKind: "infiniband",
  metal3,
  labels: claims,
};

export const existing: components.BareMetalPoolArgs = {
  ...pool,
  fabricKind: "roce",
  metal3: undefined,
  existing: { nodeSelector: { "hybrid-ai/pool": "osaka" }, hosts: 2, nodes: ["os-1", "os-2"] },
};

export const equinixMetal: components.BareMetalPoolArgs = {
  ...pool,
  fabricKind: "ethernet",
  metal3: undefined,
  equinixMetal: {
    acknowledgeRetired: true,
    hosts: 2,
    metro: "TY",
    plan: "g2.large.x86",
    operatingSystem: "ubuntu_20_04",
    userData: "#cloud-config\n",
    vlans: [1000, 1001],
  },
};

export const infiniBand: components.InfiniBandFabricArgs = {
  hosts,
  rails: { pfNames: eightPorts, gbps: 400, cidr: "10.50.0.0/16" },
  tenants: [{ name: "search", pkey: "0x6" }, { name: "speech" }],
  subnetManager: {
    ufm: {
      address: "ufm.example.com",
      username: "operator",
      password: "canary-ufm-password",
      guidPoolStart: "02:00:00:00:00:00:00:00",
      guidPoolEnd: "02:00:00:00:00:00:ff:ff",
    },
  },
  storage: { port: "ibp9s0", cidr: "10.60.0.0/16" },
  labels: claims,
};

export const openSm: components.InfiniBandFabricArgs = {
  ...infiniBand,
  subnetManager: { openSm: { host: "sm-1" } },
  storage: undefined,
};

export const roce: components.RoceFabricArgs = {
  hosts: { ...hosts, nodeSelector: { "hybrid-ai/pool": "osaka" } },
  rails: {
    pfNames: eightPorts.map((port) => port.replace("ib", "en")),
    gbps: 400,
    vfsPerRail: 2,
    cidr: "10.51.0.0/16",
  },
  tenants: [
    { name: "search", vlan: 101 },
    { name: "speech", vlan: 102 },
  ],
  labels: claims,
};

/** One rack of GB200 NVL72: 18 trays of 4 GPUs in one NVLink domain. */
export const rack: components.InfiniBandFabricArgs = {
  ...infiniBand,
  hosts: { ...hosts, gpuModel: "GB200", gpusPerHost: 4, hosts: 18 },
  rails: { pfNames: eightPorts.slice(0, 4), gbps: 400, cidr: "10.50.0.0/16" },
};

export const scheduling: components.SchedulingArgs = {
  hosts,
  tenants: [
    { name: "search", namespace: "search", gpus: 24 },
    { name: "speech", namespace: "speech", gpus: 8 },
  ],
  rdmaResources: ["nvidia.com/rail0", "nvidia.com/rail1"],
  networks: { search: "search/search-rail0,search/search-rail1" },
  ncclEnvironment: { NCCL_IB_HCA: "mlx5" },
  expectedBusBandwidthGBps: 320,
  proofSshKey: "canary-ssh-key",
  labels: claims,
};

export const join: components.HybridJoinArgs = {
  region: "ap-northeast-1",
  accountId: "111122223333",
  eks: {
    subnetIds: ["subnet-a", "subnet-b"],
    vpcId: "vpc-a",
    vpcCidr: "10.16.0.0/16",
    remoteNodeCidrs: ["10.1.0.0/20"],
    remotePodCidrs: ["10.1.64.0/18"],
    serviceCidr: "172.20.0.0/16",
    kubernetesVersion: "1.35",
    rolesAnywhere: { certificateBundle: "-----BEGIN CERTIFICATE-----" },
  },
  labels: claims,
};
