import {
  channelsOf,
  declaredProperties,
  type Finding,
  leavesAt,
  type PlannedResource,
  type Rule,
  shortName,
  type View,
} from "@hybrid-ai-fabric/graph";
import { belongingOf } from "./agent-channels";
import { type Presence, presences } from "./arrivals";

/** Types by which agents exchange data, and in which it waits on the way. */
const carriers = new Set([
  "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
  "aws:bedrock/agentcoreHarness:AgentcoreHarness",
  "aws:bedrock/agentcoreMemory:AgentcoreMemory",
  "aws:cloudwatch/eventApiDestination:EventApiDestination",
  "aws:cloudwatch/eventArchive:EventArchive",
  "aws:cloudwatch/eventBus:EventBus",
  "aws:cloudwatch/eventEndpoint:EventEndpoint",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:iot/topicRule:TopicRule",
  "aws:kinesis/stream:Stream",
  "aws:mq/broker:Broker",
  "aws:msk/channel:Channel",
  "aws:msk/cluster:Cluster",
  "aws:msk/replicator:Replicator",
  "aws:msk/serverlessCluster:ServerlessCluster",
  "aws:msk/topic:Topic",
  "aws:mskconnect/connector:Connector",
  "aws:pipes/pipe:Pipe",
  "aws:scheduler/schedule:Schedule",
  "aws:sns/topic:Topic",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queue:Queue",
  "aws:vpclattice/resourceConfiguration:ResourceConfiguration",
]);
const carrierKinds =
  /^kubernetes:(kafka\.strimzi\.io\/v1(beta2)?:(KafkaMirrorMaker2|KafkaConnector|KafkaTopic)|agentgateway\.dev\/v1alpha1:AgentgatewayBackend|kagent\.dev\/\w+:RemoteMCPServer|jetstream\.nats\.io\/\w+:Stream)$/;

/**
 * Asked of plans that declare channels, and only of what labelled data reaches: a program that has no topology is judged
 * by where its data goes alone.
 */
export const declaredChannelsOnly: Rule = {
  id: "agent-data-moves-over-declared-channels",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "Where channels are declared, every bus, broker, queue, pipe, gateway and memory that labelled data reaches belongs to one of them.",
  remediation:
    "Declare the channel in the topology, or mark the resource hybrid-ai:channel with the name of the one that it serves.",
  evaluate: (view) => {
    const declared = new Set(channelsOf(view).map(({ name }) => name));
    if (declared.size === 0) return [];
    const seen = new Set<string>();
    return presences(view).flatMap((presence) => {
      const { node } = presence.arrival;
      const type = node.resource?.type ?? "";
      if (seen.has(node.id) || !(carriers.has(type) || carrierKinds.test(type))) return [];
      if (onlyCommands(view, node.resource)) return [];
      seen.add(node.id);
      return judge(view, presence, declared);
    });
  },
};

/** Services that hand on what they are sent. */
const handsOn = /^arn:[^:]*:(events|sqs|sns|kinesis|iot|bedrock-agentcore):/;

/** A schedule that starts something else than a carrier sends a command, and nothing of what agents tell each other. */
function onlyCommands({ graph }: View, resource: PlannedResource | undefined): boolean {
  if (resource?.type !== "aws:scheduler/schedule:Schedule") return false;
  const [target] = leavesAt(declaredProperties(resource), "target.arn");
  if (typeof target?.value === "string") return !handsOn.test(target.value);
  const started = (resource.propertyDependencies.target ?? [])
    .map((urn) => graph.byUrn(urn)?.type ?? "")
    .filter((type) => type !== "aws:iam/role:Role");
  return started.length > 0 && !started.some((type) => carriers.has(type));
}

function judge(view: View, presence: Presence, declared: ReadonlySet<string>): Finding[] {
  const { arrival, dataset } = presence;
  const { node } = arrival;
  if (!node.resource) return [];
  const found = { urn: node.urn, dataset: dataset.name };
  const reached = `Dataset "${dataset.name}" reaches ${shortName(node.urn)}`;
  const at = (property: string) => [...presence.path, { urn: node.urn, property }];
  const belonging = belongingOf(node.resource, view.graph);
  if (belonging === undefined) {
    const verdict = arrival.certain ? ("broken" as const) : ("cannotBeShown" as const);
    const message = `${reached}, which belongs to no declared channel.`;
    return [{ ...found, verdict, message, path: at("tags") }];
  }
  if ("unknown" in belonging) {
    const message = `${reached}, and ${belonging.unknown}: which channel it serves cannot be shown.`;
    return [{ ...found, verdict: "cannotBeShown", message, path: at("tags") }];
  }
  if ("shared" in belonging) return [];
  return belonging.channels
    .filter((name) => !declared.has(name))
    .map((name) => ({
      ...found,
      verdict: "broken" as const,
      message: `${reached}, which serves channel "${name}": nothing declares that one.`,
      path: at(belonging.property),
    }));
}
