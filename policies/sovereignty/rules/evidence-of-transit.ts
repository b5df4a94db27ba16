import { matchesGlob, type View } from "@hybrid-ai-fabric/graph";
import { ANYWHERE, mayBeIn } from "@hybrid-ai-fabric/locality";
import type { Presence } from "./arrivals";

/** Whether approved evidence shows the way of a circuit; if there is some that does not, what it falls short of. */
export interface TransitEvidence {
  covers: boolean;
  shortfall?: string;
}

/** Basis of an attestation that says: encrypted from end to end, with keys that no carrier holds. */
const END_TO_END = "e2e-encrypted";

/**
 * Evidence for a circuit that promises no boundary, or for a network whose scope is any country: a current attestation `transit:<interconnect>` in the settings,
 * for the interconnect that a component above the circuit registered, or for the circuits that its `urn` matches. It holds
 * when every country it lists may be passed through, or when its basis is end-to-end encryption and the residency
 * lets encrypted data pass anywhere.
 */
export function evidenceOfTransit(view: View, { arrival, dataset }: Presence): TransitEvidence {
  const { node } = arrival;
  const carrier = node.row?.carrier;
  const { today } = view;
  if (carrier === undefined) return { covers: false };
  const entries = view.settings.attestations.filter(
    ({ id, urn, expires }) =>
      expires >= today &&
      id.startsWith("transit:") &&
      (urn === undefined ? id === `transit:${node.interconnect}` : matchesGlob(urn, node.urn)),
  );
  const shortfalls: string[] = [];
  for (const { id, basis, countries = [] } of entries) {
    const { residency, kinds } = dataset;
    const outside = countries.filter(
      (country) =>
        mayBeIn(residency, "transit", { country, operator: carrier }, { kinds, today }).verdict !== "holds",
    );
    const anywhere = { country: ANYWHERE, operator: carrier };
    const attestations = [{ id: END_TO_END }];
    const encrypted =
      basis === END_TO_END &&
      mayBeIn(residency, "transit", anywhere, { kinds, attestations, today }).verdict === "holds";
    if (encrypted || (countries.length > 0 && outside.length === 0)) {
      view.use(`attestation ${id}`);
      return { covers: true };
    }
    const reason =
      outside.length > 0
        ? `lists ${outside.join(", ")}, where it may not pass`
        : basis === END_TO_END
          ? "rests on end-to-end encryption, which the residency does not accept"
          : "lists no country";
    shortfalls.push(` Attestation ${id} ${reason}.`);
  }
  return { covers: false, shortfall: shortfalls.join("") };
}
