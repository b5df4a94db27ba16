import { BINARY, type NcclTests, ncclEnvironment, SIZES } from "./nccl-tests";

/**
 * Image with PyTorch, NCCL, the EFA libraries and the plugin of NCCL that AWS publishes (aws/deep-learning-containers,
 * 2026): ECS starts no MPI, torchrun needs none.
 */
export const TORCH_IMAGE = "public.ecr.aws/deep-learning-containers/pytorch:2.11-cu130-amzn2023-sagemaker";

/** Port of the rendezvous; the security group of the nodes lets them reach each other on all. */
const RENDEZVOUS = 29500;

/**
 * An all-reduce over every GPU of every node, timed as nccl-tests times it: bus bandwidth is bytes / seconds x 2(n-1)/n.
 * Sizes double up to 16 GiB; the last line is what the floor is compared with.
 */
const ALL_REDUCE = `import os, time, torch, torch.distributed as d
torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
d.init_process_group("nccl")
n = d.get_world_size()
for power in range(20, 35):
    x = torch.ones(2 ** power // 4, dtype=torch.float32, device="cuda")
    for _ in range(3):
        d.all_reduce(x)
    x.fill_(1.0)
    d.all_reduce(x)
    wrong = int((x != n).sum())
    torch.cuda.synchronize()
    start = time.time()
    for _ in range(10):
        d.all_reduce(x)
    torch.cuda.synchronize()
    seconds = (time.time() - start) / 10
    if d.get_rank() == 0:
        print(f"{2 ** power} bytes {2 ** power / seconds * 2 * (n - 1) / n / 1e9:.1f} GB/s bus, {wrong} wrong values", flush=True)
d.destroy_process_group()
`;

/**
 * For ECS: a container that takes all GPUs and all EFA devices of its instance. Over several nodes one task runs on each,
 * all with the same command: the address of any node is given at start (`HEAD`), and the task that finds it to be its own
 * is where the others meet. One node is proved by nccl-tests itself.
 */
export function ecsContainer(tests: NcclTests, modelCache: string): { [property: string]: unknown } {
  const { type, efaPerNode, image } = tests;
  const memoryMiB = Math.floor((type.memoryGiB ?? 64) * 1024 * 0.8);
  const environment = { ...ncclEnvironment(type), ...(tests.nodes > 1 ? { ALL_REDUCE } : {}) };
  return {
    name: "nccl-tests",
    image,
    essential: true,
    memory: memoryMiB,
    command: tests.nodes > 1 ? overNodes(tests) : [BINARY, ...SIZES, "-g", String(type.gpus)],
    environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
    resourceRequirements: [{ type: "GPU", value: String(type.gpus) }],
    linuxParameters: {
      sharedMemorySize: Math.floor(memoryMiB / 4),
      devices: Array.from({ length: efaPerNode }, (_, index) => ({
        hostPath: `/dev/infiniband/uverbs${index}`,
        containerPath: `/dev/infiniband/uverbs${index}`,
        permissions: ["read", "write", "mknod"],
      })),
    },
    // RDMA pins memory.
    ulimits: [{ name: "memlock", softLimit: -1, hardLimit: -1 }],
    mountPoints: [{ sourceVolume: modelCache, containerPath: "/cache" }],
  };
}

function overNodes({ type, nodes }: NcclTests): string[] {
  const torchrun = [
    "torchrun",
    `--nnodes=${nodes}`,
    `--nproc-per-node=${type.gpus}`,
    "--rdzv-backend=c10d",
    "--rdzv-id=nccl",
    `--rdzv-endpoint="$HEAD:${RENDEZVOUS}"`,
    "/tmp/all_reduce.py",
  ];
  const needsHead =
    '[ -n "$HEAD" ] || { echo "HEAD: the address of one of the nodes is not given"; exit 2; }';
  return [
    "sh",
    "-c",
    `${needsHead}; printf '%s' "$ALL_REDUCE" > /tmp/all_reduce.py; exec ${torchrun.join(" ")}`,
  ];
}
