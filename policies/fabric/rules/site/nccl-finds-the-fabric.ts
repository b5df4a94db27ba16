import { type Finding, isUnknown, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { offersOf } from "./declared";
import { broken, notKnown } from "./findings";
import { fieldOf, listOf, textOf } from "./manifests";
import { environmentOf, fabricResources, gpusOf, networksOf, type PodTemplate, podsOf } from "./pods";

export const ncclFindsFabric: Rule = {
  id: "nccl-finds-the-fabric",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "NCCL falls back to TCP without a word: when a pod has an InfiniBand network but no RDMA device, when RDMA is switched off, or when no port is called as NCCL_IB_HCA says.",
  remediation:
    "Give the pod an RDMA resource, remove NCCL_IB_DISABLE, and name devices (mlx5) in NCCL_IB_HCA.",
  evaluate: (view) =>
    podsOf(view)
      .filter((pod) => gpusOf(pod) !== 0)
      .flatMap((pod) => judge(view, pod)),
};

function judge(view: View, pod: PodTemplate): Finding[] {
  const environment = environmentOf(pod);
  const hidden = ["NCCL_IB_DISABLE", "NCCL_IB_HCA", "NCCL_SOCKET_IFNAME"].find((name) =>
    isUnknown(environment.get(name)),
  );
  if (hidden !== undefined) return [notKnown(pod.manifest, `${pod.path}.containers[].env.${hidden}`)];
  const devices = fabricResources(pod).length > 0;
  const wrong: [boolean, string, string][] = [
    [
      !devices && attachesToIpoib(view, pod),
      "resources",
      "it is on an IPoIB network without an RDMA device, so NCCL speaks TCP.",
    ],
    [devices && environment.get("NCCL_IB_DISABLE") === "1", "env.NCCL_IB_DISABLE", "1 switches RDMA off."],
    [
      !devices && /^=?ib/.test(textOf(environment.get("NCCL_SOCKET_IFNAME")) ?? ""),
      "env.NCCL_SOCKET_IFNAME",
      "it names an InfiniBand port, but the pod takes none.",
    ],
    [
      namesNoPort(view, pod, environment.get("NCCL_IB_HCA")),
      "env.NCCL_IB_HCA",
      "no declared port is called so.",
    ],
  ];
  return wrong
    .filter(([is]) => is)
    .map(([, property, message]) => broken(pod.manifest, `${pod.path}.containers[].${property}`, message));
}

function attachesToIpoib(view: View, pod: PodTemplate): boolean {
  const { networks } = offersOf(view, pod.cluster);
  return networksOf(pod).names.some(
    ({ namespace, name }) => networks.get(`${namespace}/${name}`)?.manifest.kind === "IPoIBNetwork",
  );
}

/** Devices are called mlx5_0 and so on unless the system names them after their ports. */
function namesNoPort(view: View, pod: PodTemplate, value: unknown): boolean {
  if (typeof value !== "string") return false;
  const wanted = value
    .replace(/^[=^]+/, "")
    .split(",")
    .map((entry) => entry.split(":", 1)[0] ?? "");
  const ports = [...offersOf(view, pod.cluster).sriov.values()].flatMap(({ properties }) =>
    listOf(fieldOf(properties, "spec", "nicSelector", "pfNames")).flatMap(
      (name) => textOf(name)?.split("#", 1) ?? [],
    ),
  );
  if (ports.length === 0) return false;
  return wanted.every((name) => !name.startsWith("mlx5") && !ports.some((port) => port.startsWith(name)));
}
