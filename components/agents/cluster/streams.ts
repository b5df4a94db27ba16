import * as pulumi from "@pulumi/pulumi";
import { pipeGroup } from "../aws/pipes";
import type { Edge } from "../expansion";
import { kafkaTopic, kafkaUser, mirror, mirrorTopics } from "../objects/strimzi";
import { type ClusterContext, createFor, dataOf } from "./context";

/** The Kafka of a site, and where its mirrors lead. */
export interface SiteKafka {
  /** Name of the Kafka object of Strimzi. */
  cluster: string;
  namespace: string;
  /** Brokers in AWS by place, for streams that cross. */
  bootstrapServers: pulumi.Input<{ [place: string]: string }>;
}

const REPLICAS = 3;

/**
 * Streams on site: for each channel a topic, users with one topic each, and a mirror when it crosses. Events that a pipe
 * fetches lie in a topic as well, with the pipe as its reader.
 */
export function renderSiteStreams(
  context: ClusterContext,
  edges: readonly Edge[],
  kafka: SiteKafka | undefined,
  ready: pulumi.Resource[],
): void {
  const { place, topology, fabric } = context;
  if (!topology.places[place]?.site || !kafka) return;
  const { namespace } = kafka;
  const labels = { "strimzi.io/cluster": kafka.cluster };
  for (const edge of edges) {
    const { channel, from, to, declaration, crosses } = edge;
    const { stream, events } = declaration;
    if (events?.fromTopic !== undefined && from.at === place) {
      keepTopic(edge, events.fromTopic, {});
      admit(edge, from.name, { topic: events.fromTopic, writes: true });
      admit(edge, "pipe", { topic: events.fromTopic, reads: pipeGroup(fabric, channel) });
    }
    if (!stream || (from.at !== place && to.at !== place)) continue;
    keepTopic(edge, stream.topic, stream);
    if (from.at === place) admit(edge, from.name, { topic: stream.topic, writes: true });
    if (to.at === place) admit(edge, to.name, { topic: stream.topic, reads: to.name });
    if (crosses) copy(edge, stream.topic);
  }

  function keepTopic(
    edge: Edge,
    topicName: string,
    { partitions = 3, retentionHours = 24 }: { partitions?: number; retentionHours?: number },
  ): void {
    const metadata = { name: edge.channel, namespace, labels, annotations: dataOf(edge) };
    const config = { "retention.ms": retentionHours * 3_600_000 };
    createFor(
      context,
      edge,
      "topic",
      kafkaTopic(metadata, { topicName, partitions, replicas: REPLICAS, config }),
      ready,
    );
  }

  function admit(edge: Edge, user: string, may: Parameters<typeof kafkaUser>[1]): void {
    const metadata = { name: `${edge.channel}-${user}`, namespace, labels };
    createFor(context, edge, user, kafkaUser(metadata, may), ready);
  }

  /** A mirror is a client at both ends: here by a certificate of its own, in AWS by its role. */
  function copy(edge: Edge, topic: string): void {
    const { channel, from, to } = edge;
    const out = from.at === place;
    const there = (out ? to.at : from.at) ?? "";
    const copier = `${channel}-copier`;
    const local = {
      alias: place,
      bootstrapServers: `${kafka?.cluster}-kafka-bootstrap.${namespace}.svc:9093`,
      certificate: copier,
    };
    const remote = {
      alias: there,
      bootstrapServers: pulumi.output(kafka?.bootstrapServers ?? {}).apply((servers) => servers[there] ?? ""),
    };
    const own = mirrorTopics(channel);
    admit(edge, "copier", out ? { topic, reads: own.group } : { topic, writes: true, keeps: own });
    const metadata = { name: channel, namespace, annotations: dataOf(edge) };
    const [source, target] = out ? [local, remote] : [remote, local];
    createFor(context, edge, "mirror", mirror(metadata, source, target, topic), ready);
  }
}
