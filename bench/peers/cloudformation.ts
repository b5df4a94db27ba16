import { isRecord, isUnknown, leavesAt, type PlannedResource, type Value } from "@hybrid-ai-fabric/graph";

interface Part {
  /** Type in CloudFormation; those of one type make up one resource. */
  of: string;
  path: string;
  put(destination: unknown): { [property: string]: unknown };
}

/** What carries a destination in a template. Several types of Pulumi and Terraform are properties of one bucket here. */
const parts: { [type: string]: Part | undefined } = {
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    of: "AWS::S3::Bucket",
    path: "rules[].destination.bucket",
    put: (Bucket) => ({
      ReplicationConfiguration: {
        Role: "arn:aws:iam::111122223333:role/replication",
        Rules: [{ Status: "Enabled", Destination: { Bucket } }],
      },
    }),
  },
  "aws:s3/bucketLogging:BucketLogging": {
    of: "AWS::S3::Bucket",
    path: "targetBucket",
    put: (DestinationBucketName) => ({ LoggingConfiguration: { DestinationBucketName } }),
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    of: "AWS::S3::Bucket",
    path: "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId",
    put: (KMSMasterKeyID) => ({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID } },
        ],
      },
    }),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    of: "AWS::Events::Rule",
    path: "arn",
    put: (Arn) => ({ EventPattern: { source: ["orders"] }, Targets: [{ Id: "central", Arn }] }),
  },
  "aws:backup/plan:Plan": {
    of: "AWS::Backup::BackupPlan",
    path: "rules[].copyActions[].destinationVaultArn",
    put: (DestinationBackupVaultArn) => ({
      BackupPlan: {
        BackupPlanName: "nightly",
        BackupPlanRule: [
          {
            RuleName: "nightly",
            TargetBackupVault: "near",
            CopyActions: [{ DestinationBackupVaultArn }],
          },
        ],
      },
    }),
  },
  "aws:dynamodb/table:Table": {
    of: "AWS::DynamoDB::GlobalTable",
    path: "replicas[].regionName",
    put: (Region) => ({
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      Replicas: [{ Region: "ap-northeast-1" }, { Region }],
    }),
  },
  "aws:bedrock/inferenceProfile:InferenceProfile": {
    of: "AWS::Bedrock::ApplicationInferenceProfile",
    path: "modelSource.copyFrom",
    put: (CopyFrom) => ({ InferenceProfileName: "assistant", ModelSource: { CopyFrom } }),
  },
  "aws:cloudwatch/logDestination:LogDestination": {
    of: "AWS::Logs::Destination",
    path: "targetArn",
    put: (TargetArn) => ({
      ...{ DestinationName: "siem", RoleArn: "arn:aws:iam::111122223333:role/logs", TargetArn },
    }),
  },
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
    of: "AWS::EC2::VPCPeeringConnection",
    path: "peerRegion",
    put: (PeerRegion) => ({ VpcId: "vpc-0123456789abcdef0", PeerVpcId: "vpc-005aca", PeerRegion }),
  },
};

/**
 * What of a plan a template can say: one stack is one region, so what stands in another one is named by a literal or by a
 * parameter. Undefined for a plan whose leak is a region.
 */
export function template(resources: readonly PlannedResource[]): unknown {
  const Resources: { [name: string]: { Type: string; Properties: { [property: string]: unknown } } } = {};
  for (const resource of resources) {
    const part = parts[resource.type];
    const [leaf] = part ? leavesAt(resource.inputs, part.path) : [];
    if (!part || !leaf) continue;
    const name = part.of.replaceAll("::", "");
    const before = Resources[name]?.Properties;
    Resources[name] = { Type: part.of, Properties: { ...before, ...part.put(written(leaf.value)) } };
  }
  if (Object.keys(Resources).length === 0) return undefined;
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Parameters: { Destination: { Type: "String" } },
    Resources,
  };
}

function written(value: Value): unknown {
  return isUnknown(value) || isRecord(value) ? { Ref: "Destination" } : value;
}

/** A template of a size, for timing. */
export function largeTemplate(size: number): unknown {
  const bucket = { Type: "AWS::S3::Bucket", Properties: { BucketName: "b" } };
  const Resources = Object.fromEntries(Array.from({ length: size }, (_, index) => [`B${index}`, bucket]));
  return { AWSTemplateFormatVersion: "2010-09-09", Resources };
}
