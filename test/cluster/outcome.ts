/** What became of the run against a real API server. */
export type Outcome =
  | { kind: "accepted" }
  | { kind: "refused" }
  /** It could not be had on this machine or in this time: no failure, and never silent. */
  | { kind: "notRun"; reason: string };

/** Twenty minutes are all that continuous integration has. The build may take so long of them, and the judging that. */
export const BUILD_SECONDS = 15 * 60;
export const JUDGE_SECONDS = 19 * 60;

/** Milliseconds that are left until some seconds after the start. */
export function left(until: number, startedMs: number, nowMs: number): number {
  return Math.max(0, startedMs + until * 1000 - nowMs);
}

/** The last lines of the run: what became of the cluster, and the totals with it as one more test. */
export function ending(totals: string, outcome: Outcome): string[] {
  const counts = /^(\d+) passed, (\d+) failed(.*)$/.exec(totals);
  if (!counts) return said(outcome);
  const [, passed, failed, rest = ""] = counts;
  const total = (more: { passed?: number; failed?: number }, skipped: string) =>
    `${Number(passed) + (more.passed ?? 0)} passed, ${Number(failed) + (more.failed ?? 0)} failed${skipped}`;
  switch (outcome.kind) {
    case "accepted":
      return [...said(outcome), total({ passed: 1 }, rest)];
    case "refused":
      return [...said(outcome), total({ failed: 1 }, rest)];
    case "notRun":
      return [...said(outcome), total({}, oneMoreSkipped(rest))];
  }
}

function said(outcome: Outcome): string[] {
  if (outcome.kind === "accepted") return [];
  if (outcome.kind === "refused") return ["npm run test:cluster failed: see above."];
  return [
    `NOT RUN: npm run test:cluster, which asks a real API server about every Kubernetes object. ${outcome.reason}`,
    "Run it by hand: npm run test:cluster (builds kube-apiserver and etcd once; needs Go and the definitions, see docs/site.md).",
  ];
}

/** `, 2 skipped (no CRDs)` with the cluster among them. */
function oneMoreSkipped(rest: string): string {
  const [, count = "0", reasons = ""] = /^, (\d+) skipped(?: \((.*)\))?$/.exec(rest) ?? [];
  const why = [...(reasons === "" ? [] : reasons.split(", ")), "no API server"].join(", ");
  return `, ${Number(count) + 1} skipped (${why})`;
}
