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

/** A client with a certificate of its own, and one topic that it may write or read. */
export function kafkaUser(
  metadata: ObjectName,
  topic: string,
  may: "write" | "read",
  group: string,
): CustomObject<KafkaUserSpec> {
  const literal = (type: string, name: string) => ({ type, name, patternType: "literal" });
  return {
    apiVersion: API,
    kind: "KafkaUser",
    metadata,
    spec: {
      authentication: { type: "tls" },
      authorization: {
        type: "simple",
        acls: [
          {
            resource: literal("topic", topic),
            operations: may === "write" ? ["Describe", "Write"] : ["Describe", "Read"],
          },
          ...(may === "read" ? [{ resource: literal("group", group), operations: ["Read"] }] : []),
        ],
      },
    },
  };
}

interface MirrorEnd {
  alias: string;
  bootstrapServers: pulumi.Input<string>;
}

export interface MirrorMakerSpec {
  replicas: number;
  target: MirrorEnd & {
    groupId: string;
    configStorageTopic: string;
    statusStorageTopic: string;
    offsetStorageTopic: string;
    tls: { trustedCertificates: { secretName: string; pattern: string }[] };
  };
  mirrors: {
    source: MirrorEnd & { tls: { trustedCertificates: { secretName: string; pattern: string }[] } };
    sourceConnector: { tasksMax: number; config: { [key: string]: string | number } };
    topicsPattern: string;
    groupsPattern: string;
  }[];
}

/** Copies one topic from one cluster to another under the same name. Its published examples copy everything. */
export function mirror(
  metadata: ObjectName,
  source: MirrorEnd,
  target: MirrorEnd,
  topic: string,
  group: string,
): CustomObject<MirrorMakerSpec> {
  const internal = `${metadata.name}-mirror`;
  const tls = { trustedCertificates: [{ secretName: "kafka-trust", pattern: "*.crt" }] };
  return {
    apiVersion: API,
    kind: "KafkaMirrorMaker2",
    metadata,
    spec: {
      replicas: 1,
      target: {
        ...target,
        groupId: internal,
        configStorageTopic: `${internal}-config`,
        statusStorageTopic: `${internal}-status`,
        offsetStorageTopic: `${internal}-offset`,
        tls,
      },
      mirrors: [
        {
          source: { ...source, tls },
          sourceConnector: {
            tasksMax: 1,
            config: {
              "replication.policy.class": "org.apache.kafka.connect.mirror.IdentityReplicationPolicy",
              "sync.topic.acls.enabled": "false",
              "offset-syncs.topic.replication.factor": 3,
            },
          },
          topicsPattern: exactly(topic),
          groupsPattern: exactly(group),
        },
      ],
    },
  };
}

/** A name as a pattern that fits itself only: the dot is a letter in names and a wildcard in patterns. */
export function exactly(name: string): string {
  return name.replace(/\./g, "\\.");
}
