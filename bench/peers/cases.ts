import {
  bucket,
  bucketType,
  claims,
  keyType,
  type ResourceSpec,
  ref,
  replicationType,
  type Spec,
  unborn,
} from "../../test/support/plan";

/** One way by which data gets abroad, with its destination known, and with it unknown before creation. */
export interface LeakCase {
  title: string;
  known: Pair;
  unknown: Pair;
}

/** Two programs that differ in nothing but where the data goes: what a tool says of both is not about the leak. */
export interface Pair {
  abroad: ResourceSpec[];
  home: ResourceSpec[];
}

const HOME = "ap-northeast-1";
const OSAKA = "ap-northeast-3";
const ABROAD = "us-east-1";
const source = bucket("claims", HOME, claims);
/** A bucket whose names are given, so that others can name it before it exists. */
const named = (name: string, region: string): ResourceSpec => {
  const { properties } = bucket(name, region, claims);
  const outputs = { arn: `arn:aws:s3:::${name}-0001`, id: `${name}-0001` };
  return { type: bucketType, name, properties: { ...properties, bucket: `${name}-0001` }, outputs };
};

function replication(from: Spec, to: Spec): ResourceSpec {
  const rules = [{ status: "Enabled", destination: { bucket: to } }];
  return { type: replicationType, name: "replication", properties: { region: HOME, bucket: from, rules } };
}

function encryption(key: Spec): ResourceSpec {
  const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key } }];
  const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  return { type, name: "encryption", properties: { region: HOME, bucket: ref("claims"), rules } };
}

function logging(target: Spec): ResourceSpec {
  const properties = { region: HOME, bucket: ref("claims"), targetBucket: target, targetPrefix: "log/" };
  return { type: "aws:s3/bucketLogging:BucketLogging", name: "logging", properties: properties };
}

function key(region: Spec): ResourceSpec {
  return { type: keyType, name: "key", properties: { region, tags: claims } };
}

function replica(region: Spec): ResourceSpec {
  const properties = { region, primaryKeyArn: ref("key"), tags: claims };
  return { type: "aws:kms/replicaKey:ReplicaKey", name: "replica", properties: properties };
}

