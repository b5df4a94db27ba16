import { bucket, claims, type ResourceSpec, ref, registry } from "../support/plan";

/**
 * Programs of somebody else, each with one thing wrong in how it serves or keeps knowledge. None knows our components:
 * what gives them away are types, labels and references.
 */
export interface ServingVariant {
  /** What is wrong, as a sentence. */
  title: string;
  specs: ResourceSpec[];
  settings?: object;
  /** Rule that refuses it, and what its message must say. */
  rule: string;
  message: RegExp;
}

const tokyo = "ap-northeast-1";
const frankfurt = "eu-central-1";
const virginia = "us-east-1";

const balancer = (name: string, region: string, tags?: { [tag: string]: string }): ResourceSpec => ({
  type: "aws:lb/loadBalancer:LoadBalancer",
  name,
  properties: { region, ...(tags ? { tags } : {}) },
});
const listener: ResourceSpec = {
  type: "aws:globalaccelerator/listener:Listener",
  name: "door",
  properties: { protocol: "TCP" },
};
const group = (name: string, endpointGroupRegion: string, behind: string): ResourceSpec => ({
  type: "aws:globalaccelerator/endpointGroup:EndpointGroup",
  name,
  properties: {
    listenerArn: ref("door"),
    endpointGroupRegion,
    endpointConfigurations: [{ endpointId: ref(behind) }],
  },
});
const record = (
  name: string,
  behind: string,
  policy: NonNullable<ResourceSpec["properties"]>,
): ResourceSpec => ({
  type: "aws:route53/record:Record",
  name,
  properties: {
    zoneId: "Z0123456789EXAMPLE",
    name: "assistant.example.com",
    type: "A",
    setIdentifier: name,
    aliases: [{ name: ref(behind), zoneId: "Z1", evaluateTargetHealth: true }],
    ...policy,
  },
});
const configuration = (change: NonNullable<ResourceSpec["properties"]>): ResourceSpec => ({
  type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
  name: "assistant",
  properties: {
    region: tokyo,
    tags: claims,
    productionVariants: [{ instanceType: "ml.g6e.48xlarge" }],
    ...change,
  },
});
const bothDoors = [balancer("tokyo-alb", tokyo, claims), balancer("frankfurt-alb", frankfurt)];
const domain = (name: string, region: string, tags?: { [tag: string]: string }): ResourceSpec => ({
  type: "aws:opensearch/domain:Domain",
  name,
  properties: { region, domainName: name, ...(tags ? { tags } : {}) },
});
const budget = { ...registry, budgets: { userRoundTripMs: { "aws:ap-northeast-1": 50 } } };

