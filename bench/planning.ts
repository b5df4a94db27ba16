import { efaLayout, instanceType } from "@hybrid-ai-fabric/locality";
import { expectedFabric } from "../components/training/expected-fabric";
import { planStore } from "../components/training/store-plan";
import { shardDirectories } from "../components/transfer/shards";
import { planTransfer, whatWouldMeet } from "../components/transfer/transfer-plan";
import { median } from "./surroundings";

const NODES = 10_000;

/** Times the planning functions of training and transfer, each for 10,000 nodes. */
export function benchPlanning(runs = 7): void {
  for (const [title, work] of Object.entries(cases())) {
    work();
    const milliseconds = Array.from({ length: runs }, () => {
      const started = process.hrtime.bigint();
      work();
      return Number(process.hrtime.bigint() - started) / 1e6;
    });
    const range = `${Math.min(...milliseconds).toFixed(1)} to ${Math.max(...milliseconds).toFixed(1)}`;
    console.log(`${title}: median ${median(milliseconds).toFixed(1)} ms of ${runs} runs (${range})`);
  }
}

function cases(): { [title: string]: () => unknown } {
  const type = instanceType("p5en.48xlarge");
  if (!type) throw new Error("p5en.48xlarge is in no table");
  const directories = Array.from({ length: NODES }, (_, index) => ({
    path: `/${index}`,
    sizeTiB: 1 + (index % 7),
  }));
  const sizeTiB = directories.reduce((sum, directory) => sum + directory.sizeTiB, 0);
  const shards = shardDirectories(directories, sizeTiB, 100);
  return {
    "interfaces of every node": () => Array.from({ length: NODES }, () => efaLayout(type)),
    "expected fabric of clusters of 1 to 10,000 nodes": () =>
      Array.from({ length: NODES }, (_, index) => expectedFabric(type.id, index + 1)),
    "store for clusters of 1 to 10,000 nodes": () =>
      Array.from({ length: NODES }, (_, index) =>
        planStore({
          hotTiB: 500,
          gpus: type.gpus * (index + 1),
          readGBpsPerGpu: 0.5,
          instanceType: type.id,
          nodes: index + 1,
          efa: true,
        }),
      ),
    "10,000 directories onto 100 tasks": () => shardDirectories(directories, sizeTiB, 100),
    "10,000 transfers of 100 tasks, with what would meet their window": () =>
      Array.from({ length: NODES }, (_, index) => {
        const task = { sizeTiB, linkMbps: 100_000 + index, agents: 100, shards };
        return [planTransfer(task), whatWouldMeet(task, 24)];
      }),
  };
}
