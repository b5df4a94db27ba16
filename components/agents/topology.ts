import type { DatasetLabels } from "../labels";

/**
 * Who may talk to whom, over what, carrying which data: the whole of it as plain values, so that it is known before
 * anything exists. What no channel connects is not connected.
 */
export interface AgentTopology {
  /** Where agents and tools are. */
  places: { [name: string]: AgentPlace };
  /** Data that channels carry, by name of the dataset. */
  datasets: { [name: string]: DatasetLabels };
  /** Agents by name. */
  agents: { [name: string]: AgentDeclaration };
  /** What agents call outside the fabric. */
  tools: { [name: string]: AgentTool };
  /** What agents remember. */
  memories: { [name: string]: AgentMemoryDeclaration };
  /** The only ways between them. */
  channels: { [name: string]: AgentChannel };
}

/** A region of AWS or a site: exactly one of the two. */
export interface AgentPlace {
  /** A region of AWS. Exactly one of both is given. */
  aws?: AgentPlaceAws;
  /** A site of the customer. Exactly one of both is given. */
  site?: AgentPlaceSite;
}

export interface AgentPlaceAws {
  /** AWS region. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** Brokers of its own for streams. Default: MSK Serverless, which takes no key of the customer. */
  kafka?: AgentPlaceBrokers;
  /** Calls to its agents come through an Application Load Balancer. Default: through VPC Lattice. */
  loadBalancer?: AgentPlaceLoadBalancer;
}

/** A provisioned cluster of MSK. */
export interface AgentPlaceBrokers {
  /** Such as express.m7g.large or kafka.m7g.large. */
  instanceType: string;
  /** In all zones together: a multiple of their number. */
  count: number;
  /** Default: 3.8.x. */
  kafkaVersion?: string;
  /** GiB of disk for each broker; Express has none. Default: 100. */
  volumeGib?: number;
}

/** A load balancer that checks tokens, for callers that cannot sign requests. */
export interface AgentPlaceLoadBalancer {
  /** Domain of the place: agents are called by names below it. */
  domain: string;
  /** ARN of a certificate for agents of this domain, in this region. */
  certificateArn: string;
  /** Issuer of the tokens of the account (its outbound web identity federation), known after its first update. */
  tokenIssuer: string;
}

export interface AgentPlaceSite {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** SPIFFE trust domain of the mesh on site. */
  trustDomain: string;
  /** Issuer of the tokens of its cluster; its provider must exist in the account. */
  issuerUrl?: string;
  /** ARN of the trust anchor of its certificates, where nothing may be published. */
  trustAnchorArn?: string;
  /** How AWS reaches the Kafka of the site. Needed for events that come from one of its topics. */
  kafka?: AgentPlaceSiteKafka;
  /** What carries MQTT on site: mosquitto or nats. Default: mosquitto. */
  mqttBroker?: string;
}

export interface AgentPlaceSiteKafka {
  /** Host and port as seen over the interconnect, such as kafka.ty-cage.example:9094. */
  address: string;
  /** Secret in AWS with the client certificate of pipes. */
  clientSecretArn: string;
  /** Secret in AWS with the authority that signed the brokers' certificates. */
  caSecretArn: string;
}

export interface AgentDeclaration {
  /** Name of its place. */
  at: string;
  /** In AWS: eks, ecs or agentcore; on a site: kubernetes. */
  runtime: string;
  /** Kubernetes namespace. Default: agents. */
  namespace?: string;
  /** Container image; AgentCore takes nothing else. */
  image?: string;
  /** Port that it is called on. Default: 8080. */
  port?: number;
  /** Model of Bedrock or of the site that it asks: an id or an inference profile. */
  model?: string;
  /** Datasets that it may receive. Default: all that its place allows. */
  holds?: string[];
  /** What it may turn into something less: the only thing that ends the reach of a dataset. */
  declassifies?: AgentDeclassification[];
}

/** A step after which a dataset counts as another one. */
export interface AgentDeclassification {
  /** Dataset that goes in. */
  from: string;
  /** Dataset that comes out. */
  to: string;
  /** Id of the approval in the settings of the packs. */
  approval: string;
}

