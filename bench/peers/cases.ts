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
  ],
};
