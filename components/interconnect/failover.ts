/** How a circuit says that it is preferred, in the words of each party that listens. */
export interface FailoverPreference {
  /** Times that the own ASN is put before the path: what Amazon listens to. The Fabric API takes 0, 1, 3 and 5. */
  asPrepend: number;
  /** Multi-exit discriminator towards the router's neighbours: lower is preferred. */
  med: number;
  /** Community for Amazon's local preference (7224:7300 high, 7200 medium, 7100 low), where the router can send one. */
  community: string;
}

const PREPENDS = [0, 1, 3, 5];
const COMMUNITIES = ["7224:7300", "7224:7200", "7224:7100"];
const MED_STEP = 100;

/** Ranks that BGP can tell apart with what the Fabric API takes. */
export const MOST_RANKS = PREPENDS.length;

/** Preference of a rank: 0 is preferred. Ranks beyond the last that can be told apart share it. */
export function failoverPreference(rank: number): FailoverPreference {
  const at = <T>(list: readonly T[]): T => list[Math.min(rank, list.length - 1)] as T;
  return {
    asPrepend: at(PREPENDS),
    med: Math.min(rank, MOST_RANKS - 1) * MED_STEP,
    community: at(COMMUNITIES),
  };
}
