import {
  type Channel,
  channelsOf,
  type DatasetTerms,
  type Finding,
  fromDeclaration,
  type Rule,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";
import { allowedPlacesText, describePlace, mayBeIn } from "@hybrid-ai-fabric/locality";
import { membersOf } from "./agent-channels";
import { judgePlaces } from "./arrivals";

/**
 * Every place that a channel brings its data to, by what it declares and by what was made for it: ends, models, queues,
 * dead letters, archives, topics and their copies, logs. Other rules say the same of each resource; this one says which
 * channel is to blame.
 */
export const channelsKeepData: Rule = {
  id: "channels-keep-their-data-where-it-may-be",
  pack: "sovereignty",
  severity: "critical",
  level: "mandatory",
  description:
    "What a channel between agents carries may be at both of its ends, where their models answer, and in everything that keeps it on the way.",
  remediation: "Carry less over the channel, move its end or its store, or choose a model that stays.",
  evaluate: (view) =>
    channelsOf(view).flatMap((channel) =>
      channel.carries.flatMap((name) => {
        const dataset = view.datasets.get(name);
        return dataset ? [...declared(channel, dataset), ...made(view, channel, dataset)] : [];
      }),
    ),
};

function declared(channel: Channel, dataset: DatasetTerms): Finding[] {
  const { from, to, fromPlaces, toPlaces, stores } = channel;
  return [
    ...fromPlaces.map((place) => ({ who: `its sender "${from}"`, property: "fromPlaces", place })),
    ...toPlaces.map((place) => ({ who: `its receiver "${to}"`, property: "toPlaces", place })),
    ...stores.map(({ what, place }) => ({ who: `its ${what}`, property: "stores", place })),
  ].flatMap(({ who, property, place }) => judge(channel, dataset, { who, property, place }));
}

function judge(
  { name, resource }: Channel,
  dataset: DatasetTerms,
  { who, property, place: value }: { who: string; property: string; place: Value },
): Finding[] {
  const location = typeof value === "string" ? fromDeclaration(value) : { places: [], unresolved: [""] };
  const found = { urn: resource.urn, dataset: dataset.name, path: [{ urn: resource.urn, property }] };
  const carried = `Channel "${name}" carries dataset "${dataset.name}"`;
  if (location.unresolved.length > 0)
    return [
      { ...found, verdict: "cannotBeShown", message: `${carried}, and where ${who} is, is not known.` },
    ];
  return location.places.flatMap(({ place }): Finding[] => {
    const { kinds, residency } = dataset;
    const verdict = mayBeIn(residency, "store", place, { kinds });
    if (verdict.verdict === "holds") return [];
    const may = allowedPlacesText(residency, "store");
    const message = `${carried} to ${who} in ${describePlace(place)}; it may only be in ${may}. ${verdict.reason}`;
    return [{ ...found, verdict: verdict.verdict, message }];
  });
}

function made(view: View, { name, resource }: Channel, dataset: DatasetTerms): Finding[] {
  return (membersOf(view).get(name) ?? []).flatMap((node) => {
    const path = [
      { urn: resource.urn, property: "carries" },
      { urn: node.urn, property: "" },
    ];
    const presence = { dataset, arrival: { node, certain: true }, path };
    return node.dimensions.flatMap((dimension) =>
      judgePlaces(view, presence, dimension, `is carried by channel "${name}" to`),
    );
  });
}
