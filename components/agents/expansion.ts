import { type DatasetLabels, joinedLabels } from "../labels";
import { carrierPlace, type End, endOf, isAws, own } from "./ends";
import { type Flow, flowOf } from "./flow";
import { type AgentChannel, type AgentTopology, type Transport, transportsOf } from "./topology";

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
  | "loadBalancer"
  | "agentcoreRuntime"
  | "gatewayApi"
  | "eventBridge"
  | "eventBridgePipe"
  | "msk"
  | "strimzi"
  | "iotCore"
  | "iotRule"
  | "mosquitto"
  | "nats"
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
    | "listenerRule"
    | "authorizationPolicy"
    | "eventRule"
    | "topicAcl"
    | "topicRule"
    | "gatewayTarget"
    | "resourcePolicy";
  caller: string;
  target: string;
}

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
  const carrier = carrierOf(topology, transport, from, to, declaration);
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

function carrierOf(
  topology: AgentTopology,
  transport: Transport,
  from: End,
  to: End,
  { events, mqtt }: AgentChannel,
): Carrier {
  const place = topology.places[carrierPlace(topology, transport, from, to)];
  const aws = isAws(place);
  switch (transport) {
    case "http":
    case "grpc":
      if (own(topology.agents, to.name)?.runtime === "agentcore") return "agentcoreRuntime";
      if (!aws) return "gatewayApi";
      return place?.aws?.loadBalancer ? "loadBalancer" : "lattice";
    case "events":
      return events?.fromTopic === undefined ? "eventBridge" : "eventBridgePipe";
    case "stream":
      return aws ? "msk" : "strimzi";
    case "mqtt":
      if (mqtt?.deliverTo !== undefined) return "iotRule";
      if (aws) return "iotCore";
      return place?.site?.mqttBroker === "nats" ? "nats" : "mosquitto";
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
  const agent = from.name;
  const fromAws = isAws(topology.places[from.at ?? ""]);
  const sender = carrierPlace(topology, transport, from, to);
  // A rule of IoT Core stands with its receiver, and a sender in AWS publishes to it there.
  const at = carrier === "iotRule" && fromAws ? (to.at ?? sender) : sender;
  // The sender of a pipe is let into the topic on its own site; the bus only knows the pipe.
  if (carrier === "eventBridgePipe")
    return { agent, by: "kafkaAcl", at: from.at ?? at, what: declaration.events?.fromTopic ?? "" };
  const by: { [carrier in Exclude<Carrier, "eventBridgePipe">]: Grant["by"] } = {
    lattice: "iam",
    loadBalancer: "iam",
    agentcoreRuntime: "iam",
    eventBridge: "iam",
    msk: "iam",
    iotCore: "iam",
    iotRule: fromAws ? "iam" : "mqttAcl",
    agentcoreGateway: "iam",
    agentcoreMemory: "iam",
    dynamodb: "iam",
    gatewayApi: "mesh",
    agentgateway: "mesh",
    valkey: "mesh",
    strimzi: "kafkaAcl",
    mosquitto: "mqttAcl",
    nats: "mqttAcl",
  };
  // Who calls a site from AWS brings a token that IAM gives it for this one receiver.
  const token = carrier === "gatewayApi" && fromAws;
  return { agent, by: token ? "iam" : by[carrier], at, what: subjectOf(declaration, to) };
}

function ruleOf({ transport, from, to, carrier, declaration }: Unruled, topology: AgentTopology): Rule {
  const sender = carrierPlace(topology, transport, from, to);
  const at = carrier === "iotRule" ? (to.at ?? sender) : sender;
  const by: { [carrier in Carrier]: Rule["by"] } = {
    lattice: "latticeAuthPolicy",
    loadBalancer: "listenerRule",
    agentcoreRuntime: "resourcePolicy",
    eventBridge: "eventRule",
    eventBridgePipe: "eventRule",
    msk: "topicAcl",
    strimzi: "topicAcl",
    iotCore: "topicAcl",
    iotRule: "topicRule",
    mosquitto: "topicAcl",
    nats: "topicAcl",
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
