import { isUnknown, type Value, type View } from "@hybrid-ai-fabric/graph";
import { entriesOf, fieldOf, type Manifest, manifestsOf, ofKind, textOf } from "./manifests";

/** The policy of a GPU operator: a ClusterPolicy, or the values from which the chart writes it. */
export interface GpuPolicy {
  manifest: Manifest;
  path: string;
  policy: Value | undefined;
}

export function gpuPolicies(view: View): GpuPolicy[] {
  return [
    ...ofKind(view, "ClusterPolicy").map((manifest) => ({
      manifest,
      path: "spec",
      policy: manifest.properties.spec,
    })),
    ...releasesOf(view, "gpu-operator").map((manifest) => ({
      manifest,
      path: "values",
      policy: manifest.properties.values ?? {},
    })),
  ];
}

/** Helm releases of a chart, wherever it is fetched from. */
export function releasesOf(view: View, chart: string): Manifest[] {
  return manifestsOf(view).filter(
    ({ group, properties }) => group === "helm.sh" && textOf(properties.chart)?.split("/").at(-1) === chart,
  );
}

/** A section of the NicClusterPolicy or of a NicNodePolicy, in one cluster. */
export function hasSection(view: View, cluster: string, section: string): boolean {
  return ofKind(view, "NicClusterPolicy", "NicNodePolicy").some((manifest) => {
    const value = fieldOf(manifest.properties, "spec", section);
    return manifest.cluster === cluster && (isUnknown(value) || entriesOf(value).length > 0);
  });
}
