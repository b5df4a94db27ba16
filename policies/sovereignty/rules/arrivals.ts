import {
  type Arrival,
  compare,
  type DatasetTerms,
  declaredProperties,
  type Finding,
  isUnknown,
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
  /** The way it took; worked out only for what is reported. */
  readonly path: PathStep[];
}

/** Presences are the same for every rule that looks at one plan. */
const known = new WeakMap<View, Presence[]>();

/** Every dataset at every node that it reaches, in an order of its own. */
export function presences(view: View): Presence[] {
  const before = known.get(view);
  if (before) return before;
  const all = [...view.reach].flatMap(([name, arrivals]) => {
    const dataset = view.datasets.get(name);
    if (!dataset) return [];
    return [...arrivals.values()]
      .sort((a, b) => compare(a.node.id, b.node.id))
      .map((arrival) => ({
        dataset,
        arrival,
        get path() {
          return pathTo(view.reach, name, arrival.node.id);
        },
      }));
  });
  known.set(view, all);
  return all;
}

/** Presences of which a question is asked: does it rest there, is it processed, does it pass through ... */
export function presencesIn(view: View, dimension: Dimension): Presence[] {
  return presences(view).filter(({ arrival }) => arrival.node.dimensions.includes(dimension));
}

/**
 * Judges the known places of a node in one dimension. Unknown places are the business of the rule that asks for
 * them, so that each finding has one reason.
 */
export function judgePlaces(view: View, presence: Presence, dimension: Dimension, deed: string): Finding[] {
  const { arrival, dataset } = presence;
  const { node } = arrival;
  const { kinds, residency } = dataset;
  if (node.location.places.length === 0 || residency.length === 0) return [];
  const attestations = view.settings.attestations.filter(
    (entry) => entry.expires >= view.today && (!entry.urn || matchesGlob(entry.urn, node.urn)),
  );
  const retention = retentionOf(node);
  const { today } = view;
  const circumstances = { kinds, today, ...(retention === undefined ? {} : { retentionHours: retention }) };
  return node.location.places.flatMap(({ place, proof, possible }) => {
    const plain = mayBeIn(residency, dimension, place, circumstances);
    if (plain.verdict === "holds") return [];
    const verdict = mayBeIn(residency, dimension, place, { ...circumstances, attestations });
    if (verdict.verdict === "holds") {
      for (const { id } of attestations) view.use(`attestation ${id}`);
      return [];
    }
    const certain = verdict.verdict === "broken" && arrival.certain && !possible;
    const where = `${describePlace(place)}, known from ${proof}`;
    const may = allowedPlacesText(residency, dimension, kinds);
    const message = `Dataset "${dataset.name}" ${deed} ${where}; it may only be in ${may} (${residency.join(" ")}).`;
    const doubt = arrival.certain
      ? possible
        ? " It may be there and it may not."
        : ""
      : " Nothing shows that it does not get there.";
    return [
      {
        verdict: certain ? ("broken" as const) : ("cannotBeShown" as const),
        urn: node.urn,
        dataset: dataset.name,
        message: `${message} ${verdict.reason}${doubt} Path: ${describePath(presence.path)}.`,
        path: presence.path,
      },
    ];
  });
}

/** Hours after which a store deletes what passes through it. */
function retentionOf({ row, resource }: Arrival["node"]): number | undefined {
  if (!row?.retention || !resource) return undefined;
  const value = declaredProperties(resource)[row.retention.path];
  if (isUnknown(value)) return undefined;
  const amount = typeof value === "number" ? value : row.retention.default;
  return row.retention.unit === "seconds" ? amount / 3600 : amount;
}

/** A way as one line: `Task claims-in .destinationLocationArn -> S3Location claims .s3BucketArn -> Bucket claims`. */
export function describePath(path: readonly PathStep[]): string {
  return path
    .map(({ urn, property }) => (property ? `${shortName(urn)} .${property}` : shortName(urn)))
    .join(" -> ");
}
