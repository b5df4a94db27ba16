import { broken, type Finding, isRecord, leavesAt, notShown, type Rule } from "@hybrid-ai-fabric/graph";
import { textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { type Training, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";

/** Charts that let pods ask for EFA devices (aws/eks-charts, 2026). */
const charts = ["aws-efa-k8s-device-plugin", "aws-dranet"];

export const nodesHaveDriver: Rule = {
  id: "efa-nodes-have-its-driver",
  pack: "fabric",
  severity: "medium",
  level: "advisory",
  description:
    "A Kubernetes cluster with EFA nodes has the EFA device plugin or its DRA driver; without either no pod gets a device, and NCCL falls back to TCP.",
  remediation:
    "Install aws-dranet (Kubernetes 1.34 and later) or aws-efa-k8s-device-plugin by a Helm release.",
  evaluate: (view) => {
    const training = trainingOf(view);
    const installed = drivers(training);
    return training.templates
      .flatMap(({ users }) => users.filter(({ type }) => type === tokens.nodeGroup))
      .flatMap((group): Finding[] => {
        if (installed === "yes") return [];
        if (installed === "hidden") {
          return [
            notShown(
              group,
              "launchTemplate",
              `Nothing shows that the cluster of ${group.name} has a driver for EFA: a chart is not known before creation.`,
            ),
          ];
        }
        return [
          broken(
            group,
            "launchTemplate",
            `${group.name} has EFA, but nothing in this plan installs a driver for it.`,
          ),
        ];
      });
  },
};

function drivers(training: Training): "yes" | "no" | "hidden" {
  const releases = training.all(tokens.release, "kubernetes:helm.sh/v4:Chart", "kubernetes:helm.sh/v3:Chart");
  let hidden = false;
  for (const release of releases) {
    const chart = textAt(release, "chart");
    if (chart.state === "known" && charts.some((name) => chart.value.includes(name))) return "yes";
    if (chart.state === "hidden") hidden = true;
  }
  const sets = training.all("kubernetes:apps/v1:DaemonSet").some(({ inputs }) => {
    const [metadata] = leavesAt(inputs, "metadata.name");
    return (
      typeof metadata?.value === "string" && charts.some((name) => String(metadata.value).includes(name))
    );
  });
  const classes = training
    .all("kubernetes:resource.k8s.io/v1:DeviceClass")
    .some(({ inputs }) => isRecord(inputs.metadata) && inputs.metadata.name === "efa.networking.k8s.aws");
  if (sets || classes) return "yes";
  return hidden ? "hidden" : "no";
}
