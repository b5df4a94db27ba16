import { isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { fieldOf, ofKind } from "./manifests";

/** Fields that the definitions of 2026-11 require; `>` stands for "when the part before it is there". */
const required: { [kind: string]: string[] } = {
  BareMetalHost: ["spec.online", "spec.bmc>address", "spec.bmc>credentialsName", "spec.image>url"],
  SriovNetworkNodePolicy: ["spec.nodeSelector", "spec.nicSelector", "spec.numVfs", "spec.resourceName"],
  SriovIBNetwork: ["spec.resourceName"],
  SriovNetwork: ["spec.resourceName"],
  IPPool: ["spec.subnet", "spec.perNodeBlockSize"],
  CIDRPool: ["spec.cidr", "spec.perNodeNetworkPrefix"],
  ComputeDomain: ["spec.channel", "spec.channel>resourceClaimTemplate"],
  Topology: ["spec.levels"],
  NicClusterPolicy: [
    "spec.ofedDriver>image",
    "spec.nvIpam>image",
    "spec.rdmaSharedDevicePlugin>image",
    "spec.sriovDevicePlugin>image",
    "spec.ibKubernetes>image",
    "spec.ibKubernetes>pKeyGUIDPoolRangeStart",
    "spec.ibKubernetes>pKeyGUIDPoolRangeEnd",
    "spec.ibKubernetes>ufmSecret",
  ],
};

export const requiredFieldsAreThere: Rule = {
  id: "required-fields-of-custom-kinds-are-there",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Custom objects hold what their definitions require. Pulumi asks the cluster only when every value is known and the cluster exists, so a first preview checks nothing.",
  remediation: "Add the field that the message names.",
  evaluate: (view) =>
    ofKind(view, ...Object.keys(required))
      .filter(({ resource }) => !resource.type.endsWith("Patch"))
      .flatMap((manifest) =>
        (required[manifest.kind] ?? []).flatMap((path) => {
          const [owner = "", field] = path.split(">");
          const holder = field === undefined ? undefined : fieldOf(manifest.properties, ...owner.split("."));
          if (field !== undefined && (holder === undefined || holder === null)) return [];
          const whole = path.replace(">", ".");
          const value = fieldOf(manifest.properties, ...whole.split("."));
          if (value === undefined || value === null)
            return [broken(manifest, whole, "it is required and missing.")];
          const hidden = isUnknown(manifest.properties.spec);
          return hidden && whole === required[manifest.kind]?.[0] ? [notKnown(manifest, "spec")] : [];
        }),
      ),
};
