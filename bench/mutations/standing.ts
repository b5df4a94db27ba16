import { type CatalogueRow, type PlannedResource, packageOf, unknownValue } from "@hybrid-ai-fabric/graph";
import type { Holder, Places } from "./mutation";
import { resourceOf, urnOf, type Written } from "./plan-edits";

/** Whatever else a new resource says of its place, so that only the end in question decides: all of it is at home. */
export function settled(row: CatalogueRow, except: string, region: string): Written[] {
  const regional = row.places.some(({ how }) => how === "awsRegion" || how === "zone");
  const written = row.places.flatMap((source): Written[] => {
    switch (source.how) {
      case "awsRegion":
      case "zone":
        return [{ path: "region", value: region }];
      case "anywhereUnless":
        return [{ path: source.path, value: source.values[0] ?? "" }];
      case "region":
        return regional ? [] : [{ path: source.path, value: region }];
      case "cloudRegion":
        return [
          { path: source.path, value: source.cloud === undefined ? `${region}-aws` : region },
          ...(source.cloud === undefined ? [] : [{ path: source.cloud, value: "aws" }]),
        ];
      default:
        return [];
    }
  });
  // A part that moves data only when it is switched on is switched on.
  const { activeWhen } = row;
  const on = activeWhen ? [{ path: activeWhen.path, value: activeWhen.equals }] : [];
  return [...written.filter(({ path }) => path !== except), ...on];
}

/** The provider of a resource beside a holder: that of the holder, or the first of its package in the plan. */
export function providerBeside(
  plan: readonly PlannedResource[],
  type: string,
  { resource }: Holder,
): string | undefined {
  const pack = packageOf(type);
  if (packageOf(resource.type) === pack) return resource.provider;
  return plan.find((other) => packageOf(other.type) === pack && other.provider !== undefined)?.provider;
}

/** A cluster abroad with its provider, or a provider of which nothing shows where its cluster is. */
export function clusterAbroad(like: PlannedResource, places: Places | undefined): PlannedResource[] {
  const type = "aws:eks/cluster:Cluster";
  const cluster =
    places && resourceOf(type, "leak-cluster", like, [{ path: "region", value: places.abroad }]);
  const provider = resourceOf(PROVIDER, "leak-provider", like, [
    { path: "kubeconfig", value: unknownValue, from: cluster ? [cluster.urn] : [] },
  ]);
  return cluster ? [cluster, provider] : [provider];
}

const PROVIDER = "pulumi:providers:kubernetes";

export function providerAbroad(like: PlannedResource): string {
  return urnOf(PROVIDER, "leak-provider", like);
}