export interface AgentTool {
  /** Address; its host is all that agents may reach by this tool. */
  url: string;
  /** Country whose law applies to what the tool learns: ISO 3166-1 alpha-2. */
  jurisdiction: string;
  /** mcp, openapi or http. Default: mcp. */
  protocol?: string;
  /**
   * Its description as JSON, which an openapi tool needs: operations are made from it, and it may name no other host.
   */
  schema?: string;
  /** Name of the AgentCore credential provider (OAuth). Default: none, the gateway's own IAM role. */
  credentialProvider?: string;
}

/** Exactly one of the three stores. */
export interface AgentMemoryDeclaration {
  /** Name of the place that it stands in. */
  at: string;
  /** Datasets that it may hold. */
  holds: string[];
  /** Days that something is remembered: 7 to 365 in AgentCore. */
  keepDays: number;
  /** Memory of Bedrock AgentCore. Exactly one kind is given. */
  agentcore?: AgentMemoryAgentCore;
  /** A table of DynamoDB. Exactly one kind is given. */
  dynamodb?: AgentMemoryDynamoDb;
  /** A cache that speaks Valkey. Exactly one kind is given. */
  valkey?: AgentMemoryValkey;
}

export interface AgentMemoryAgentCore {
  /** Model that the custom strategy infers with, in the region itself. Default: events only, nothing is inferred. */
  model?: string;
}

export interface AgentMemoryDynamoDb {
  /** Attribute with the second at which an item expires. Default: expiresAt. */
  ttlAttribute?: string;
}

export interface AgentMemoryValkey {
  /** Such as 8Gi. */
  memory: string;
}

/** One way from one agent to an agent, a tool or a memory. Exactly one transport. */
export interface AgentChannel {
  /** Agent that speaks. */
  from: string;
  /** Agent, tool or memory that is spoken to. */
  to: string;
  /** Names of datasets. */
  carries: string[];
  /** Requests over HTTP. Exactly one transport is given. */
  http?: AgentChannelHttp;
  /** Calls over gRPC. Exactly one transport is given. */
  grpc?: AgentChannelGrpc;
  /** Events through a bus, one for each thing that happened. Exactly one transport is given. */
  events?: AgentChannelEvents;
  /** Records in order, through Kafka. Exactly one transport is given. */
  stream?: AgentChannelStream;
  /** Messages of devices over MQTT. Exactly one transport is given. */
  mqtt?: AgentChannelMqtt;
  /** Calls of a tool. Exactly one transport is given. */
  tool?: AgentChannelTool;
  /** Reads and writes of a memory. Exactly one transport is given. */
  memory?: AgentChannelMemory;
}

export interface AgentChannelHttp {
  /** Paths that may be called, such as /a2a. */
  paths: string[];
  /** Default: POST. */
  methods?: string[];
}

export interface AgentChannelGrpc {
  /** Full name of the service, such as scoring.v1.Scorer. */
  service: string;
  /** Default: all of the service. */
  methods?: string[];
}

export interface AgentChannelEvents {
  /** What the event is called; the rule matches it exactly. */
  detailType: string;
  /** Days that events are archived. Default: they are not. */
  keepDays?: number;
  /** Sends the task by itself: rate(...) or cron(...). Default: the sender decides. */
  schedule?: string;
  /**
   * Topic of the Kafka on site that the sender writes to, exactly; a pipe takes what is in it to the bus. Default: the
   * sender puts events on the bus itself.
   */
  fromTopic?: string;
}

export interface AgentChannelStream {
  /** Exact name. */
  topic: string;
  /** Default: 3. */
  partitions?: number;
  /** Default: 24. */
  retentionHours?: number;
}

export interface AgentChannelMqtt {
  /** Exact name, without + and #. */
  topic: string;
  /** What a rule hands messages to for the receiver in AWS: queue or stream. Default: the receiver subscribes. */
  deliverTo?: string;
}

export interface AgentChannelTool {
  /** Operations of the tool that may be called: names of MCP tools, or paths. */
  operations: string[];
}

export interface AgentChannelMemory {
  /** read, write or readWrite. */
  access: string;
}

export const transports = ["http", "grpc", "events", "stream", "mqtt", "tool", "memory"] as const;
export type Transport = (typeof transports)[number];

/** The transports that a channel names: one, when it is right. */
export function transportsOf(channel: AgentChannel): Transport[] {
  return transports.filter((transport) => channel[transport] !== undefined);
}
