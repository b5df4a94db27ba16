import type { View } from "@hybrid-ai-fabric/graph";

const CLUSTER = "hybrid-ai-fabric:index:EfaCluster";

/** Reads of a whole store in a year: what the clusters of the plan declare, else one a day. */
export function readsPerYear(view: View): number {
  const declared = view.graph.resources.flatMap(({ type, outputs }) =>
    type === CLUSTER && typeof outputs.readsPerDay === "number" ? [outputs.readsPerDay] : [],
  );
  return 365 * (declared.length > 0 ? Math.max(...declared) : 1);
}

/** 2.5 times a day. */
export function often(reads: number): string {
  const perDay = reads / 365;
  return perDay === 1 ? "once a day" : `${perDay} times a day`;
}
