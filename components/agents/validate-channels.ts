import {
  allowedPlacesText,
  type Dimension,
  describePlace,
  mayBeIn,
  type Place,
} from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../problems";
import { carrierPlace, type End, endOf, own, placeOf, queuePlace } from "./ends";
import { type AgentChannel, type AgentTopology, type Transport, transports, transportsOf } from "./topology";
import { validateCarrier } from "./validate-carriers";
import { mustBe, wrong } from "./validate-topology";

/** Everything that is wrong with channels: their ends, what they carry, and what their transport cannot do. */
export function validateChannels(topology: AgentTopology): ArgumentProblem[] {
  const each = Object.entries(topology.channels).flatMap(([name, channel]) => {
    const path = `channels.${name}`;
    const found = transportsOf(channel);
    const [transport] = found;
    const from = own(topology.agents, channel.from) && endOf(topology, channel.from);
    const to = endOf(topology, channel.to);
    const receivers = [topology.agents, topology.tools, topology.memories].flatMap(Object.keys);
    return [
      ...mustBe(`${path}.from`, channel.from, Object.keys(topology.agents), "an agent"),
      ...mustBe(`${path}.to`, channel.to, receivers, "an agent, a tool or a memory"),
      ...(found.length === 1
        ? []
        : [
            wrong(
              path,
              `takes exactly one of ${transports.join(", ")}, not ${found.join(" and ") || "none"}`,
            ),
          ]),
      ...carried(path, channel, topology),
      ...(transport && from && to
        ? [
            ...ends(path, transport, from, to, topology),
            ...validateCarrier(path, channel, { from, to }, topology),
            ...allowed(path, channel, transport, from, to, topology),
          ]
        : []),
      ...words(path, channel),
    ];
  });
  return [...each, ...twice(topology)];
}

function carried(path: string, { carries }: AgentChannel, { datasets }: AgentTopology): ArgumentProblem[] {
  if (carries.length === 0) return [wrong(`${path}.carries`, "names no dataset")];
  return carries.flatMap((name, i) =>
    mustBe(`${path}.carries[${i}]`, name, Object.keys(datasets), "a dataset"),
  );
}

function ends(
  path: string,
  transport: Transport,
  from: End,
  to: End,
  topology: AgentTopology,
): ArgumentProblem[] {
  const kind = transport === "tool" || transport === "memory" ? transport : "agent";
  const isSite = (end: End) => topology.places[end.at ?? ""]?.site !== undefined;
  return [
    ...(to.kind === kind
      ? []
      : [wrong(`${path}.to`, `"${to.name}" is a ${to.kind}; ${transport} leads to a ${kind}`)]),
    ...(transport === "grpc" && own(topology.agents, to.name)?.runtime === "agentcore"
      ? [
          wrong(
            `${path}.grpc`,
            `does not lead to "${to.name}": a runtime of AgentCore speaks A2A over http only`,
          ),
        ]
      : []),
    ...(from.name === to.name ? [wrong(`${path}.to`, `"${to.name}" needs no channel to itself`)] : []),
    ...(transport === "events" && isSite(from) && isSite(to)
      ? [wrong(`${path}.events`, "has no bus between two ends on site; use stream or mqtt")]
      : []),
    ...(transport === "memory" && isSite(to) && from.at !== to.at
      ? [
          wrong(
            `${path}.from`,
            `"${from.name}" is not at ${to.at}, and a store on site is reached from there only`,
          ),
        ]
      : []),
  ];
}

/** What a channel carries must be welcome at its receiver, and in every place that it rests in on the way. */
function allowed(
  path: string,
  channel: AgentChannel,
  transport: Transport,
  from: End,
  to: End,
  topology: AgentTopology,
): ArgumentProblem[] {
  const receiver = own(topology.agents, to.name) ?? own(topology.memories, to.name);
  const resting = channel.events
    ? [queuePlace(topology, from, to), carrierPlace(topology, transport, from, to)]
    : [];
  const visited: { what: string; place: Place; dimension: Dimension }[] = [
    ...placesOf(to, topology).map((place) => ({
      what: `its receiver "${to.name}"`,
      place,
      dimension: "store" as const,
    })),
    ...[...new Set(resting)].flatMap((name) => {
      const place = own(topology.places, name);
      return place
        ? [{ what: "its queue or bus", place: placeOf(name, place), dimension: "store" as const }]
        : [];
    }),
  ];
  return channel.carries.flatMap((dataset, i) => {
    const labels = own(topology.datasets, dataset);
    if (!labels) return [];
    const where = `${path}.carries[${i}]`;
    if (receiver?.holds && !receiver.holds.includes(dataset))
      return [
        wrong(
          where,
          `"${dataset}", which "${to.name}" may not hold (${receiver.holds.join(", ") || "nothing"})`,
        ),
      ];
    return visited.flatMap(({ what, place, dimension }) => {
      const verdict = mayBeIn(labels.residency, dimension, place, { kinds: labels.kinds });
      if (verdict.verdict === "holds") return [];
      const may = allowedPlacesText(labels.residency, dimension);
      return [wrong(where, `"${dataset}" may only be in ${may}, but ${what} is in ${describePlace(place)}`)];
    });
  });
}

