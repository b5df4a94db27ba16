import { mayBeIn, placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { sealed } from "../sealed";
import { createDomain } from "./opensearch-domain";
import { createCollection } from "./opensearch-serverless";
import { createPineconeIndex } from "./pinecone-index";
import { createVectorBucket } from "./s3-vectors";
import {
  domainSize,
  graphMemoryGiB,
  indexSettings,
  shardsOf,
  type VectorEngine,
  type VectorLoad,
  validateVectors,
  vectorNodeTypes,
} from "./vector-size";

/** Vectors of documents, searched in the region of the model that reads them. Exactly one engine keeps them. */
export interface VectorIndexArgs {
  /** AWS region of the index, or of the Pinecone region on AWS. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** Vectors that it has room for. */
  vectors: number;
  /** Numbers in a vector, as the embedding model makes them. */
  dimension: number;
  /** cosine, euclidean or dotProduct. Default: cosine. */
  metric?: string;
  /** Bits of a number in memory: 32, 16, 8 or 1; only OpenSearch takes less than 32. Default: 32. */
  bits?: number;
  /** Copies beside the first, where the engine lets one choose. Default: 2. */
  replicas?: number;
  /** An OpenSearch domain: own nodes, the fastest, and the only one with every option. */
  openSearch?: VectorIndexOpenSearch;
  /** A collection of OpenSearch Serverless: no nodes to size. */
  serverless?: VectorIndexServerless;
  /** An index at Pinecone, outside the VPC. */
  pinecone?: VectorIndexPinecone;
  /** S3 Vectors: the cheap tier, answering in hundreds of milliseconds. */
  s3Vectors?: VectorIndexS3Vectors;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
  /** Keeps Pulumi from deleting the index. Default: true. */
  protect?: boolean;
}

/** Network of an engine that stands in a VPC. */
export interface VectorIndexNetwork {
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** One private subnet for each zone. */
  subnetIds: pulumi.Input<string>[];
  /** IPv4 prefix of the VPC: what may search. */
  cidr: string;
}

/** A domain over as many zones as its network has subnets; three have a standby. */
export interface VectorIndexOpenSearch {
  /** Network that it stands in. */
  network: VectorIndexNetwork;
  /** Type of the data nodes. Default: the smallest that holds the graph in memory. */
  nodeType?: string;
  /** Role that administers the domain, in place of a user with a password. */
  adminRoleArn: pulumi.Input<string>;
  /** Roles that may search and write. */
  readerArns: pulumi.Input<string>[];
  /** Version of the engine. Default: OpenSearch_2.19. */
  engineVersion?: string;
}

/** A collection that is reached only from a VPC. */
export interface VectorIndexServerless {
  /** Network that it stands in. */
  network: VectorIndexNetwork;
  /** Roles that may search and write. */
  readerArns: pulumi.Input<string>[];
  /** Copies in other zones. Default: true. */
  standby?: boolean;
}

/** An index at Pinecone. Its key is an argument of the provider, and a secret. */
export interface VectorIndexPinecone {
  /** Key of the account at Pinecone, a secret. */
  apiKey: pulumi.Input<string>;
  /** Cloud of the index: aws, gcp or azure. Default: aws. */
  cloud?: string;
}

/** A vector bucket with one index. */
export interface VectorIndexS3Vectors {
  /** Names of metadata that cannot be filtered by. Default: none. */
  unfilteredMetadata?: string[];
}

export class VectorIndex extends pulumi.ComponentResource {
  /** Where it is asked: an HTTPS address, or the ARN of the index for S3 Vectors. */
  public readonly endpoint: pulumi.Output<string>;
  public readonly region: string;
  /** Settings and mapping of the index as JSON text, for the engines of OpenSearch; empty for the others. */
  public readonly indexSettings: string;

  constructor(name: string, args: VectorIndexArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:VectorIndex", name, sealed(args, "pinecone.apiKey"), opts);
    refuse("VectorIndex", validateVectorIndex(args));
    const child = { parent: this };
    const kept = { ...child, protect: args.protect ?? true, retainOnDelete: args.protect ?? true };
    const { region, accountId } = args;
    const tags = labelTags(args.labels);
    const load = loadOf(args);
    const metric = args.metric ?? "cosine";
    const { openSearch, serverless, pinecone } = args;
    const common = { region, accountId, tags };

    this.endpoint = openSearch
      ? createDomain(name, { ...common, openSearch, size: sizeOf(args, openSearch) }, kept, child)
      : serverless
        ? createCollection(name, { ...common, serverless }, kept, child)
        : pinecone
          ? createPineconeIndex(name, { region, pinecone, load, metric, labels: args.labels }, kept, child)
          : createVectorBucket(
              name,
              { ...common, load, metric, s3Vectors: args.s3Vectors ?? {} },
              kept,
              child,
            );
    this.region = region;
    this.indexSettings =
      openSearch || serverless ? JSON.stringify(indexSettings(load, metric, shardsOf(load))) : "";
    this.registerOutputs({
      region,
      endpoint: this.endpoint,
      indexSettings: this.indexSettings,
      labels: registeredLabels(args.labels),
      predictions: predictionsOf(name, args),
    });
  }
}

/** Engines that were asked for. */
function enginesOf(args: VectorIndexArgs): VectorEngine[] {
  const engines: VectorEngine[] = ["openSearch", "serverless", "pinecone", "s3Vectors"];
  return engines.filter((engine) => args[engine] !== undefined);
}

function loadOf({ vectors, dimension, bits, replicas }: VectorIndexArgs): VectorLoad {
  return {
    vectors,
    dimension,
    ...(bits === undefined ? {} : { bits }),
    ...(replicas === undefined ? {} : { replicas }),
  };
}

function sizeOf(args: VectorIndexArgs, { network, nodeType }: VectorIndexOpenSearch) {
  return domainSize(loadOf(args), network.subnetIds.length, nodeType);
}

function predictionsOf(subject: string, args: VectorIndexArgs) {
  const { openSearch } = args;
  const memory = {
    subject,
    quantity: "memory of the graph",
    value: Math.round(graphMemoryGiB(loadOf(args)) * 10) / 10,
    unit: "GiB over all copies",
  };
  if (openSearch) {
    const { nodes, nodeType } = sizeOf(args, openSearch);
    return [{ ...memory, limitedBy: `${nodes} x ${nodeType}` }];
  }
  return args.serverless ? [memory] : [];
}

const PINECONE_CLOUDS = ["aws", "gcp", "azure"];

/** Rules on the arguments that no type expresses. */
export function validateVectorIndex(args: VectorIndexArgs): ArgumentProblem[] {
  const engines = enginesOf(args);
  const [engine] = engines;
  const problem = (propertyPath: string, reason: string): ArgumentProblem[] => [{ propertyPath, reason }];
  if (engine === undefined || engines.length > 1) {
    return problem(
      "engine",
      `${engines.length === 0 ? "none" : engines.join(" and ")}: exactly one of openSearch, serverless, pinecone, s3Vectors`,
    );
  }
  const { openSearch, pinecone, replicas = 2 } = args;
  const zones = openSearch?.network.subnetIds.length ?? 0;
  const nodeType = openSearch?.nodeType;
  return [
    ...validateVectors(loadOf(args), engine, args.metric ?? "cosine"),
    ...(openSearch && (zones < 1 || zones > 3)
      ? problem("openSearch.network.subnetIds", `${zones}: a domain stands in one to three zones`)
      : []),
    ...(openSearch && zones === 3 && replicas < 2
      ? problem(
          "replicas",
          `${replicas}: three zones with a standby keep two copies beside the first at least`,
        )
      : []),
    ...(nodeType === undefined || vectorNodeTypes().includes(nodeType)
      ? []
      : problem("openSearch.nodeType", `"${nodeType}" is none of ${vectorNodeTypes().join(", ")}`)),
    ...(pinecone === undefined ? [] : outsideResidency(args)),
    ...(pinecone?.cloud === undefined || PINECONE_CLOUDS.includes(pinecone.cloud)
      ? []
      : problem("pinecone.cloud", `"${pinecone.cloud}" is none of ${PINECONE_CLOUDS.join(", ")}`)),
  ];
}

/** Pinecone takes the region as a text: a wrong one would put the vectors into another country without a word. */
function outsideResidency({ region, labels }: VectorIndexArgs): ArgumentProblem[] {
  const place = placeOfAwsRegion(region);
  if (!place) return [];
  const verdict = mayBeIn(
    labels.residency,
    "store",
    { ...place, operator: "pinecone" },
    { kinds: labels.kinds },
  );
  return verdict.verdict === "broken"
    ? [
        {
          propertyPath: "region",
          reason: `"${region}" (${place.country}) is a Pinecone region outside ${labels.residency.join(" and ")}: ${verdict.reason}`,
        },
      ]
    : [];
}
