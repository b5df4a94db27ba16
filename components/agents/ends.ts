import { ANYWHERE, inferenceRegions, type Place, placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import type { AgentDeclaration, AgentPlace, AgentTopology, Transport } from "./topology";

/** What stands at an end of a channel. */
export type EndKind = "agent" | "tool" | "memory";

export interface End {
  kind: EndKind;
  name: string;
  /** Name of the place; undefined for a tool, which stands outside all of them. */
  at: string | undefined;
}

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
