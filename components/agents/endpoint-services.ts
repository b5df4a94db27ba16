import { type Edge, expand } from "./expansion";
import type { AgentTopology } from "./topology";

/**
 * Services that a channel is called by, as VPC endpoints name them. IoT Core is not among them: devices and agents meet it
 * under a name of the owner's, which its endpoints do not answer to.
 */
const byCarrier: { [carrier in Edge["carrier"]]: { sender: string[]; receiver: string[] } } = {
  lattice: { sender: [], receiver: [] },
  loadBalancer: { sender: [], receiver: [] },
  gatewayApi: { sender: [], receiver: [] },
  agentcoreRuntime: { sender: ["bedrock-agentcore"], receiver: [] },
  eventBridge: { sender: ["events"], receiver: ["sqs"] },
  eventBridgePipe: { sender: [], receiver: ["sqs"] },
  msk: { sender: [], receiver: [] },
  strimzi: { sender: [], receiver: [] },
  iotCore: { sender: [], receiver: [] },
  iotRule: { sender: [], receiver: ["sqs", "kinesis-streams"] },
  mosquitto: { sender: [], receiver: [] },
  nats: { sender: [], receiver: [] },
  agentcoreGateway: { sender: ["bedrock-agentcore.gateway"], receiver: [] },
  agentgateway: { sender: [], receiver: [] },
  agentcoreMemory: { sender: ["bedrock-agentcore"], receiver: [] },
  dynamodb: { sender: ["dynamodb"], receiver: [] },
  valkey: { sender: [], receiver: [] },
};

/** Endpoints that the agents of a place need, so that nothing they ask of AWS leaves its network. */
export function endpointsOfAgents(topology: AgentTopology, place: string): string[] {
  if (topology.places[place]?.aws === undefined) return [];
  const here = (at: string | undefined) => at === place;
  const called = expand(topology).flatMap((edge) => [
    ...(edge.grant.by === "iam" && here(edge.grant.at) ? byCarrier[edge.carrier].sender : []),
    // Who fetches from a site comes by the endpoint that stands where the queue is.
    ...(here(edge.rule.at) || here(edge.to.at) ? fetchedBy(edge) : []),
    ...(bringsToken(edge) && here(edge.from.at) ? ["sts"] : []),
  ]);
  const asks = Object.values(topology.agents).some(({ at, model }) => here(at) && model !== undefined);
  return [...new Set([...called, ...(asks ? ["bedrock-runtime"] : [])])].sort();
}

function fetchedBy({ carrier, declaration }: Edge): string[] {
  const { receiver } = byCarrier[carrier];
  if (carrier !== "iotRule") return receiver;
  return declaration.mqtt?.deliverTo === "stream" ? ["kinesis-streams"] : ["sqs"];
}

/** Calls that are let in by a token: the caller asks STS for one each time. */
function bringsToken({ carrier, grant }: Edge): boolean {
  return carrier === "loadBalancer" || (carrier === "gatewayApi" && grant.by === "iam");
}
