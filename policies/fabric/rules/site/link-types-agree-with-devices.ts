import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { entriesOf, fieldOf, type Manifest, ofKind, textOf } from "./manifests";

export const linkTypesAgree: Rule = {
  id: "link-types-agree-with-devices",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "An SR-IOV policy does not contradict itself: InfiniBand has no switchdev mode, vfio-pci no RDMA, and RDMA needs an adapter of NVIDIA. The operator's webhook that says so is off by default.",
  remediation:
    "For RDMA use deviceType netdevice, isRdma true, vendor 15b3, and eSwitchMode legacy on InfiniBand.",
  evaluate: (view) => ofKind(view, "SriovNetworkNodePolicy").flatMap(judge),
};

function judge(manifest: Manifest): Finding[] {
  const field = (...path: string[]) => fieldOf(manifest.properties, "spec", ...path);
  const hidden = ["linkType", "isRdma", "deviceType", "eSwitchMode"].find((name) => isUnknown(field(name)));
  if (hidden !== undefined)
    return [notKnown(manifest, isUnknown(manifest.properties.spec) ? "spec" : `spec.${hidden}`)];
  const isInfiniBand = textOf(field("linkType"))?.toLowerCase() === "ib";
  const isRdma = field("isRdma") === true;
  const vendor = textOf(field("nicSelector", "vendor"));
  const filtered = textOf(field("nicSelector", "netFilter")) !== undefined;
  const wrong: [boolean, string, string][] = [
    [isInfiniBand && field("eSwitchMode") === "switchdev", "eSwitchMode", "switchdev is for Ethernet only."],
    [isRdma && field("deviceType") === "vfio-pci", "deviceType", "vfio-pci hides the device from RDMA."],
    [isInfiniBand && field("isRdma") !== true, "isRdma", "without it InfiniBand carries no RDMA."],
    [
      (isInfiniBand || isRdma) && vendor !== undefined && vendor !== "15b3",
      "nicSelector.vendor",
      `${vendor} is not NVIDIA (15b3), whose adapters alone do this here.`,
    ],
    [
      filtered && isInfiniBand,
      "nicSelector.netFilter",
      "it reads virtual networks of OpenStack, not InfiniBand.",
    ],
    [
      filtered && entriesOf(field("nicSelector")).length > 1,
      "nicSelector.netFilter",
      "it excludes every other selector.",
    ],
  ];
  return wrong
    .filter(([is]) => is)
    .map(([, property, message]) => broken(manifest, `spec.${property}`, message));
}