export const servingVariants: { [name: string]: ServingVariant } = {
  "door-across-blocs": {
    title: "one listener leads to Tokyo and to Frankfurt",
    specs: [
      ...bothDoors,
      listener,
      group("tokyo", tokyo, "tokyo-alb"),
      group("frankfurt", frankfurt, "frankfurt-alb"),
    ],
    rule: "front-doors-stay-in-one-legal-bloc",
    message: /listener door leads to ap-northeast-1 \(JP\) and eu-central-1 \(EEA\)/,
  },
  "failover-of-labelled-answers-abroad": {
    title: "the accelerator answers for a model of claims from Frankfurt when Tokyo is lost",
    specs: [
      ...bothDoors,
      listener,
      group("tokyo", tokyo, "tokyo-alb"),
      group("frankfurt", frankfurt, "frankfurt-alb"),
    ],
    rule: "failover-stays-where-the-data-may-be",
    message: /"claims" can be answered from .*eu-central-1/,
  },
  "latency-records-across-blocs": {
    title: "latency records of one name lead to two blocs",
    specs: [
      ...bothDoors,
      record("tokyo", "tokyo-alb", { latencyRoutingPolicies: [{ region: tokyo }] }),
      record("frankfurt", "frankfurt-alb", { latencyRoutingPolicies: [{ region: frankfurt }] }),
    ],
    rule: "front-doors-stay-in-one-legal-bloc",
    message: /records of assistant\.example\.com leads to ap-northeast-1 \(JP\) and eu-central-1 \(EEA\)/,
  },
  "failover-records-of-labelled-answers": {
    title: "a failover record answers for a model of claims from Frankfurt",
    specs: [
      ...bothDoors,
      record("primary", "tokyo-alb", { failoverRoutingPolicies: [{ type: "PRIMARY" }] }),
      record("secondary", "frankfurt-alb", { failoverRoutingPolicies: [{ type: "SECONDARY" }] }),
    ],
    settings: {
      ...registry,
      labels: [{ type: "aws:route53/record:Record", name: "primary", dataset: ["claims"] }],
    },
    rule: "data-travels-where-it-may-be",
    message: /"claims" passes through eu-central-1.*Record secondary .*LoadBalancer frankfurt-alb/,
  },
  "replica-abroad": {
    title: "the model artefacts are replicated to Frankfurt",
    specs: [
      bucket("models", tokyo, claims),
      bucket("copy", frankfurt),
      {
        type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        name: "replication",
        properties: {
          region: tokyo,
          bucket: ref("models"),
          rules: [{ destination: { bucket: ref("copy") } }],
        },
      },
    ],
    rule: "copies-stay-where-their-source-may-be",
    message: /eu-central-1/,
  },
  "capture-abroad": {
    title: "requests are captured into a bucket in Virginia",
    specs: [
      { ...bucket("captured", virginia), properties: { region: virginia, bucket: "acme-captured" } },
      configuration({ dataCaptureConfig: { destinationS3Uri: "s3://acme-captured/assistant" } }),
    ],
    rule: "copies-stay-where-their-source-may-be",
    message: /us-east-1/,
  },
  "snapshot-abroad": {
    title: "the volume of an index is copied as a snapshot to Virginia",
    specs: [
      {
        type: "aws:ebs/snapshot:Snapshot",
        name: "vectors",
        properties: { region: tokyo, volumeId: "vol-1", tags: claims },
      },
      {
        type: "aws:ebs/snapshotCopy:SnapshotCopy",
        name: "copy",
        properties: { region: virginia, sourceRegion: tokyo, sourceSnapshotId: ref("vectors") },
      },
    ],
    rule: "logs-and-backups-stay-where-the-data-may-be",
    message: /us-east-1/,
  },
  "cross-cluster-connection": {
    title: "a domain in Virginia searches the one in Tokyo",
    specs: [
      domain("vectors", tokyo, claims),
      domain("search", virginia),
      {
        type: "aws:opensearch/outboundConnection:OutboundConnection",
        name: "connection",
        properties: {
          region: virginia,
          connectionAlias: "search",
          localDomainInfo: { region: virginia, domainName: "search" },
          remoteDomainInfo: { region: tokyo, domainName: "vectors" },
        },
      },
    ],
    rule: "data-is-processed-where-it-may-be",
    message: /us-east-1/,
  },
  "cross-region-inference-profile": {
    title: "an inference profile answers from every region of the world",
    specs: [
      {
        type: "aws:bedrock/inferenceProfile:InferenceProfile",
        name: "profile",
        providerRegion: tokyo,
        properties: {
          region: tokyo,
          name: "profile",
          tags: claims,
          modelSource: {
            copyFrom:
              "arn:aws:bedrock:ap-northeast-1:111122223333:inference-profile/global.anthropic.claude-sonnet-4-5-20250929-v1:0",
          },
        },
      },
    ],
    rule: "data-travels-where-it-may-be",
    message: /passes through any country, known from modelSource\.copyFrom/,
  },
  "firewall-logs-abroad": {
    title: "the firewall of the door logs requests to a stream in Virginia",
    specs: [
      balancer("tokyo-alb", tokyo, claims),
      {
        type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        name: "logging",
        properties: {
          region: tokyo,
          resourceArn: ref("tokyo-alb"),
          logDestinationConfigs: ["arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-door"],
        },
      },
    ],
    rule: "logs-and-backups-stay-where-the-data-may-be",
    message: /us-east-1/,
  },
  "access-logs-abroad": {
    title: "the load balancer writes its access logs into a bucket in Virginia",
    specs: [
      { ...bucket("logs", virginia), properties: { region: virginia, bucket: "acme-logs" } },
      {
        type: "aws:lb/loadBalancer:LoadBalancer",
        name: "tokyo-alb",
        properties: { region: tokyo, tags: claims, accessLogs: { enabled: true, bucket: "acme-logs" } },
      },
    ],
    rule: "copies-stay-where-their-source-may-be",
    message: /us-east-1/,
  },
  "model-bucket-elsewhere": {
    title: "an endpoint in Tokyo loads its model from a bucket in Frankfurt",
    specs: [
      bucket("models", frankfurt),
      {
        type: "aws:sagemaker/model:Model",
        name: "assistant",
        properties: {
          region: tokyo,
          primaryContainer: { modelDataSource: { s3DataSources: [{ s3Uri: ref("models") }] } },
        },
      },
    ],
    rule: "models-are-in-the-region-of-their-endpoint",
    message: /loads its artefact from models in eu-central-1/,
  },
  "floor-of-nothing": {
    title: "an endpoint with a latency budget scales to nothing",
    specs: [
      {
        type: "aws:sagemaker/endpoint:Endpoint",
        name: "assistant",
        properties: { region: tokyo, endpointConfigName: "assistant" },
      },
      {
        type: "aws:appautoscaling/target:Target",
        name: "assistant",
        properties: {
          region: tokyo,
          serviceNamespace: "sagemaker",
          resourceId: "endpoint/assistant/variant/main",
          scalableDimension: "sagemaker:variant:DesiredInstanceCount",
          minCapacity: 0,
          maxCapacity: 4,
        },
      },
    ],
    settings: budget,
    rule: "answers-find-a-model-in-memory",
    message: /minCapacity|0/,
  },
  "pinecone-abroad": {
    title: "vectors of claims lie in a region of Pinecone in Virginia",
    specs: [
      {
        type: "pinecone:index/index:Index",
        name: "manuals",
        properties: {
          name: "manuals",
          dimension: 1024,
          metric: "cosine",
          spec: { serverless: { cloud: "aws", region: virginia } },
        },
      },
    ],
    settings: {
      ...registry,
      labels: [{ type: "pinecone:index/index:Index", name: "manuals", dataset: ["claims"] }],
    },
    rule: "data-rests-where-it-may-be",
    message: /us-east-1/,
  },
  "feature-history-abroad": {
    title: "the history of a feature group lies in Virginia",
    specs: [
      { ...bucket("history", virginia), properties: { region: virginia, bucket: "acme-history" } },
      {
        type: "aws:sagemaker/featureGroup:FeatureGroup",
        name: "customers",
        properties: {
          region: tokyo,
          tags: claims,
          offlineStoreConfig: { s3StorageConfig: { s3Uri: "s3://acme-history/customers" } },
        },
      },
    ],
    rule: "copies-stay-where-their-source-may-be",
    message: /us-east-1/,
  },
};
