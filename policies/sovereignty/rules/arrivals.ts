import {
  type Arrival,
  compare,
  type DatasetTerms,
  type Finding,
  matchesGlob,
  type PathStep,
  pathTo,
  shortName,
  type View,
} from "@hybrid-ai-fabric/graph";
import { allowedPlacesText, type Dimension, describePlace, mayBeIn } from "@hybrid-ai-fabric/locality";

/** A dataset at a node, as every placement rule sees it. */
export interface Presence {
  dataset: DatasetTerms;
  arrival: Arrival;
  path: PathStep[];
}

/** Every dataset at every node that it reaches, in an order of its own. */
export function presences(view: View): Presence[] {
  return [...view.reach].flatMap(([name, arrivals]) => {
    const dataset = view.datasets.get(name);
    if (!dataset) return [];
    return [...arrivals.values()]
      .sort((a, b) => compare(a.node.id, b.node.id))
      .map((arrival) => ({ dataset, arrival, path: pathTo(view.reach, name, arrival.node.id) }));
  });
}

/** What a dataset does at a node: rests, is processed, passes through ... External stores are asked where it rests. */
export function dimensionOf(arrival: Arrival): Dimension | undefined {
  if (arrival.node.kind === "external") return arrival.over?.carries === "key" ? "key" : "store";
  return arrival.node.row?.dimension;
}

/**
 * Judges the known places of a node in one dimension. Unknown places are the business of the rule that asks for
 * them, so that each finding has one reason.
 */
export function judgePlaces(view: View, presence: Presence, dimension: Dimension, deed: string): Finding[] {
  const { arrival, dataset, path } = presence;
  const attestations = view.settings.attestations.filter(
    (entry) => entry.expires >= view.today && (!entry.urn || matchesGlob(entry.urn, arrival.node.urn)),
  );
  return arrival.node.location.places.flatMap(({ place, proof }) => {
    const { kinds, residency } = dataset;
    const plain = mayBeIn(residency, dimension, place, { kinds });
    const verdict =
      plain.verdict === "holds" ? plain : mayBeIn(residency, dimension, place, { kinds, attestations });
    if (verdict.verdict === "holds") {
      if (plain.verdict !== "holds") for (const { id } of attestations) view.use(`attestation ${id}`);
      return [];
    }
    const certain = verdict.verdict === "broken" && arrival.certain;
    const where = `${describePlace(place)}, known from ${proof}`;
    const may = allowedPlacesText(residency, dimension);
    const message = `Dataset "${dataset.name}" ${deed} ${where}; it may only be in ${may} (${residency.join(" ")}).`;
    const doubt = arrival.certain ? "" : " It is one of several resources that the value may stand for.";
    return [
      {
        verdict: certain ? ("broken" as const) : ("cannotBeShown" as const),
        urn: arrival.node.urn,
        dataset: dataset.name,
        message: `${message} ${verdict.reason}${doubt} Path: ${describePath(path)}.`,
        path,
      },
    ];
  });
}

/** A way as one line: `Task claims-in .destinationLocationArn -> S3Location claims .s3BucketArn -> Bucket claims`. */
export function describePath(path: readonly PathStep[]): string {
  return path
    .map(({ urn, property }) => (property ? `${shortName(urn)} .${property}` : shortName(urn)))
    .join(" -> ");
}
