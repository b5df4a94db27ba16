import {
  type Channel,
  channelsOf,
  type Finding,
  fromDeclaration,
  matchesGlob,
  type Rule,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";
import { allowedPlacesText, describePlace, mayBeIn } from "@hybrid-ai-fabric/locality";
import { membersOf, unread } from "./agent-channels";
import { judgePlaces } from "./arrivals";

/**
 * Agents are code: what they receive they may write into everything that they send, and into their answers. So a dataset
 * reaches whatever a chain of channels reaches, whatever the last channel says that it carries: its end, the models there,
 * and the queues, dead letters, archives, copies and logs of the channel. Only a declassification that the settings approve
 * ends that.
 */
export const agentsPassOn: Rule = {
  id: "agents-pass-on-only-what-the-next-may-hold",
  pack: "sovereignty",
  severity: "critical",
  level: "mandatory",
  description:
    "No chain of channels between agents leads a dataset to a place where it may not be, unless an approved step declassifies it.",
  remediation:
    "Remove a channel of the chain, move its end, or have the declassification approved in settings.approvals.",
  evaluate: (view) => {
    const channels = channelsOf(view);
    const ways = spread(view, channels);
    return [
      ...channels.filter(({ unreadable }) => unreadable).map(unread),
      ...ways.flatMap((way) => [...judgeWay(view, way), ...judgeOnTheWay(view, way)]),
    ];
  },
};

/** A dataset at the end of a channel, with the channels that lead there. */
interface Way {
  dataset: string;
  at: string;
  places: Value[];
  over: Channel[];
}

/** Breadth first, so that every dataset reaches every participant by its shortest way once. */
function spread(view: View, channels: readonly Channel[]): Way[] {
  const sending = new Map<string, Channel[]>();
  const answering = new Map<string, Channel[]>();
  for (const channel of channels) {
    append(sending, channel.from, channel);
    if (channel.answers) append(answering, channel.to, channel);
  }
  const seen = new Set<string>();
  const ways: Way[] = [];
  const arrive = (way: Way) => {
    const key = `${way.dataset} ${way.at}`;
    if (seen.has(key)) return;
    seen.add(key);
    ways.push(way);
  };
  for (const channel of channels)
    for (const dataset of channel.carries)
      arrive({ dataset, at: channel.from, places: channel.fromPlaces, over: [] });
  for (let head = 0; head < ways.length; head++) {
    const way = ways[head];
    if (!way) break;
    for (const dataset of leaving(view, way, sending.get(way.at) ?? [])) {
      for (const channel of sending.get(way.at) ?? [])
        arrive({ dataset, at: channel.to, places: channel.toPlaces, over: [...way.over, channel] });
      for (const channel of answering.get(way.at) ?? [])
        arrive({ dataset, at: channel.from, places: channel.fromPlaces, over: [...way.over, channel] });
    }
  }
  return ways;
}

function append(map: Map<string, Channel[]>, key: string, channel: Channel): void {
  const list = map.get(key);
  if (list) list.push(channel);
  else map.set(key, [channel]);
}

/** A declared step counts only while the settings approve it for a channel of the agent. */
function leaving(view: View, { dataset }: Way, own: readonly Channel[]): string[] {
  const steps = own.flatMap(({ declassifies, resource }) =>
    declassifies
      .filter(({ from }) => from === dataset)
      .filter(({ approval, to }) =>
        view.settings.approvals.some(
          (entry) =>
            entry.id === approval &&
            entry.from === dataset &&
            entry.to === to &&
            entry.expires >= view.today &&
            matchesGlob(entry.urn, resource.urn),
        ),
      ),
  );
  for (const { approval } of steps) view.use(`approval ${approval}`);
  return steps.length > 0 ? [...new Set(steps.map(({ to }) => to))] : [dataset];
}

function judgeWay(view: View, { dataset, at, places, over }: Way): Finding[] {
  const terms = view.datasets.get(dataset);
  const last = over.at(-1);
  if (!terms || !last) return [];
  const chain = over.map(({ resource }) => resource.name).join(", then ");
  const path = over.map(({ resource }) => ({ urn: resource.urn, property: "carries" }));
  return places.flatMap((declared): Finding[] => {
    const location =
      typeof declared === "string" ? fromDeclaration(declared) : { places: [], unresolved: [""] };
    const found = { urn: last.resource.urn, dataset, path };
    if (location.unresolved.length > 0)
      return [
        {
          ...found,
          verdict: "cannotBeShown",
          message: `Where "${at}" is, which dataset "${dataset}" reaches by ${chain}, is not known.`,
        },
      ];
    return location.places.flatMap(({ place }): Finding[] => {
      const verdict = mayBeIn(terms.residency, "store", place, { kinds: terms.kinds, today: view.today });
      if (verdict.verdict === "holds") return [];
      const may = allowedPlacesText(terms.residency, "store");
      const message = `Dataset "${dataset}" can reach "${at}" in ${describePlace(place)} by ${chain}; it may only be in ${may}. ${verdict.reason}`;
      return [{ ...found, verdict: verdict.verdict, message }];
    });
  });
}

/** What keeps or copies data on the last channel of a chain, for what that channel does not carry by its own word. */
function judgeOnTheWay(view: View, { dataset: name, over }: Way): Finding[] {
  const dataset = view.datasets.get(name);
  const last = over.at(-1);
  if (!dataset || !last || last.carries.includes(name)) return [];
  const chain = over.map(({ resource }) => resource.name).join(", then ");
  const steps = over.map(({ resource }) => ({ urn: resource.urn, property: "carries" }));
  const kept = last.stores.flatMap(({ what, place }) =>
    judgeWay(view, { dataset: name, at: `${what} of ${last.name}`, places: [place], over }),
  );
  const made = (membersOf(view).get(last.name) ?? []).flatMap((node) => {
    const presence = {
      dataset,
      arrival: { node, certain: true },
      path: [...steps, { urn: node.urn, property: "" }],
    };
    return node.dimensions.flatMap((dimension) =>
      judgePlaces(view, presence, dimension, `can be passed on by ${chain} to`),
    );
  });
  return [...kept, ...made];
}
