import type { InstanceType } from "@hybrid-ai-fabric/locality";

/** A run of nccl-tests' all_reduce over every GPU of a cluster: the proof that the fabric runs at its rate. */
export interface NcclTests {
  type: InstanceType;
  nodes: number;
  efaPerNode: number;
  /** Image with nccl-tests, the EFA libraries and the plugin of NCCL. */
  image: string;
}

/** Image that AWS publishes with nccl-tests; mirror it where nodes reach no public registry. */
export const NCCL_TESTS_IMAGE = "public.ecr.aws/hpc-cloud/nccl-tests:latest";

/** DeviceClass that the EFA DRA driver brings. */
const EFA_DEVICE_CLASS = "efa.networking.k8s.aws";

export const BINARY = "/opt/nccl-tests/build/all_reduce_perf";
/** From 8 bytes to 16 GiB, doubling: published figures are those of the largest sizes. */
export const SIZES = ["-b", "8", "-e", "16G", "-f", "2", "-c", "1"];
/** One process for each GPU. */
const BY_RANK = [BINARY, ...SIZES, "-g", "1"];

/**
 * Variables that still matter in 2026: the plugin finds EFA by itself, and NCCL_DEBUG prints the proof ("Selected
 * provider is efa"). What older guides set (FI_PROVIDER, NCCL_PROTO, RDMAV_*) does nothing or harm.
 */
export function ncclEnvironment(type: InstanceType): { [name: string]: string } {
  return {
    NCCL_DEBUG: "INFO",
    NCCL_SOCKET_IFNAME: "^lo,docker",
    ...(/^g[56]\./.test(type.id) ? { NCCL_SHM_USE_CUDA_MEMCPY: "1" } : {}),
  };
}

function mpirun({ type, nodes }: NcclTests): string[] {
  const exported = Object.entries(ncclEnvironment(type)).flatMap(([key, value]) => ["-x", `${key}=${value}`]);
  const ranks = String(type.gpus * nodes);
  const placement = ["-np", ranks, "-N", String(type.gpus), "--bind-to", "none"];
  return ["mpirun", "--allow-run-as-root", ...placement, ...exported, ...BY_RANK];
}

/** Only GPUs of one clique share memory over NVLink. */
const sameClique = {
  podAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        labelSelector: {
          matchLabels: {
            "training.kubeflow.org/job-name": "nccl-tests",
            "training.kubeflow.org/job-role": "worker",
          },
        },
        topologyKey: "nvidia.com/gpu.clique",
      },
    ],
  },
};

/** For EKS: an MPIJob of the Kubeflow MPI operator, and the claim template of the DRA driver, as a JSON list. */
export function mpiJob(tests: NcclTests, devices: "dra" | "device-plugin", nvlinkDomain?: string): string {
  const { type, nodes, image, efaPerNode } = tests;
  const dra = devices === "dra" && efaPerNode > 0;
  const claims = [
    ...(dra ? [{ name: "efa", resourceClaimTemplateName: "nccl-tests-efa" }] : []),
    ...(nvlinkDomain === undefined
      ? []
      : [{ name: "imex-channel", resourceClaimTemplateName: `${nvlinkDomain}-channel` }]),
  ];
  const limits = {
    "nvidia.com/gpu": type.gpus,
    // The accelerated AMIs set these pages aside for EFA.
    "hugepages-2Mi": "5120Mi",
    memory: "32Gi",
    ...(dra || efaPerNode === 0 ? {} : { "vpc.amazonaws.com/efa": efaPerNode }),
  };
  const worker = {
    name: "worker",
    image,
    resources: {
      limits,
      requests: { ...limits, cpu: "8" },
      ...(claims.length > 0 ? { claims: claims.map(({ name }) => ({ name })) } : {}),
    },
    volumeMounts: [{ name: "shm", mountPath: "/dev/shm" }],
  };
  const job = {
    apiVersion: "kubeflow.org/v2beta1",
    kind: "MPIJob",
    metadata: { name: "nccl-tests", namespace: "training" },
    spec: {
      slotsPerWorker: type.gpus,
      runPolicy: { cleanPodPolicy: "Running" },
      mpiReplicaSpecs: {
        Launcher: {
          replicas: 1,
          template: {
            spec: {
              restartPolicy: "OnFailure",
              containers: [{ name: "launcher", image, command: mpirun(tests) }],
            },
          },
        },
        Worker: {
          replicas: nodes,
          template: {
            spec: {
              ...(claims.length > 0 ? { resourceClaims: claims } : {}),
              ...(nvlinkDomain === undefined ? {} : { affinity: sameClique }),
              containers: [worker],
              volumes: [{ name: "shm", emptyDir: { medium: "Memory" } }],
            },
          },
        },
      },
    },
  };
  const claim = {
    apiVersion: "resource.k8s.io/v1",
    kind: "ResourceClaimTemplate",
    metadata: { name: "nccl-tests-efa", namespace: "training" },
    spec: {
      spec: {
        devices: {
          requests: [{ name: "efa", exactly: { deviceClassName: EFA_DEVICE_CLASS, count: efaPerNode } }],
        },
      },
    },
  };
  const items = dra ? [claim, job] : [job];
  return JSON.stringify({ apiVersion: "v1", kind: "List", items }, null, 2);
}

/** For Slurm, as HyperPod runs it. */
export function slurmScript(tests: NcclTests): string {
  const { type, nodes } = tests;
  const exported = Object.entries(ncclEnvironment(type)).map(([key, value]) => `export ${key}=${value}`);
  return [
    "#!/bin/bash",
    "#SBATCH --job-name=nccl-tests",
    `#SBATCH --nodes=${nodes}`,
    `#SBATCH --ntasks-per-node=${type.gpus}`,
    "#SBATCH --exclusive",
    ...exported,
    `srun --mpi=pmix --cpu-bind=none --container-image=${tests.image} ${BY_RANK.join(" ")}`,
    "",
  ].join("\n");
}
