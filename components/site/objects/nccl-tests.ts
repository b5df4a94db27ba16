import { versions } from "../versions";
import type { CustomObject } from "./custom-object";

/** A proof of bandwidth that a user starts: nccl-tests over all hosts of a pool. */
export interface NcclTestsRequest {
  name: string;
  namespace: string;
  queue: string;
  hosts: number;
  gpusPerHost: number;
  nodeSelector: { [label: string]: string };
  /** Kubernetes resources of the fabric that each pod takes one of, such as nvidia.com/rail0. */
  rdmaResources: string[];
  /** Attachments in the syntax of multus; empty without any. */
  networks: string;
  topologyLabel: string;
  environment: { [variable: string]: string };
  /** Secret with the key `id`, by which the launcher reaches the workers. */
  sshSecret: string;
  /** ComputeDomain whose channel the pods claim. */
  computeDomain?: string;
  annotations: { [annotation: string]: string };
}

export interface JobSetSpec {
  suspend: boolean;
  network: { enableDNSHostnames: boolean; subdomain: string; publishNotReadyAddresses: boolean };
  successPolicy: { operator: string; targetReplicatedJobs: string[] };
  replicatedJobs: { name: string; replicas: number; template: { spec: JobSpec } }[];
}

interface JobSpec {
  parallelism: number;
  completions: number;
  completionMode: string;
  backoffLimit: number;
  template: { metadata: { annotations: { [annotation: string]: string } }; spec: PodSpec };
}

interface PodSpec {
  restartPolicy: string;
  nodeSelector?: { [label: string]: string };
  tolerations: { key: string; operator: string; effect: string }[];
  affinity?: object;
  resourceClaims?: { name: string; resourceClaimTemplateName: string }[];
  containers: Container[];
  volumes: object[];
}

interface Container {
  name: string;
  image: string;
  command: string[];
  env: { name: string; value: string }[];
  securityContext: { capabilities: { add: string[] } };
  resources: { limits: { [resource: string]: number | string }; claims?: { name: string }[] };
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}

const SSH_PORT = 2222;
const CHANNEL = "imex-channel";

/** One worker per host, and a launcher without a GPU that ends when the figures are printed. */
export function ncclTests(request: NcclTestsRequest): CustomObject<JobSetSpec> {
  const job = (template: JobSpec["template"], pods: number): JobSpec => ({
    parallelism: pods,
    completions: pods,
    completionMode: "Indexed",
    backoffLimit: 0,
    template,
  });
  return {
    apiVersion: "jobset.x-k8s.io/v1alpha2",
    kind: "JobSet",
    metadata: {
      name: request.name,
      namespace: request.namespace,
      labels: { "kueue.x-k8s.io/queue-name": request.queue },
      annotations: request.annotations,
    },
    spec: {
      suspend: true,
      network: { enableDNSHostnames: true, subdomain: request.name, publishNotReadyAddresses: true },
      successPolicy: { operator: "All", targetReplicatedJobs: ["launcher"] },
      replicatedJobs: [
        { name: "workers", replicas: 1, template: { spec: job(worker(request), request.hosts) } },
        { name: "launcher", replicas: 1, template: { spec: job(launcher(request), 1) } },
      ],
    },
  };
}

function worker(request: NcclTestsRequest): JobSpec["template"] {
  const each = Object.fromEntries(request.rdmaResources.map((resource) => [resource, 1]));
  const domain = request.computeDomain;
  return {
    metadata: {
      annotations: {
        ...request.annotations,
        ...(request.networks === "" ? {} : { "k8s.v1.cni.cncf.io/networks": request.networks }),
        "kueue.x-k8s.io/podset-preferred-topology": request.topologyLabel,
      },
    },
    spec: {
      ...pod(request),
      nodeSelector: request.nodeSelector,
      ...(domain === undefined
        ? {}
        : {
            affinity: sameClique(request.name),
            resourceClaims: [{ name: CHANNEL, resourceClaimTemplateName: `${domain}-channel` }],
          }),
      containers: [
        {
          ...container(request, `exec /usr/sbin/sshd -D -p ${SSH_PORT}`),
          resources: {
            limits: { "nvidia.com/gpu": request.gpusPerHost, ...each },
            ...(domain === undefined ? {} : { claims: [{ name: CHANNEL }] }),
          },
        },
      ],
    },
  };
}

function launcher(request: NcclTestsRequest): JobSpec["template"] {
  const { name, hosts, gpusPerHost } = request;
  const workers = Array.from({ length: hosts }, (_, index) => `${name}-workers-0-${index}.${name}`);
  const variables = Object.keys(request.environment).map((variable) => `-x ${variable}`);
  const run = [
    `mpirun --allow-run-as-root -np ${hosts * gpusPerHost}`,
    `-H ${workers.map((host) => `${host}:${gpusPerHost}`).join(",")}`,
    ...variables,
    "all_reduce_perf_mpi -b 1M -e 16G -f 2 -g 1",
  ].join(" ");
  const wait = workers.map((host) => `until ssh ${host} true; do sleep 5; done`).join("; ");
  return {
    metadata: { annotations: request.annotations },
    spec: { ...pod(request), containers: [container(request, `${wait}; ${run}`)] },
  };
}

function pod({ sshSecret }: NcclTestsRequest): Omit<PodSpec, "containers"> {
  return {
    restartPolicy: "Never",
    tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
    volumes: [
      { name: "shm", emptyDir: { medium: "Memory" } },
      { name: "ssh", secret: { secretName: sshSecret, defaultMode: 0o400 } },
    ],
  };
}

function container(request: NcclTestsRequest, command: string): Container {
  const keys = [
    "mkdir -p /root/.ssh /run/sshd",
    "cp /ssh/id /root/.ssh/id_ed25519 && chmod 600 /root/.ssh/id_ed25519",
    "ssh-keygen -y -f /root/.ssh/id_ed25519 > /root/.ssh/authorized_keys",
    `printf 'Host *\\n Port ${SSH_PORT}\\n StrictHostKeyChecking accept-new\\n' > /root/.ssh/config`,
  ];
  return {
    name: "nccl-tests",
    image: versions.ncclTests,
    command: ["/bin/sh", "-ec", [...keys, command].join("; ")],
    env: Object.entries(request.environment).map(([name, value]) => ({ name, value })),
    // Memory is registered with the adapter, which the kernel refuses above the limit of locked memory.
    securityContext: { capabilities: { add: ["IPC_LOCK"] } },
    // Nothing else is asked for: queues count GPUs and ports only.
    resources: { limits: {} },
    volumeMounts: [
      { name: "shm", mountPath: "/dev/shm" },
      { name: "ssh", mountPath: "/ssh", readOnly: true },
    ],
  };
}

/** Only GPUs of one clique share memory over NVLink. */
function sameClique(name: string): object {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          labelSelector: { matchLabels: { "jobset.sigs.k8s.io/jobset-name": name } },
          topologyKey: "nvidia.com/gpu.clique",
        },
      ],
    },
  };
}
