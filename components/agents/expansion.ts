import { ANYWHERE, inferenceRegions, type Place, placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { type DatasetLabels, joinedLabels } from "../labels";
import {
  type AgentChannel,
  type AgentDeclaration,
  type AgentPlace,
  type AgentTopology,
  type Transport,
  transportsOf,
} from "./topology";

/** What stands at an end of a channel. */
export type EndKind = "agent" | "tool" | "memory";

export interface End {
  kind: EndKind;
  name: string;
  /** Name of the place; undefined for a tool, which stands outside all of them. */
  at: string | undefined;
}

/** One channel with everything that follows from it. */
export interface Edge {
  channel: string;
  transport: Transport;
  from: End;
  to: End;
  declaration: AgentChannel;
  labels: DatasetLabels;
  /** True when its ends are in two places. */
  crosses: boolean;
  /** What carries it: one transport. */
  carrier: Carrier;
  /** What lets its sender in: one grant. */
  grant: Grant;
  /** What lets it through: one rule of mesh, bus or broker. */
  rule: Rule;
  flow: Flow;
}

export type Carrier =
  | "lattice"
  | "agentcoreRuntime"
  | "gatewayApi"
  | "eventBridge"
  | "msk"
  | "strimzi"
  | "iotCore"
  | "mosquitto"
  | "agentcoreGateway"
  | "agentgateway"
  | "agentcoreMemory"
  | "dynamodb"
  | "valkey";

/** By what the sender is let in, and where that is decided. */
export interface Grant {
  agent: string;
  by: "iam" | "mesh" | "kafkaAcl" | "mqttAcl";
  at: string;
  what: string;
}

/** Where the way is opened, for whom and to what. */
export interface Rule {
  at: string;
  by:
    | "latticeAuthPolicy"
    | "authorizationPolicy"
    | "eventRule"
    | "topicAcl"
    | "gatewayTarget"
    | "resourcePolicy";
  caller: string;
  target: string;
}

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

/** Expands a topology that is valid, channel by channel: an edge never depends on another one. */
export function expand(topology: AgentTopology): Edge[] {
  return Object.entries(topology.channels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([channel, declaration]) => edgeOf(topology, channel, declaration));
}

function edgeOf(topology: AgentTopology, channel: string, declaration: AgentChannel): Edge {
  const [transport] = transportsOf(declaration);
  const from = endOf(topology, declaration.from);
  const to = endOf(topology, declaration.to);
  const labels = joinedLabels(declaration.carries.flatMap((name) => topology.datasets[name] ?? []));
  if (!transport || !from || !to || !labels) throw new RangeError(`channel ${channel} is not valid`);
  const carrier = carrierOf(topology, transport, from, to);
  const base = { channel, transport, from, to, declaration, labels, carrier };
  return {
    ...base,
    crosses: from.at !== (to.at ?? from.at),
    grant: grantOf(base, topology),
    rule: ruleOf(base, topology),
    flow: flowOf(base, topology),
  };
}

type Unruled = Omit<Edge, "crosses" | "grant" | "rule" | "flow">;

export function endOf({ agents, tools, memories }: AgentTopology, name: string): End | undefined {
  const agent = own(agents, name);
  if (agent) return { kind: "agent", name, at: agent.at };
  const memory = own(memories, name);
  if (memory) return { kind: "memory", name, at: memory.at };
  return own(tools, name) ? { kind: "tool", name, at: undefined } : undefined;
}

/** A member of a map that users name the keys of. */
export function own<T>(map: { [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

export function isAws(place: AgentPlace | undefined): boolean {
  return place?.aws !== undefined;
}

/** The place of the broker, bus or service of a channel. */
export function carrierPlace(topology: AgentTopology, transport: Transport, from: End, to: End): string {
  const at = from.at ?? "";
  const far = to.at ?? at;
  switch (transport) {
    // Who calls comes to who is called.
    case "http":
    case "grpc":
    case "memory":
      return far;
    // A bus is a thing of AWS: the sender's, else the receiver's.
    case "events":
      return isAws(topology.places[at]) ? at : far;
    default:
      return at;
  }
}

function carrierOf(topology: AgentTopology, transport: Transport, from: End, to: End): Carrier {
  const aws = isAws(topology.places[carrierPlace(topology, transport, from, to)]);
  switch (transport) {
    case "http":
    case "grpc":
      if (own(topology.agents, to.name)?.runtime === "agentcore") return "agentcoreRuntime";
      return aws ? "lattice" : "gatewayApi";
    case "events":
      return "eventBridge";
    case "stream":
      return aws ? "msk" : "strimzi";
    case "mqtt":
      return aws ? "iotCore" : "mosquitto";
    case "tool":
      return aws ? "agentcoreGateway" : "agentgateway";
    case "memory": {
      const memory = own(topology.memories, to.name);
      if (memory?.agentcore) return "agentcoreMemory";
      return memory?.dynamodb ? "dynamodb" : "valkey";
    }
  }
}

function grantOf({ transport, from, to, carrier, declaration }: Unruled, topology: AgentTopology): Grant {
  const at = carrierPlace(topology, transport, from, to);
  const by: { [carrier in Carrier]: Grant["by"] } = {
    lattice: "iam",
    agentcoreRuntime: "iam",
    eventBridge: "iam",
    msk: "iam",
    iotCore: "iam",
    agentcoreGateway: "iam",
    agentcoreMemory: "iam",
    dynamodb: "iam",
    gatewayApi: "mesh",
    agentgateway: "mesh",
    valkey: "mesh",
    strimzi: "kafkaAcl",
    mosquitto: "mqttAcl",
  };
  // Who calls a site from AWS brings a token that IAM gives it for this one receiver.
  const token = carrier === "gatewayApi" && isAws(topology.places[from.at ?? ""]);
  return { agent: from.name, by: token ? "iam" : by[carrier], at, what: subjectOf(declaration, to) };
}

function ruleOf({ transport, from, to, carrier, declaration }: Unruled, topology: AgentTopology): Rule {
  const at = carrierPlace(topology, transport, from, to);
  const by: { [carrier in Carrier]: Rule["by"] } = {
    lattice: "latticeAuthPolicy",
    agentcoreRuntime: "resourcePolicy",
    eventBridge: "eventRule",
    msk: "topicAcl",
    strimzi: "topicAcl",
    iotCore: "topicAcl",
    mosquitto: "topicAcl",
    agentcoreGateway: "gatewayTarget",
    agentcoreMemory: "resourcePolicy",
    dynamodb: "resourcePolicy",
    gatewayApi: "authorizationPolicy",
    agentgateway: "authorizationPolicy",
    valkey: "authorizationPolicy",
  };
  return { at, by: by[carrier], caller: from.name, target: subjectOf(declaration, to) };
}

/** What exactly is reached, in words of the transport. */
function subjectOf({ http, grpc, events, stream, mqtt, tool, memory }: AgentChannel, to: End): string {
  if (http) return `${to.name} ${http.paths.join(" ")}`;
  if (grpc) return `${to.name} ${grpc.service}`;
  if (events) return events.detailType;
  if (stream) return stream.topic;
  if (mqtt) return mqtt.topic;
  if (tool) return `${to.name} ${tool.operations.join(" ")}`;
  return `${to.name} ${memory?.access ?? ""}`;
}

function flowOf(edge: Unruled, topology: AgentTopology): Flow {
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
function storesOf({ transport, from, to, declaration }: Unruled, topology: AgentTopology): Flow["stores"] {
  const at = carrierPlace(topology, transport, from, to);
  const far = to.at ?? at;
  const { events, stream, memory } = declaration;
  if (events) {
    const queue = queuePlace(topology, from, to);
    return [
      { what: "queue", at: queue, keepDays: QUEUE_DAYS },
      { what: "dead letters", at: queue, keepDays: DEAD_LETTER_DAYS },
      ...(events.keepDays === undefined ? [] : [{ what: "archive", at, keepDays: events.keepDays }]),
    ];
  }
  if (stream) {
    const keepDays = (stream.retentionHours ?? 24) / 24;
    return [...new Set([at, far])].map((each) => ({ what: `topic ${stream.topic}`, at: each, keepDays }));
  }
  const remembered = own(topology.memories, to.name);
  return memory && remembered ? [{ what: `memory ${to.name}`, at: far, keepDays: remembered.keepDays }] : [];
}

/** Where the tasks of a channel wait: with the receiver if it is in AWS, else where the bus is. */
export function queuePlace(topology: AgentTopology, from: End, to: End): string {
  return isAws(topology.places[to.at ?? ""]) ? (to.at ?? "") : carrierPlace(topology, "events", from, to);
}

/** The place as residencies are judged by it. */
export function placeOf(name: string, place: AgentPlace): Place {
  const region = place.aws && placeOfAwsRegion(place.aws.region);
  return region ?? { country: place.site?.country ?? "", site: name, operator: "self" };
}

/** Where the model of an agent may answer: nowhere else than its own place unless an inference profile says so. */
export function modelPlaces(agent: AgentDeclaration, topology: AgentTopology): Place[] | { problem: string } {
  const place = own(topology.places, agent.at);
  if (agent.model === undefined || !place) return [];
  if (!place.aws) return [placeOf(agent.at, place)];
  const found = inferenceRegions(agent.model, place.aws.region);
  if ("problem" in found) return found;
  return found.regions.map(
    (region) =>
      placeOfAwsRegion(region) ?? { country: ANYWHERE, site: `any region (${agent.model})`, operator: "aws" },
  );
}
