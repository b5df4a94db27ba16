import type { Interconnect } from "../environment";

/** What an interconnect says about every resource that is ordered for it. */
export function guardsOf({ protect, allowReplacement }: Interconnect) {
  return { protect, ...(allowReplacement === undefined ? {} : { allowReplacement }) };
}