function keyArn(region: string): string {
  return `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
}

const unclear: ResourceSpec = { ...source, properties: { ...source.properties, region: unborn } };
const copied = (copy: ResourceSpec) => [source, copy, replication(ref("claims"), ref(copy.name))];
const logged = (logs: ResourceSpec) => [source, logs, logging(ref(logs.name))];
const copiedByName = (name: string, region: string) => [
  ...[named("claims", HOME), named(name, region)],
  replication("claims-0001", `arn:aws:s3:::${name}-0001`),
];
const loggedByName = (name: string, region: string) => [
  ...[named("claims", HOME), named(name, region)],
  logging(`${name}-0001`),
];
const encrypted = (region: string) => [source, key(region), encryption(ref("key"))];

const account = "111122223333";
const arn = (service: string, region: string, name: string) =>
  `arn:aws:${service}:${region}:${account}:${name}`;
/** A resource at home that holds claims. */
const holding = (type: string, name: string, more: { [property: string]: Spec } = {}): ResourceSpec => {
  return { type, name, properties: { region: HOME, name, tags: claims, ...more } };
};
/** A resource of the plan that holds nothing yet, somewhere. */
const standing = (type: string, name: string, region: string, more: { [property: string]: Spec } = {}) => {
  return { type, name, properties: { region, name, ...more } };
};

const busType = "aws:cloudwatch/eventBus:EventBus";
const forwarded = (bus: Spec, ...more: ResourceSpec[]): ResourceSpec[] => [
  holding(busType, "orders"),
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    name: "every",
    properties: { region: HOME, eventBusName: ref("orders"), eventPattern: '{"source":["orders"]}' },
  },
  ...more,
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    name: "central",
    properties: { region: HOME, eventBusName: ref("orders"), rule: ref("every"), arn: bus },
  },
];
const forwardedTo = (region: string) => forwarded(ref("audit"), standing(busType, "audit", region));

const vaultType = "aws:backup/vault:Vault";
const backedUp = (vault: Spec, ...more: ResourceSpec[]): ResourceSpec[] => [
  holding("aws:rds/instance:Instance", "ledger", { engine: "postgres", instanceClass: "db.m7g.large" }),
  standing(vaultType, "near", HOME),
  ...more,
  {
    type: "aws:backup/plan:Plan",
    name: "nightly",
    properties: {
      region: HOME,
      name: "nightly",
      rules: [
        {
          ruleName: "nightly",
          targetVaultName: ref("near"),
          schedule: "cron(0 18 * * ? *)",
          copyActions: [{ destinationVaultArn: vault }],
        },
      ],
    },
  },
  {
    type: "aws:backup/selection:Selection",
    name: "ledger-only",
    properties: {
      region: HOME,
      name: "ledger-only",
      planId: ref("nightly"),
      iamRoleArn: `arn:aws:iam::${account}:role/backup`,
      resources: [ref("ledger")],
    },
  },
];
const backedUpTo = (region: string) => backedUp(ref("far"), standing(vaultType, "far", region));

const table = (replicaRegion: Spec): ResourceSpec[] => [
  holding("aws:dynamodb/table:Table", "sessions", {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    replicas: [{ regionName: replicaRegion }],
  }),
];

const profile = (model: Spec): ResourceSpec[] => [
  holding("aws:bedrock/inferenceProfile:InferenceProfile", "assistant", {
    modelSource: { copyFrom: model },
  }),
];
const systemProfile = (geography: string) =>
  arn("bedrock", HOME, `inference-profile/${geography}.anthropic.claude-sonnet-4-5-20250929-v1:0`);

const streamType = "aws:kinesis/stream:Stream";
const subscribed = (stream: Spec, ...more: ResourceSpec[]): ResourceSpec[] => [
  holding("aws:cloudwatch/logGroup:LogGroup", "app"),
  ...more,
  {
    type: "aws:cloudwatch/logDestination:LogDestination",
    name: "siem",
    properties: {
      region: HOME,
      name: "siem",
      roleArn: `arn:aws:iam::${account}:role/logs`,
      targetArn: stream,
    },
  },
  {
    type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    name: "all",
    properties: {
      ...{ region: HOME, name: "all", filterPattern: "" },
      ...{ logGroup: ref("app"), destinationArn: ref("siem") },
    },
  },
];
const subscribedTo = (region: string) => subscribed(ref("intake"), standing(streamType, "intake", region));

/** The networks of partners, by region. */
const partners: { [region: string]: string } = { [ABROAD]: "vpc-0a11ab40ad", [OSAKA]: "vpc-005aca" };
const peered = (region: Spec, partner = partners[OSAKA] ?? ""): ResourceSpec[] => [
  {
    type: "aws:ec2/vpc:Vpc",
    name: "main",
    properties: { region: HOME, cidrBlock: "10.16.0.0/16", tags: claims },
  },
  {
    type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    name: "peering",
    properties: { region: HOME, vpcId: ref("main"), peerVpcId: partner, peerRegion: region },
  },
];

export const leakCases: readonly LeakCase[] = [
  {
    title: "a store abroad",
    known: { abroad: [bucket("claims", ABROAD, claims)], home: [source] },
    unknown: { abroad: [unclear], home: [source] },
  },
  {
    title: "replication to a bucket of the plan",
    known: { abroad: copiedByName("virginia", ABROAD), home: copiedByName("osaka", OSAKA) },
    unknown: { abroad: copied(bucket("copy", ABROAD, claims)), home: copied(bucket("copy", OSAKA, claims)) },
  },
  {
    title: "replication to a bucket outside the plan",
    known: {
      abroad: [source, replication(ref("claims"), "arn:aws:s3:::partner-abroad")],
      home: [source, replication(ref("claims"), "arn:aws:s3:::partner-osaka")],
    },
    unknown: {
      abroad: [source, replication(ref("claims"), unborn)],
      home: [source, replication(ref("claims"), "arn:aws:s3:::partner-osaka")],
    },
  },
  {
    title: "a key abroad",
    known: { abroad: [source, encryption(keyArn(ABROAD))], home: [source, encryption(keyArn(HOME))] },
    unknown: { abroad: encrypted(ABROAD), home: encrypted(HOME) },
  },
  {
    title: "a replica of a key abroad",
    known: { abroad: [...encrypted(HOME), replica(ABROAD)], home: [...encrypted(HOME), replica(OSAKA)] },
    unknown: { abroad: [...encrypted(HOME), replica(unborn)], home: [...encrypted(HOME), replica(OSAKA)] },
  },
  {
    title: "access logs to a bucket of the plan",
    known: { abroad: loggedByName("virginia", ABROAD), home: loggedByName("osaka", OSAKA) },
    unknown: { abroad: logged(bucket("logs", ABROAD)), home: logged(bucket("logs", OSAKA)) },
  },
  {
    title: "access logs to a bucket outside the plan",
    known: { abroad: [source, logging("partner-abroad")], home: [source, logging("partner-osaka")] },
    unknown: { abroad: [source, logging(unborn)], home: [source, logging("partner-osaka")] },
  },
  {
    title: "events forwarded to a bus abroad",
    known: {
      abroad: forwarded(arn("events", ABROAD, "event-bus/audit")),
      home: forwarded(arn("events", OSAKA, "event-bus/audit")),
    },
    unknown: { abroad: forwardedTo(ABROAD), home: forwardedTo(OSAKA) },
  },
  {
    title: "backups copied to a vault abroad",
    known: {
      abroad: backedUp(arn("backup", ABROAD, "backup-vault:far")),
      home: backedUp(arn("backup", OSAKA, "backup-vault:far")),
    },
    unknown: { abroad: backedUpTo(ABROAD), home: backedUpTo(OSAKA) },
  },
  {
    title: "a replica of a table abroad",
    known: { abroad: table(ABROAD), home: table(OSAKA) },
    unknown: { abroad: table(unborn), home: table(OSAKA) },
  },
  {
    title: "an inference profile that leaves Japan",
    known: { abroad: profile(systemProfile("apac")), home: profile(systemProfile("jp")) },
    unknown: { abroad: profile(unborn), home: profile(systemProfile("jp")) },
  },
  {
    title: "logs subscribed to a stream abroad",
    known: {
      abroad: subscribed(arn("kinesis", ABROAD, "stream/intake")),
      home: subscribed(arn("kinesis", OSAKA, "stream/intake")),
    },
    unknown: { abroad: subscribedTo(ABROAD), home: subscribedTo(OSAKA) },
  },
  {
    title: "a network peered with one abroad",
    known: { abroad: peered(ABROAD, partners[ABROAD]), home: peered(OSAKA) },
    unknown: { abroad: peered(unborn), home: peered(OSAKA) },
  },
];

const anyone = { ...claims, "hybrid-ai:dataset": "brochures", "hybrid-ai:residency": "any" };

/** Programs that break no residency although something of theirs is abroad. */
export const soundPrograms: readonly { title: string; specs: ResourceSpec[] }[] = [
  { title: "an empty bucket abroad", specs: [source, bucket("other", ABROAD)] },
  { title: "public data abroad", specs: [source, bucket("brochures", ABROAD, anyone)] },
  {
    title: "public data replicated abroad",
    specs: [
      bucket("claims", HOME, anyone),
      bucket("copy", ABROAD, anyone),
      replication(ref("claims"), ref("copy")),
    ],
  },
];

/** Settings under which ours judges them: where the stores of partners are, which no property shows. */
export const settings = {
  version: 1,
  externalStores: [
    { match: "*partner-abroad", place: "aws:us-east-1" },
    { match: "*partner-osaka", place: "aws:ap-northeast-3" },
    ...Object.entries(partners).map(([region, match]) => ({ match, place: `aws:${region}` })),
  ],
};
