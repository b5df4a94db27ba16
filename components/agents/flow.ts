import { carrierPlace, type End, own, queuePlace } from "./ends";
import type { Carrier } from "./expansion";
import type { AgentChannel, AgentTopology, Transport } from "./topology";

/** What a dataset does because of a channel: where it goes, through what, and where it stays for how long. */
export interface Flow {
  carries: string[];
  from: string;
  to: string;
  via: Carrier;
  /** True when answers travel back. */
  answers: boolean;
  stores: { what: string; at: string; keepDays: number }[];
}

/** Days that a dead letter waits for somebody: what SQS allows at most. */
export const DEAD_LETTER_DAYS = 14;
/** Days that a task waits in its queue: what SQS does by default. */
export const QUEUE_DAYS = 4;

interface Carried {
  transport: Transport;
  from: End;
  to: End;
  declaration: AgentChannel;
  carrier: Carrier;
}

/** What follows from a channel for the data that it carries. */
export function flowOf(edge: Carried, topology: AgentTopology): Flow {
  const { transport, from, to, declaration, carrier } = edge;
  return {
    carries: [...declaration.carries].sort(),
    from: from.name,
    to: to.name,
    via: carrier,
    answers: ["http", "grpc", "tool"].includes(transport) || /^read/.test(declaration.memory?.access ?? ""),
    stores: storesOf(edge, topology),
  };
}

/** Dead letters and archives count: they are places that data reaches, and stay when everybody looked away. */
function storesOf({ transport, from, to, declaration }: Carried, topology: AgentTopology): Flow["stores"] {
  const at = carrierPlace(topology, transport, from, to);
  const far = to.at ?? at;
  const { events, stream, mqtt, memory } = declaration;
  if (events) {
    const { fromTopic, keepDays } = events;
    const queue = queuePlace(topology, from, to);
    return [
      ...(fromTopic === undefined ? [] : [{ what: `topic ${fromTopic}`, at: from.at ?? at, keepDays: 1 }]),
      ...queueAt(queue),
      ...(queue === at ? [] : [{ what: "dead letters", at, keepDays: DEAD_LETTER_DAYS }]),
      ...(keepDays === undefined ? [] : [{ what: "archive", at, keepDays }]),
    ];
  }
  if (stream) {
    const keepDays = (stream.retentionHours ?? 24) / 24;
    return [...new Set([at, far])].map((each) => ({ what: `topic ${stream.topic}`, at: each, keepDays }));
  }
  if (mqtt?.deliverTo === "queue") return queueAt(far);
  if (mqtt?.deliverTo === "stream")
    return [
      { what: "stream", at: far, keepDays: 1 },
      { what: "dead letters", at: far, keepDays: DEAD_LETTER_DAYS },
    ];
  const remembered = own(topology.memories, to.name);
  return memory && remembered ? [{ what: `memory ${to.name}`, at: far, keepDays: remembered.keepDays }] : [];
}

function queueAt(at: string): Flow["stores"] {
  return [
    { what: "queue", at, keepDays: QUEUE_DAYS },
    { what: "dead letters", at, keepDays: DEAD_LETTER_DAYS },
  ];
}
