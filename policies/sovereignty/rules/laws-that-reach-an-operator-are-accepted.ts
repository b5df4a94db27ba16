import { compare, type Finding, matchesGlob, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { describePlace, exposuresToTell } from "@hybrid-ai-fabric/locality";
import { type Presence, presences } from "./arrivals";

export const exposureAccepted: Rule = {
  id: "laws-that-reach-an-operator-are-accepted",
  pack: "sovereignty",
  severity: "low",
  level: "advisory",
  description:
    "Who runs a place may have to answer to the law of another country, wherever the place is. Some residencies want that told, and decided by somebody.",
  remediation:
    "Accept it as settings.attestations `exposure:<law>` with the document that decides it, or use an operator that the law does not reach.",
  evaluate: (view) => {
    const told = new Map<string, Told>();
    for (const presence of presences(view)) {
      if (!holdsData(presence)) continue;
      for (const { place } of presence.arrival.node.location.places) {
        for (const law of exposuresToTell(presence.dataset.residency, place)) {
          if (isAccepted(view, law, presence.arrival.node.urn)) continue;
          const key = `${place.operator} ${law}`;
          const known = told.get(key);
          if (known) known.datasets.add(presence.dataset.name);
          else
            told.set(key, {
              ...{ operator: place.operator, law, presence, where: describePlace(place) },
              datasets: new Set([presence.dataset.name]),
            });
        }
      }
    }
    return [...told.values()].map(tell);
  },
};

/** One sentence for an operator and a law, however many resources it is about. */
interface Told {
  operator: string;
  law: string;
  where: string;
  /** The first of those that it is about. */
  presence: Presence;
  datasets: Set<string>;
}

function tell({ operator, law, where, presence, datasets }: Told): Finding {
  const { path, arrival } = presence;
  const names = [...datasets].sort(compare);
  const text = names.map((name) => `"${name}"`).join(", ");
  return {
    verdict: "cannotBeShown",
    urn: arrival.node.urn,
    message: `${operator} holds dataset ${text}, as in ${where}, and ${law} reaches it; nothing shows that this was accepted.`,
    path,
    ...(names.length === 1 ? { dataset: presence.dataset.name } : {}),
  };
}

function holdsData({ arrival }: Presence): boolean {
  return arrival.node.kind !== "hub" && arrival.node.dimensions.length > 0;
}

function isAccepted(view: View, law: string, urn: string): boolean {
  const accepted = view.settings.attestations.find(
    (entry) =>
      entry.id === `exposure:${law}` &&
      entry.expires >= view.today &&
      (entry.urn === undefined || matchesGlob(entry.urn, urn)),
  );
  if (accepted) view.use(`attestation ${accepted.id}`);
  return accepted !== undefined;
}
