/** Three-valued: what cannot be shown is not allowed, and it is not the same as broken. */
export type Verdict =
  | { verdict: "holds" }
  | { verdict: "broken"; reason: string }
  | { verdict: "cannotBeShown"; reason: string };

export const holds: Verdict = { verdict: "holds" };

const weight = { holds: 0, cannotBeShown: 1, broken: 2 } as const;

/** All must hold: broken beats what cannot be shown, which beats holds. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce(
    (worst, next) => (weight[next.verdict] > weight[worst.verdict] ? next : worst),
    holds,
  );
}

/** One is enough: holds beats what cannot be shown, which beats broken. Without any, nothing allows it. */
export function anyOf(verdicts: readonly Verdict[], otherwise: Verdict): Verdict {
  return verdicts.reduce(
    (best, next) => (weight[next.verdict] < weight[best.verdict] ? next : best),
    otherwise,
  );
}