function placesOf(end: End, { places, tools }: AgentTopology): Place[] {
  const tool = end.kind === "tool" ? own(tools, end.name) : undefined;
  if (tool) return [{ country: tool.jurisdiction, site: end.name, operator: "self" }];
  const place = own(places, end.at ?? "");
  return place ? [placeOf(end.at ?? "", place)] : [];
}

const kafkaTopicName = /^[a-zA-Z0-9._-]{1,249}$/;

/** Names that brokers and routes match: a wildcard in one would open more than the channel. */
function words(path: string, channel: AgentChannel): ArgumentProblem[] {
  const { http, grpc, events, stream, mqtt, tool, memory } = channel;
  const exact = (at: string, text: string, legal: RegExp, noun: string) =>
    legal.test(text)
      ? []
      : [wrong(`${path}.${at}`, `"${text}" is not ${noun}, exactly and without wildcards`)];
  const days = events?.keepDays;
  const hours = stream?.retentionHours ?? 24;
  const partitions = stream?.partitions ?? 3;
  return [
    ...(http?.paths.length === 0 ? [wrong(`${path}.http.paths`, "names no path")] : []),
    ...(http?.paths ?? []).flatMap((text, i) =>
      exact(`http.paths[${i}]`, text, /^\/[A-Za-z0-9._~/-]*$/, "a path such as /a2a"),
    ),
    ...(http?.methods ?? []).flatMap((method, i) =>
      mustBe(
        `${path}.http.methods[${i}]`,
        method,
        ["GET", "POST", "PUT", "PATCH", "DELETE"],
        "a method of HTTP",
      ),
    ),
    ...(grpc
      ? exact("grpc.service", grpc.service, /^[A-Za-z_][\w.]*$/, "a service such as scoring.v1.Scorer")
      : []),
    ...(grpc?.methods ?? []).flatMap((text, i) =>
      exact(`grpc.methods[${i}]`, text, /^[A-Za-z_]\w*$/, "a method"),
    ),
    ...(events
      ? exact(
          "events.detailType",
          events.detailType,
          /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/,
          "the name of an event",
        )
      : []),
    ...(events?.schedule === undefined || /^(rate|cron)\(.+\)$/.test(events.schedule)
      ? []
      : [wrong(`${path}.events.schedule`, `"${events.schedule}" is neither rate(...) nor cron(...)`)]),
    ...(days === undefined || (Number.isInteger(days) && days > 0)
      ? []
      : [
          wrong(
            `${path}.events.keepDays`,
            `${days} is not a number of days; an archive without one is kept forever`,
          ),
        ]),
    ...(events?.fromTopic === undefined
      ? []
      : exact("events.fromTopic", events.fromTopic, kafkaTopicName, "the name of a topic")),
    ...(stream ? exact("stream.topic", stream.topic, kafkaTopicName, "the name of a topic") : []),
    ...(hours > 0 ? [] : [wrong(`${path}.stream.retentionHours`, `${hours} keeps nothing, or everything`)]),
    ...(Number.isInteger(partitions) && partitions > 0
      ? []
      : [wrong(`${path}.stream.partitions`, `${partitions} is not a number of partitions`)]),
    ...(mqtt
      ? exact("mqtt.topic", mqtt.topic, /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, "the name of a topic")
      : []),
    ...(tool?.operations.length === 0 ? [wrong(`${path}.tool.operations`, "allows no operation")] : []),
    ...(tool?.operations ?? []).flatMap((text, i) =>
      exact(`tool.operations[${i}]`, text, /^[A-Za-z0-9_./-]+$/, "an operation of the tool"),
    ),
    ...(memory
      ? mustBe(`${path}.memory.access`, memory.access, ["read", "write", "readWrite"], "an access")
      : []),
  ];
}

/** Two channels over one topic or event are one channel with two names: a grant for one would open the other. */
function twice({ channels }: AgentTopology): ArgumentProblem[] {
  const seen = new Map<string, string>();
  return Object.entries(channels).flatMap(([name, channel]) =>
    keysOf(channel).flatMap((key) => {
      const first = seen.get(key);
      seen.set(key, first ?? name);
      return first ? [wrong(`channels.${name}`, `is the ${key} that channels.${first} is already`)] : [];
    }),
  );
}

/** By what brokers, buses and routes tell one channel from another. */
function keysOf({ from, to, http, grpc, events, stream, mqtt, tool, memory }: AgentChannel): string[] {
  if (events)
    return [
      `event ${from} ${events.detailType}`,
      ...(events.fromTopic === undefined ? [] : [`topic ${events.fromTopic}`]),
    ];
  if (stream) return [`topic ${stream.topic}`];
  if (mqtt) return [`topic ${mqtt.topic} of MQTT`];
  return [
    `way ${from} -> ${to} over ${http ? "http" : grpc ? "grpc" : tool ? "tool" : memory ? "memory" : "nothing"}`,
  ];
}
