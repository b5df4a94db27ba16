import table from "./data/profiles.json";

/** How sensitive a dataset is, from nothing to lose to everything. */
export const classifications = ["public", "internal", "confidential", "restricted"] as const;
export type Classification = (typeof classifications)[number];

/** Kinds of data that some law treats apart (`rrn`: Korean resident numbers, `payment-system` ...). */
export function dataKinds(): string[] {
  return [...table.dataKinds].sort();
}
