import { ANYWHERE, type Place } from "@hybrid-ai-fabric/locality";
import * as pulumi from "@pulumi/pulumi";
import { registeredLabels } from "../labels";
import { type End, modelPlaces, own, placeOf } from "./ends";
import type { Edge } from "./expansion";
import type { AgentTopology } from "./topology";

/** What holds the resources of one channel together: they come and go with it, and take its labels. */
export class DeclaredChannel extends pulumi.ComponentResource {
  constructor(name: string, edge: Edge, topology: AgentTopology, opts: pulumi.ComponentResourceOptions) {
    const { channel, transport, from, to, labels, flow } = edge;
    super(
      "hybrid-ai-fabric:index:DeclaredChannel",
      name,
      { channel, transport, from: from.name, to: to.name },
      opts,
    );
    this.registerOutputs({
      channel,
      transport,
      from: from.name,
      to: to.name,
      carries: flow.carries,
      via: flow.via,
      answers: flow.answers,
      stores: flow.stores.map((store) => ({ ...store, place: placeInWords(store.at, topology) })),
      fromPlaces: placesOf(from, topology),
      toPlaces: placesOf(to, topology),
      declassifies: own(topology.agents, from.name)?.declassifies ?? [],
      labels: registeredLabels(labels),
    });
  }
}

/** Where an end is, and where the model of an agent may answer, in the words that rules read. */
function placesOf({ kind, name, at = "" }: End, topology: AgentTopology): string[] {
  const tool = kind === "tool" ? own(topology.tools, name) : undefined;
  if (tool) return [tool.jurisdiction];
  const place = own(topology.places, at);
  const agent = own(topology.agents, name);
  const models = agent ? modelPlaces(agent, topology) : [];
  const all = [...(place ? [placeOf(at, place)] : []), ...(Array.isArray(models) ? models : [])];
  return [...new Set(all.map(inWords))].sort();
}

/** The place of something that is kept on the way. */
function placeInWords(at: string, topology: AgentTopology): string {
  const place = own(topology.places, at);
  return place ? inWords(placeOf(at, place)) : at;
}

function inWords({ region, country }: Place): string {
  if (region) return `aws:${region}`;
  return country === ANYWHERE ? "anywhere" : country;
}
