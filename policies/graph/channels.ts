import type { Graph } from "./flow/node";
import { leavesAt } from "./path";
import { compare, type PlannedResource } from "./resource";
import type { View } from "./rule";
import { isRecord, isUnknown, type Value } from "./value";

/** Type of the component that declares one channel between agents. */
export const CHANNEL = "hybrid-ai-fabric:index:DeclaredChannel";

/** One declared way between agents, tools and memories, as its component registered it. */
export interface Channel {
  resource: PlannedResource;
  name: string;
  from: string;
  to: string;
  carries: string[];
  answers: boolean;
  fromPlaces: Value[];
  toPlaces: Value[];
  /** Queues, dead letters, archives, topics: what the declaration says that is kept on the way. */
  stores: { what: string; place: Value }[];
  declassifies: { from: string; to: string; approval: string }[];
  unreadable: boolean;
}

const known = new WeakMap<Graph, Channel[]>();

/** Every declared channel, in order of URN. */
export function channelsOf({ graph }: View): Channel[] {
  const before = known.get(graph);
  if (before) return before;
  const found = graph.resources
    .filter(({ type }) => type === CHANNEL)
    .map(read)
    .sort((a, b) => compare(a.resource.urn, b.resource.urn));
  known.set(graph, found);
  return found;
}

function read(resource: PlannedResource): Channel {
  const { channel, from, to, answers } = resource.outputs;
  const values = (path: string) => leavesAt(resource.outputs, path).map(({ value }) => value);
  const carries = values("carries[]");
  return {
    resource,
    name: typeof channel === "string" ? channel : resource.name,
    from: typeof from === "string" ? from : "",
    to: typeof to === "string" ? to : "",
    carries: carries.filter((name): name is string => typeof name === "string"),
    answers: answers !== false,
    toPlaces: values("toPlaces[]"),
    fromPlaces: values("fromPlaces[]"),
    stores: values("stores[]").flatMap((store) =>
      isRecord(store) && store.place !== undefined
        ? [{ what: typeof store.what === "string" ? store.what : "store", place: store.place }]
        : [],
    ),
    declassifies: values("declassifies[]").flatMap((step) =>
      isRecord(step) &&
      typeof step.from === "string" &&
      typeof step.to === "string" &&
      typeof step.approval === "string"
        ? [{ from: step.from, to: step.to, approval: step.approval }]
        : [],
    ),
    unreadable: [from, to].some((end) => typeof end !== "string") || carries.some(isUnknown),
  };
}
