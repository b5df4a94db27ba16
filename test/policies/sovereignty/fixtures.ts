import {
  bucket,
  bucketType,
  claims,
  keyType,
  type ResourceSpec,
  ref,
  replicationType,
  unborn,
} from "../../support/plan";
import type { RuleFixtures } from "../../support/rule-suite";

const tokyo = "ap-northeast-1";
const osaka = "ap-northeast-3";
const virginia = "us-east-1";
const places = "places-of-labelled-data-are-known";

function replication(from: string, ...to: ResourceSpec["properties"][]): ResourceSpec {
  const rules = to.map((destination) => ({ status: "Enabled", destination: destination ?? {} }));
  return { type: replicationType, name: "replication", properties: { bucket: ref(from), rules } };
}

/** A task between a site and a bucket of claims, in either direction. */
const transferred = (from: string, to: typeof unborn): ResourceSpec[] => [
  bucket("claims", tokyo, claims),
  { type: "aws:datasync/nfsLocation:NfsLocation", name: "site", properties: { region: tokyo, tags: claims } },
  {
    type: "aws:datasync/s3Location:S3Location",
    name: "cloud",
    properties: { region: tokyo, tags: claims, s3BucketArn: ref("claims") },
  },
  {
    type: "aws:datasync/task:Task",
    name: "move",
    properties: { region: tokyo, tags: claims, sourceLocationArn: ref(from), destinationLocationArn: to },
  },
];

const encrypted = (region: string | undefined): ResourceSpec[] => [
  bucket("claims", tokyo, claims),
  { type: keyType, name: "key", properties: region ? { region } : {}, providerRegion: "unknown" },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name: "encryption",
    properties: {
      bucket: ref("claims"),
      rules: [
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: ref("key") } },
      ],
    },
  },
];

const processed = (region: string | undefined): ResourceSpec[] => [
  {
    type: "aws:datasync/nfsLocation:NfsLocation",
    name: "site",
    properties: { serverHostname: "10.1.0.20", tags: claims, ...(region ? { region } : {}) },
    providerRegion: "unknown",
  },
];

const logged = (region: string | undefined): ResourceSpec[] => [
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "log",
    properties: { tags: claims, ...(region ? { region } : {}) },
    providerRegion: "unknown",
  },
];

const circuit = (zSide: { metroCode?: string; sellerRegion?: string }, geoScope?: string): ResourceSpec[] => [
  {
    type: "hybrid-ai-fabric:index:FabricCircuit",
    name: "circuit",
    properties: { labels: { dataset: "claims", residency: "japan-only" } },
  },
  {
    type: "equinix:index/fabricConnection:FabricConnection",
    name: "connection",
    parent: "circuit",
    properties: {
      ...(geoScope ? { geoScope } : {}),
      aSide: { accessPoint: { type: "CLOUD_ROUTER", location: { metroCode: "TY" } } },
      zSide: {
        accessPoint: {
          type: "SP",
          location: { metroCode: zSide.metroCode ?? "TY" },
          sellerRegion: zSide.sellerRegion ?? tokyo,
        },
      },
    },
  },
];

