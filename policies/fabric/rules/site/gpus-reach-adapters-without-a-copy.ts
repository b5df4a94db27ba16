import { type Finding, isUnknown, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { type GpuPolicy, gpuPolicies, hasSection } from "./gpu-policies";
import { fieldOf } from "./manifests";

export const withoutCopy: Rule = {
  id: "gpus-reach-adapters-without-a-copy",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Adapters read GPU memory directly: by DMA-BUF, which needs the open kernel modules, or by the peer memory module, which needs the network driver.",
  remediation:
    "Leave driver.kernelModuleType at auto or open; with driver.rdma.enabled also deploy ofedDriver or set useHostMofed. Enable gdrcopy.",
  evaluate: (view) => gpuPolicies(view).flatMap((policy) => judge(view, policy)),
};

function judge(view: View, { manifest, path, policy }: GpuPolicy): Finding[] {
  const at = (...steps: string[]) => fieldOf(policy, ...steps);
  const decisive = [
    ["driver", "kernelModuleType"],
    ["driver", "rdma", "enabled"],
    ["gdrcopy", "enabled"],
  ];
  const hidden = decisive.find((steps) => isUnknown(at(...steps)));
  if (hidden) return [notKnown(manifest, isUnknown(policy) ? path : `${path}.${hidden.join(".")}`)];
  const byModule = at("driver", "rdma", "enabled") === true;
  const hostDriver = at("driver", "rdma", "useHostMofed") === true;
  const deployed = hasSection(view, manifest.cluster, "ofedDriver");
  const installed = at("driver", "enabled") !== false;
  return [
    ...(installed && at("driver", "kernelModuleType") === "proprietary" && !byModule
      ? [
          broken(
            manifest,
            `${path}.driver.kernelModuleType`,
            "proprietary modules have no DMA-BUF, and rdma.enabled is off: every message is copied through the host.",
          ),
        ]
      : []),
    ...(byModule && !deployed && !hostDriver
      ? [
          broken(
            manifest,
            `${path}.driver.rdma.enabled`,
            "the peer memory module waits for a network driver, but neither ofedDriver nor useHostMofed is there.",
          ),
        ]
      : []),
    ...(hostDriver && deployed
      ? [
          broken(
            manifest,
            `${path}.driver.rdma.useHostMofed`,
            "the host's driver is meant, but ofedDriver is deployed as well.",
            "advisory",
          ),
        ]
      : []),
    ...(at("gdrcopy", "enabled") === true
      ? []
      : [
          broken(
            manifest,
            `${path}.gdrcopy.enabled`,
            "it is off: small messages take the slow way.",
            "advisory",
          ),
        ]),
  ];
}
