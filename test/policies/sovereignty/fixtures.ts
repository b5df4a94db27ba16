import {
  bucket,
  bucketType,
  claims,
  keyType,
  type ResourceSpec,
  ref,
  registry,
  replicationType,
  type Spec,
  unborn,
} from "../../support/plan";
import type { RuleFixtures } from "../../support/rule-suite";
import { agentFixtures } from "./agent-fixtures";

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

const described = (extra: object) => ({ ...registry, ...extra });
const strict = described({ strict: true });
const template: ResourceSpec = {
  type: "aws:cloudformation/stack:Stack",
  name: "template",
  properties: { region: tokyo, tags: claims, templateBody: "{}" },
};
const built = (region: string | undefined, providerRegion: string): ResourceSpec[] => [
  { type: "example:index:Store", name: "component", properties: { region: tokyo } },
  { ...bucket("claims", region, claims), parent: "component", providerRegion },
];
const zone = (providerRegion: string): ResourceSpec => ({
  type: "aws:route53/zone:Zone",
  name: "zone",
  properties: { name: "example.com", tags: { "hybrid-ai:dataset": "claims" } },
  providerRegion,
});
const moved = (actual: string, declared: Spec = tokyo): ResourceSpec[] => [
  {
    type: bucketType,
    name: "claims",
    properties: { region: declared, tags: claims },
    outputs: { region: actual },
  },
];
const answered = (region: ResourceSpec["properties"]): ResourceSpec[] => [
  { type: "aws:globalaccelerator/accelerator:Accelerator", name: "front", properties: { tags: claims } },
  {
    type: "aws:globalaccelerator/listener:Listener",
    name: "listener",
    properties: { acceleratorArn: ref("front") },
  },
  {
    type: "aws:globalaccelerator/endpointGroup:EndpointGroup",
    name: "group",
    properties: { listenerArn: ref("listener"), ...region },
  },
];
const account = "111122223333";
const keyOf = (owner: string, accounts: Spec): ResourceSpec[] => [
  {
    type: "pulumi:providers:aws",
    name: "main",
    properties: { region: tokyo, allowedAccountIds: accounts },
  },
  {
    type: "aws:sqs/queue:Queue",
    name: "queue",
    properties: {
      region: tokyo,
      tags: claims,
      kmsMasterKeyId: `arn:aws:kms:${tokyo}:${owner}:key/0000`,
    },
    provider: "main",
  },
];

/** A labelled network with a route of its own table. */
const routed = (properties: { [property: string]: Spec }): ResourceSpec[] => [
  { type: "aws:ec2/vpc:Vpc", name: "network", properties: { region: tokyo, tags: claims } },
  {
    type: "aws:ec2/routeTable:RouteTable",
    name: "table",
    properties: { region: tokyo, vpcId: ref("network") },
  },
  {
    type: "aws:ec2/route:Route",
    name: "route",
    properties: { region: tokyo, routeTableId: ref("table"), ...properties },
  },
];

/** A bucket of claims whose policy lets somebody read. */
const shared = (reader: string): ResourceSpec[] => [
  {
    type: "pulumi:providers:aws",
    name: "main",
    properties: { region: tokyo, allowedAccountIds: [account] },
  },
  { ...bucket("claims", tokyo, claims), provider: "main" },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "policy",
    properties: {
      region: tokyo,
      bucket: ref("claims"),
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { AWS: reader }, Action: "s3:GetObject", Resource: "*" }],
      }),
    },
    provider: "main",
  },
];

const channel = (name: string, from: string, to: string, toPlace: Spec, carries: Spec[]): ResourceSpec => ({
  type: "hybrid-ai-fabric:index:DeclaredChannel",
  name,
  properties: {
    from,
    to,
    carries,
    answers: false,
    fromPlaces: ["aws:ap-northeast-1"],
    toPlaces: [toPlace],
  },
});

/** Somebody receives claims and sends something else on. */
const relayed = (toPlace: Spec): ResourceSpec[] => [
  channel("first", "scorer", "triage", "aws:ap-northeast-1", ["claims"]),
  channel("second", "triage", "statistics", toPlace, ["figures"]),
];

export const fixtures: { [rule: string]: RuleFixtures } = {
  ...agentFixtures,
  "agents-pass-on-only-what-the-next-may-hold": {
    pass: relayed("aws:ap-northeast-3"),
    fail: relayed("aws:eu-central-1"),
    unknown: relayed(unborn),
  },
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
  "laws-that-reach-an-operator-are-accepted": {
    pass: [
      {
        type: "example:index:Site",
        name: "site",
        properties: { labels: { dataset: "claims" }, place: "JP" },
      },
    ],
    fail: [bucket("claims", tokyo, claims), bucket("more", osaka, claims)],
    unknown: [bucket("claims", tokyo, claims)],
    settings: { version: 1, datasets: registry.datasets },
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
  "code-declares-what-it-reads-and-writes": {
    pass: [{ ...template, name: "declared" }],
    fail: [template],
    unknown: [template],
    settings: described({ labels: [{ name: "declared", reads: [], writes: [] }] }),
  },
  "component-regions-reach-their-children": {
    pass: built(undefined, tokyo),
    fail: built(undefined, osaka),
    unknown: built(undefined, "unknown"),
  },
  "control-planes-stay-where-they-may-be": {
    pass: [zone("eusc-de-east-1")],
    fail: [zone("eu-central-1")],
    unknown: [zone("unknown")],
    settings: {
      version: 1,
      datasets: { claims: { classification: "restricted", kinds: [], residency: ["eu-sovereign-operator"] } },
    },
  },
  "declared-places-are-the-actual-ones": {
    pass: moved(tokyo),
    fail: moved(osaka),
    unknown: moved(tokyo, unborn),
    unknownIsFoundBy: places,
  },
  "failover-stays-where-the-data-may-be": {
    pass: answered({ endpointGroupRegion: osaka }),
    fail: answered({ endpointGroupRegion: virginia }),
    unknown: answered({ endpointGroupRegion: unborn }),
    unknownIsFoundBy: places,
  },
  "keys-belong-to-the-accounts-of-the-data": {
    pass: keyOf(account, [account]),
    fail: keyOf("444455556666", [account]),
    unknown: keyOf("444455556666", [unborn]),
  },
  "ways-to-the-internet-are-accepted": {
    pass: routed({ destinationCidrBlock: "10.2.0.0/16" }),
    fail: routed({ destinationCidrBlock: "0.0.0.0/0", natGatewayId: unborn }),
    unknown: routed({ destinationCidrBlock: unborn, natGatewayId: unborn }),
  },
  "who-may-read-is-where-the-data-may-be": {
    pass: shared(account),
    fail: shared("*"),
    unknown: shared("444455556666"),
  },
  "regions-of-everything-are-known": {
    pass: [bucket("any", tokyo)],
    fail: [bucket("any", undefined)],
    unknown: [bucket("any", undefined)],
  },
  "stores-of-a-strict-plan-are-labelled": {
    pass: [bucket("claims", tokyo, claims)],
    fail: [bucket("any", tokyo)],
    unknown: [bucket("any", tokyo)],
    settings: strict,
  },
};