export const fixtures: { [rule: string]: RuleFixtures } = {
  "data-rests-where-it-may-be": {
    pass: [bucket("claims", tokyo, claims)],
    fail: [bucket("claims", virginia, claims)],
    unknown: [{ ...bucket("claims", undefined, claims), providerRegion: "unknown" }],
    unknownIsFoundBy: places,
  },
  "copies-stay-where-their-source-may-be": {
    pass: [
      bucket("claims", tokyo, claims),
      bucket("copy", osaka, claims),
      replication("claims", { bucket: ref("copy") }),
    ],
    fail: [
      bucket("claims", tokyo, claims),
      bucket("copy", virginia),
      replication("claims", { bucket: ref("copy") }),
    ],
    unknown: [
      bucket("claims", tokyo, claims),
      { ...bucket("copy", undefined), providerRegion: "unknown" },
      replication("claims", { bucket: ref("copy") }),
    ],
    unknownIsFoundBy: places,
  },
  "data-is-processed-where-it-may-be": {
    pass: processed(tokyo),
    fail: processed(virginia),
    unknown: processed(undefined),
    unknownIsFoundBy: places,
  },
  "data-travels-where-it-may-be": {
    pass: circuit({ metroCode: "OS" }, "JAPAN"),
    fail: circuit({ metroCode: "SG", sellerRegion: "ap-southeast-1" }, "JAPAN"),
    unknown: circuit({ metroCode: "OS" }),
  },
  "keys-stay-where-the-data-may-be": {
    pass: encrypted(osaka),
    fail: encrypted(virginia),
    unknown: encrypted(undefined),
    unknownIsFoundBy: places,
  },
  "logs-and-backups-stay-where-the-data-may-be": {
    pass: logged(tokyo),
    fail: logged(virginia),
    unknown: logged(undefined),
    unknownIsFoundBy: places,
  },
  "places-of-labelled-data-are-known": {
    pass: [bucket("claims", tokyo, claims)],
    fail: [{ type: bucketType, name: "claims", properties: { tags: claims } }],
    unknown: [{ type: bucketType, name: "claims", properties: { tags: claims, region: unborn } }],
  },
  "destinations-of-labelled-data-are-known": {
    pass: [
      bucket("claims", tokyo, claims),
      bucket("copy", tokyo, claims),
      replication("claims", { bucket: ref("copy") }),
    ],
    fail: [bucket("claims", tokyo, claims), replication("claims", { bucket: unborn })],
    unknown: [
      bucket("claims", tokyo, claims),
      bucket("copy", tokyo, claims),
      replication("claims", { bucket: ref("copy") }, { bucket: unborn }),
    ],
  },
  "labels-are-known-before-creation": {
    pass: [bucket("claims", tokyo, claims)],
    fail: [{ type: bucketType, name: "claims", properties: { region: tokyo, tags: unborn } }],
    unknown: [
      {
        type: bucketType,
        name: "claims",
        properties: { region: tokyo, tags: { "hybrid-ai:dataset": unborn } },
      },
    ],
  },
  "labels-name-registered-datasets": {
    pass: [bucket("claims", tokyo, claims)],
    fail: [bucket("claims", tokyo, { ...claims, "hybrid-ai:dataset": "cliams" })],
    unknown: [
      {
        type: bucketType,
        name: "claims",
        properties: { region: tokyo, tags: { "hybrid-ai:dataset": unborn } },
      },
    ],
    unknownIsFoundBy: "labels-are-known-before-creation",
  },
  "stores-carry-the-labels-that-reach-them": {
    pass: [
      bucket("claims", tokyo, claims),
      bucket("copy", tokyo, claims),
      replication("claims", { bucket: ref("copy") }),
    ],
    fail: [
      bucket("claims", tokyo, claims),
      bucket("copy", tokyo),
      replication("claims", { bucket: ref("copy") }),
    ],
    unknown: [
      bucket("claims", tokyo, claims),
      { type: bucketType, name: "copy", properties: { region: tokyo, tags: unborn } },
      replication("claims", { bucket: ref("copy") }),
    ],
    unknownIsFoundBy: "labels-are-known-before-creation",
  },
  "transferred-data-never-travels-back": {
    pass: transferred("site", ref("cloud")),
    fail: transferred("cloud", ref("site")),
    unknown: transferred("site", unborn),
  },
  "types-that-touch-labelled-data-are-catalogued": {
    pass: [
      bucket("claims", tokyo, claims),
      {
        type: "aws:s3/bucketVersioning:BucketVersioning",
        name: "versioning",
        properties: { bucket: ref("claims") },
      },
    ],
    fail: [
      bucket("claims", tokyo, claims),
      { type: "aws:futureservice/copier:Copier", name: "copier", properties: { input: ref("claims") } },
    ],
    unknown: [
      { type: "aws:futureservice/store:Store", name: "store", properties: { region: tokyo, tags: claims } },
    ],
  },
};
