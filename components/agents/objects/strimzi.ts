import type * as pulumi from "@pulumi/pulumi";
import type { CustomObject, ObjectName } from "../../site/objects/custom-object";

/** The only version of its API since Strimzi 1.0. */
const API = "kafka.strimzi.io/v1";

export interface KafkaTopicSpec {
  topicName: string;
  partitions: number;
  replicas: number;
  config: { [key: string]: number };
}

export function kafkaTopic(metadata: ObjectName, spec: KafkaTopicSpec): CustomObject<KafkaTopicSpec> {
  return { apiVersion: API, kind: "KafkaTopic", metadata, spec };
}

export interface KafkaUserSpec {
  authentication: { type: string };
  authorization: {
    type: string;
    acls: { resource: { type: string; name: string; patternType: string }; operations: string[] }[];
  };
}

/** What a client may do with one topic, and with the topics that it keeps its own state in. */
export interface KafkaRights {
  topic: string;
  writes?: boolean;
  /** Consumer group that it reads in. */
  reads?: string;
  keeps?: MirrorTopics;
}

/** A client with a certificate of its own, and one topic that it may write or read. */
export function kafkaUser(
  metadata: ObjectName,
  { topic, writes, reads, keeps }: KafkaRights,
): CustomObject<KafkaUserSpec> {
  const literal = (type: string, name: string, ...operations: string[]) => ({
    resource: { type, name, patternType: "literal" },
    operations,
  });
  return {
    apiVersion: API,
    kind: "KafkaUser",
    metadata,
    spec: {
      authentication: { type: "tls" },
      authorization: {
        type: "simple",
        acls: [
          ...(writes ? [literal("topic", topic, "Describe", "Write")] : []),
          ...(reads === undefined
            ? []
            : [literal("topic", topic, "Describe", "Read"), literal("group", reads, "Read")]),
          ...(keeps
            ? [
                ...keeps.topics.map((each) =>
                  literal("topic", each, "Create", "Describe", "DescribeConfigs", "Read", "Write"),
                ),
                literal("group", keeps.group, "Read"),
              ]
            : []),
        ],
      },
    },
  };
}

/** What a mirror keeps of its own in the cluster that it writes to. */
export interface MirrorTopics {
  group: string;
  config: string;
  status: string;
  offset: string;
  topics: string[];
}

export function mirrorTopics(channel: string): MirrorTopics {
  const group = `${channel}-mirror`;
  const [config, status, offset] = [`${group}-config`, `${group}-status`, `${group}-offset`];
  return { group, config, status, offset, topics: [config, status, offset] };
}

/** A cluster at one end of a mirror. */
export interface MirrorEnd {
  alias: string;
  bootstrapServers: pulumi.Input<string>;
  /** Secret with the certificate of a client of Strimzi. Absent at MSK, which knows clients by their role. */
  certificate?: string;
}

interface MirrorCluster {
  alias: string;
  bootstrapServers: pulumi.Input<string>;
  tls: { trustedCertificates: { secretName: string; pattern: string }[] };
  authentication:
    | { type: "tls"; certificateAndKey: { secretName: string; certificate: string; key: string } }
    | { type: "custom"; sasl: true; config: { [key: string]: string } };
}

export interface MirrorMakerSpec {
  replicas: number;
  target: MirrorCluster & {
    groupId: string;
    configStorageTopic: string;
    statusStorageTopic: string;
    offsetStorageTopic: string;
  };
  mirrors: {
    source: MirrorCluster;
    sourceConnector: { tasksMax: number; config: { [key: string]: string | number } };
    topicsPattern: string;
  }[];
}

/** Copies one topic from one cluster to another under the same name. Its published examples copy everything. */
export function mirror(
  metadata: ObjectName,
  source: MirrorEnd,
  target: MirrorEnd,
  topic: string,
): CustomObject<MirrorMakerSpec> {
  const { group, config, status, offset } = mirrorTopics(metadata.name);
  return {
    apiVersion: API,
    kind: "KafkaMirrorMaker2",
    metadata,
    spec: {
      replicas: 1,
      target: {
        ...clusterOf(target),
        groupId: group,
        configStorageTopic: config,
        statusStorageTopic: status,
        offsetStorageTopic: offset,
      },
      mirrors: [
        {
          source: clusterOf(source),
          sourceConnector: {
            tasksMax: 1,
            config: {
              "replication.policy.class": "org.apache.kafka.connect.mirror.IdentityReplicationPolicy",
              "sync.topic.acls.enabled": "false",
              // Readers start anew at the copy, so that no topic of offsets is kept at either end.
              "emit.offset-syncs.enabled": "false",
            },
          },
          topicsPattern: exactly(topic),
        },
      ],
    },
  };
}

function clusterOf({ alias, bootstrapServers, certificate }: MirrorEnd): MirrorCluster {
  return {
    alias,
    bootstrapServers,
    tls: { trustedCertificates: [{ secretName: "kafka-trust", pattern: "*.crt" }] },
    authentication:
      certificate === undefined
        ? {
            type: "custom",
            sasl: true,
            config: {
              "sasl.mechanism": "AWS_MSK_IAM",
              "sasl.jaas.config": "software.amazon.msk.auth.iam.IAMLoginModule required;",
              "sasl.client.callback.handler.class": "software.amazon.msk.auth.iam.IAMClientCallbackHandler",
            },
          }
        : {
            type: "tls",
            certificateAndKey: { secretName: certificate, certificate: "user.crt", key: "user.key" },
          },
  };
}

/** A name as a pattern that fits itself only: the dot is a letter in names and a wildcard in patterns. */
export function exactly(name: string): string {
  return name.replace(/\./g, "\\.");
}
