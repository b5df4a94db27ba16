import * as pulumi from "@pulumi/pulumi";
import type { Edge } from "../expansion";
import { kafkaTopic, kafkaUser, mirror } from "../objects/strimzi";
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

/** Streams on site: for each channel a topic, users with one topic each, and a mirror when it crosses. */
export function renderSiteStreams(
  context: ClusterContext,
  edges: readonly Edge[],
  kafka: SiteKafka | undefined,
  ready: pulumi.Resource[],
): void {
  const { place, topology } = context;
  if (!topology.places[place]?.site || !kafka) return;
  const labels = { "strimzi.io/cluster": kafka.cluster };
  for (const edge of edges) {
    const { channel, from, to, declaration, crosses } = edge;
    const { stream } = declaration;
    if (!stream || (from.at !== place && to.at !== place)) continue;
    const { namespace } = kafka;
    const topic = kafkaTopic(
      { name: channel, namespace, labels, annotations: dataOf(edge) },
      {
        topicName: stream.topic,
        partitions: stream.partitions ?? 3,
        replicas: REPLICAS,
        config: { "retention.ms": (stream.retentionHours ?? 24) * 3_600_000 },
      },
    );
    createFor(context, edge, "topic", topic, ready);
    for (const [end, may] of [
      [from, "write"],
      [to, "read"],
    ] as const) {
      if (end.at !== place) continue;
      const metadata = { name: `${channel}-${end.name}`, namespace, labels };
      createFor(context, edge, end.name, kafkaUser(metadata, stream.topic, may, end.name), ready);
    }
    if (!crosses) continue;
    const there = (from.at === place ? to.at : from.at) ?? "";
    const local = {
      alias: place,
      bootstrapServers: `${kafka.cluster}-kafka-bootstrap.${namespace}.svc:9093`,
    };
    const remote = {
      alias: there,
      bootstrapServers: pulumi.output(kafka.bootstrapServers).apply((servers) => servers[there] ?? ""),
    };
    const [source, target] = from.at === place ? [local, remote] : [remote, local];
    const metadata = { name: channel, namespace, annotations: dataOf(edge) };
    createFor(context, edge, "mirror", mirror(metadata, source, target, stream.topic, to.name), ready);
  }
}
