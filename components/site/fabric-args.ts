/** The hosts that a fabric connects. */
export interface FabricHosts {
  /** Labels by which Kubernetes finds them. */
  nodeSelector: { [label: string]: string };
  /** Number of hosts. */
  hosts: number;
  /** Model of the GPUs, such as H100. */
  gpuModel: string;
  /** GPUs in each host. */
  gpusPerHost: number;
  /**
   * Country that they stand in, as ISO 3166-1 alpha-2: registered as the place of what runs there. Default: none is, and
   * labelled data is refused until the settings of the packs name the place of the cluster.
   */
  country?: string;
  /** True where the hosts put no limit on locked memory: their pods need no IPC_LOCK. Default: false. */
  memlockUnlimited?: boolean;
}

/** The ports that carry GPU traffic: the same names in every host. */
export interface FabricRails {
  /** Physical functions, one per rail and in the order of the rails. */
  pfNames: string[];
  /** Gbps of one rail. */
  gbps: number;
  /** Virtual functions per rail and host. Default: 1, one pod per host. */
  vfsPerRail?: number;
  /** Prefix that all rails take their addresses from. */
  cidr: string;
}

/** Somebody whose pods may talk to each other and to nobody else. */
export interface FabricTenant {
  /** Name of the tenant. */
  name: string;
  /** Default: the name of the tenant. */
  namespace?: string;
  /** InfiniBand: partition key, 0x1 to 0x7ffe. Default: derived from the name. */
  pkey?: string;
  /** RoCE: VLAN, 1 to 4094. */
  vlan?: number;
  /** InfiniBand with OpenSM: GUIDs of the ports that are its members. Default: none are known. */
  portGuids?: string[];
}

/** Storage over its own port, shared by all tenants. */
export interface FabricStorage {
  /** Port, such as ibp41s0f0. */
  port: string;
  /** Prefix of the storage network. */
  cidr: string;
}

/** Operators that may stand in the cluster already. */
export interface FabricOperators {
  /** Default: true. False when somebody else installs the network operator. */
  network?: boolean;
  /** Default: true. False when somebody else installs the GPU operator. */
  gpu?: boolean;
  /** none, single or mixed: how GPUs are divided. Default: none. */
  migStrategy?: string;
}

/** What pods need to use a fabric; the same for InfiniBand and RoCE. */
export interface FabricAttachments {
  /** Resources that a pod takes one of each, such as nvidia.com/rail0. */
  rdmaResources: string[];
  /** Per tenant: value of the annotation k8s.v1.cni.cncf.io/networks. */
  networks: { [tenant: string]: string };
  /** Per tenant: its namespace. */
  namespaces: { [tenant: string]: string };
  /** Variables of NCCL. */
  ncclEnvironment: { [variable: string]: string };
  /** GB/s that nccl-tests must at least show over all hosts. */
  expectedBusBandwidthGBps: number;
}
