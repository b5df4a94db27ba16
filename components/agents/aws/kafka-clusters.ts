import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { joinedLabels, labelTags } from "../../labels";
import type { Edge } from "../expansion";
import type { AgentPlaceBrokers } from "../topology";
import { type AgentRegion, type FabricContext, policyOf } from "./region";

/** Port on which brokers of MSK take signed requests. */
const IAM_PORT = 9098;

/** The newest line that standard and Express brokers both run (MSK developer guide, supported versions). */
const KAFKA_VERSION = "3.8.x";

/** A cluster of MSK, whichever kind. */
export interface StreamCluster {
  arn: pulumi.Output<string>;
  bootstrapServers: pulumi.Output<string>;
  /** Group of its clients: a replicator that writes to it is one. */
  clientsGroupId: pulumi.Output<string>;
}

/** The cluster of one region: serverless, or brokers of its own where the place asks for them. */
export function createCluster(
  { name, parent }: FabricContext,
  region: AgentRegion,
  {
    brokers,
    edges,
    replicated,
  }: { brokers?: AgentPlaceBrokers; edges: readonly Edge[]; replicated: boolean },
): StreamCluster {
  const labels = joinedLabels(edges.map((edge) => edge.labels));
  const tags = labels ? labelTags(labels) : {};
  const child = { parent };
  const prefix = `${name}-${region.place}`;
  const clients = new aws.ec2.SecurityGroup(
    `${prefix}-stream`,
    {
      region: region.region,
      vpcId: region.vpcId,
      description: "Agents that stream by Kafka with IAM",
      ingress: [{ protocol: "tcp", fromPort: IAM_PORT, toPort: IAM_PORT, cidrBlocks: region.callerCidrs }],
      tags,
    },
    child,
  );
  const cluster = brokers ? provisioned(brokers) : serverless();
  if (replicated) admitReplicator();
  return {
    arn: cluster.arn,
    bootstrapServers: cluster.bootstrapBrokersSaslIam,
    clientsGroupId: clients.id,
  };

  function serverless(): aws.msk.ServerlessCluster {
    return new aws.msk.ServerlessCluster(
      prefix,
      {
        region: region.region,
        // Roles quote the name.
        clusterName: prefix,
        clientAuthentication: { sasl: { iam: { enabled: true } } },
        vpcConfigs: [{ subnetIds: region.subnetIds, securityGroupIds: [clients.id] }],
        tags,
      },
      child,
    );
  }

  /** Brokers that know every client by IAM, speak TLS only and keep data under the key of the region. */
  function provisioned({ instanceType, count, kafkaVersion, volumeGib }: AgentPlaceBrokers): aws.msk.Cluster {
    return new aws.msk.Cluster(
      prefix,
      {
        region: region.region,
        clusterName: prefix,
        kafkaVersion: kafkaVersion ?? KAFKA_VERSION,
        numberOfBrokerNodes: count,
        brokerNodeGroupInfo: {
          instanceType,
          clientSubnets: region.subnetIds,
          securityGroups: [clients.id],
          ...(isExpress(instanceType)
            ? {}
            : { storageInfo: { ebsStorageInfo: { volumeSize: volumeGib ?? 100 } } }),
          connectivityInfo: {
            publicAccess: { type: "DISABLED" },
            // A replicator in another region comes by private connections of its own.
            ...(replicated
              ? {
                  vpcConnectivity: {
                    clientAuthentication: { sasl: { iam: true, scram: false }, tls: false },
                  },
                }
              : {}),
          },
        },
        clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
        encryptionInfo: {
          ...(region.keyArn ? { encryptionAtRestKmsKeyArn: region.keyArn } : {}),
          encryptionInTransit: { clientBroker: "TLS", inCluster: true },
        },
        tags,
      },
      child,
    );
  }

  /** What MSK needs to fetch from here for a replicator in another region (MSK developer guide, source cluster). */
  function admitReplicator(): void {
    const statement = {
      Sid: "Replicator",
      Effect: "Allow",
      Principal: { Service: "kafka.amazonaws.com" },
      Action: ["kafka:CreateVpcConnection", "kafka:GetBootstrapBrokers", "kafka:DescribeClusterV2"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": region.accountId } },
    };
    new aws.msk.ClusterPolicy(
      prefix,
      { region: region.region, clusterArn: cluster.arn, policy: JSON.stringify(policyOf(statement)) },
      child,
    );
  }
}

/** Express brokers bring their storage with them. */
export function isExpress(instanceType: string): boolean {
  return instanceType.startsWith("express.");
}
