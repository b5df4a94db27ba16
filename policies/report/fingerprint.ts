import { createHash } from "node:crypto";
import type { Violation } from "@hybrid-ai-fabric/graph";

/**
 * A name by which the same finding is known again in the next run: the rule, the resource, the dataset and the way, but
 * no word of the message, which may get better. Findings that are alike but for their message are numbered.
 */
export function fingerprints(violations: readonly Violation[]): string[] {
  const seen = new Map<string, number>();
  return violations.map((violation) => {
    const way = violation.path.map(({ urn, property }) => `${urn}#${property}`);
    const parts = [violation.rule, violation.urn, violation.dataset ?? "", ...way];
    const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}
