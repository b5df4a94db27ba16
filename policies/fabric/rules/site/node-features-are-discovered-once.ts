import { type Finding, isUnknown, type Rule } from "@hybrid-ai-fabric/graph";
import { broken, notKnown } from "./findings";
import { releasesOf } from "./gpu-policies";
import { byCluster, fieldOf, type Manifest } from "./manifests";

export const discoveredOnce: Rule = {
  id: "node-features-are-discovered-once",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A cluster runs node feature discovery once. The charts of both NVIDIA operators install it unless told not to, and two of them undo each other's labels.",
  remediation: "Set nfd.enabled to false in the values of all charts but one.",
  evaluate: (view) =>
    byCluster([
      ...releasesOf(view, "network-operator"),
      ...releasesOf(view, "gpu-operator"),
      ...releasesOf(view, "node-feature-discovery"),
    ]).flatMap((releases): Finding[] => {
      if (releases.length < 2) return [];
      const hidden = releases.filter((release) => isUnknown(switchOf(release)));
      const [first, ...others] = releases.filter(
        (release) => switchOf(release) !== false && !isUnknown(switchOf(release)),
      );
      return [
        ...hidden.map((release) => notKnown(release, "values.nfd.enabled")),
        ...others.map((release) =>
          broken(release, "values.nfd.enabled", `${first?.name ?? first?.resource.name} brings it already.`),
        ),
      ];
    }),
};

function switchOf({ properties }: Manifest) {
  return fieldOf(properties.values, "nfd", "enabled");
}
