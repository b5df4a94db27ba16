import type { ArgumentProblem } from "../problems";

/** The engines that an index can be kept by. */
export type VectorEngine = "openSearch" | "serverless" | "pinecone" | "s3Vectors";

/** How many vectors an index holds, and how they are kept. */
export interface VectorLoad {
  vectors: number;
  /** Numbers in a vector, as the embedding model makes them. */
  dimension: number;
  /** Bits of a number in memory: 32 as embedded, 16 or 8 when quantised, 1 for binary. Default: 32. */
  bits?: number;
  /** Links of a node in the graph of HNSW. Default: 16. */
  links?: number;
  /** Copies beside the first. Default: 2 in three zones with a standby. */
  replicas?: number;
}

/** Largest dimension that an engine takes: OpenSearch k-NN 16,000, S3 Vectors 4,096, Pinecone 20,000. */
export const largestDimension: { [engine in VectorEngine]: number } = {
  openSearch: 16_000,
  serverless: 16_000,
  pinecone: 20_000,
  s3Vectors: 4_096,
};

/** Distance metrics by engine, under the names that the engine uses. */
export const metricsOf: { [engine in VectorEngine]: { [metric: string]: string } } = {
  openSearch: { cosine: "cosinesimil", euclidean: "l2", dotProduct: "innerproduct" },
  serverless: { cosine: "cosinesimil", euclidean: "l2", dotProduct: "innerproduct" },
  pinecone: { cosine: "cosine", euclidean: "euclidean", dotProduct: "dotproduct" },
  s3Vectors: { cosine: "cosine", euclidean: "euclidean" },
};

const DEFAULT_LINKS = 16;
const STANDBY_REPLICAS = 2;
const GIB = 1024 ** 3;

/**
 * Native memory in GiB that the graph of HNSW takes over all copies: 1.1 x (bytes of the vector + 8 x links) for each
 * vector (OpenSearch documentation, k-NN memory estimation).
 */
export function graphMemoryGiB(load: VectorLoad): number {
  const { vectors, dimension, bits = 32, links = DEFAULT_LINKS, replicas = STANDBY_REPLICAS } = load;
  return (1.1 * ((dimension * bits) / 8 + 8 * links) * vectors * (1 + replicas)) / GIB;
}

/** Disk in GiB: vectors and graph once more beside their source documents, with room for merges (engineering value 1.5). */
export function diskGiB(load: VectorLoad): number {
  return graphMemoryGiB(load) * 2 * 1.5;
}

/** Memory in GiB of the data nodes of OpenSearch Service that vectors are kept on, smallest first. */
const nodeMemoryGiB: { [type: string]: number } = {
  "r7g.large.search": 16,
  "r7g.xlarge.search": 32,
  "r7g.2xlarge.search": 64,
  "r7g.4xlarge.search": 128,
  "r7g.8xlarge.search": 256,
  "r7g.12xlarge.search": 384,
};

/** Most nodes of one zone before a larger type is taken. */
const MOST_NODES_PER_ZONE = 10;

/**
 * What one node keeps graphs in: half of what the heap leaves (the circuit breaker of k-NN), and the heap takes half of
 * the memory up to 32 GiB.
 */
export function graphRoomGiB(nodeType: string): number | undefined {
  const memory = Object.hasOwn(nodeMemoryGiB, nodeType) ? nodeMemoryGiB[nodeType] : undefined;
  return memory === undefined ? undefined : (memory - Math.min(32, memory / 2)) / 2;
}

export function vectorNodeTypes(): string[] {
  return Object.keys(nodeMemoryGiB);
}

/** Data nodes of a domain. */
export interface DomainSize {
  nodeType: string;
  /** A multiple of the zones. */
  nodes: number;
  volumeGiBPerNode: number;
  memoryGiB: number;
}

/** The smallest nodes that hold the graph in memory, the same number in each zone. */
export function domainSize(load: VectorLoad, zones: number, nodeType?: string): DomainSize {
  const memoryGiB = graphMemoryGiB(load);
  const types = nodeType === undefined ? vectorNodeTypes() : [nodeType];
  const sized = types.map((type) => {
    const room = graphRoomGiB(type) ?? Number.NaN;
    const perZone = Math.max(1, Math.ceil(memoryGiB / room / zones));
    return { nodeType: type, perZone };
  });
  const chosen = sized.find(({ perZone }) => perZone <= MOST_NODES_PER_ZONE) ?? sized.at(-1);
  const nodes = (chosen?.perZone ?? 1) * zones;
  return {
    nodeType: chosen?.nodeType ?? "",
    nodes,
    volumeGiBPerNode: Math.max(20, Math.ceil(diskGiB(load) / nodes)),
    memoryGiB,
  };
}

/** Settings and mapping of an index that takes these vectors, as OpenSearch reads them. */
export function indexSettings(load: VectorLoad, metric: string, shards: number): { [key: string]: unknown } {
  const { dimension, bits = 32, links = DEFAULT_LINKS, replicas = STANDBY_REPLICAS } = load;
  const encoders: { [bits: number]: { [key: string]: unknown } | undefined } = {
    16: { encoder: { name: "sq", parameters: { type: "fp16" } } },
  };
  const dataTypes: { [bits: number]: string | undefined } = { 8: "byte", 1: "binary" };
  const dataType = dataTypes[bits];
  return {
    settings: { index: { knn: true, number_of_shards: shards, number_of_replicas: replicas } },
    mappings: {
      properties: {
        vector: {
          type: "knn_vector",
          dimension,
          ...(dataType === undefined ? {} : { data_type: dataType }),
          method: {
            name: "hnsw",
            engine: "faiss",
            // Bits are compared by how many differ.
            space_type: bits === 1 ? "hamming" : (metricsOf.openSearch[metric] ?? metric),
            parameters: { m: links, ef_construction: 128, ...(encoders[bits] ?? {}) },
          },
        },
      },
    },
  };
}

/** Largest share of an index in GiB that one shard should hold (OpenSearch Service, sizing guide). */
const SHARD_GIB = 30;

export function shardsOf(load: VectorLoad): number {
  const { replicas = STANDBY_REPLICAS } = load;
  return Math.max(1, Math.ceil(diskGiB(load) / (1 + replicas) / SHARD_GIB));
}

/** Rules on vectors that no type expresses. */
export function validateVectors(load: VectorLoad, engine: VectorEngine, metric: string): ArgumentProblem[] {
  const most = largestDimension[engine];
  const legalBits = engine === "openSearch" || engine === "serverless" ? [32, 16, 8, 1] : [32];
  const bits = load.bits ?? 32;
  const metrics = Object.keys(metricsOf[engine]);
  const problem = (propertyPath: string, reason: string): ArgumentProblem[] => [{ propertyPath, reason }];
  return [
    ...(Number.isInteger(load.dimension) && load.dimension >= 1 && load.dimension <= most
      ? []
      : problem("dimension", `${load.dimension}: ${engine} takes whole numbers from 1 to ${most}`)),
    ...(bits === 1 && load.dimension % 8 !== 0
      ? problem("dimension", `${load.dimension}: binary vectors are packed, so it must be a multiple of 8`)
      : []),
    ...(load.vectors > 0 ? [] : problem("vectors", `${load.vectors}: one at least`)),
    ...(legalBits.includes(bits) ? [] : problem("bits", `${bits}: ${engine} takes ${legalBits.join(", ")}`)),
    ...(metrics.includes(metric)
      ? []
      : problem("metric", `"${metric}": ${engine} compares by ${metrics.join(", ")}`)),
  ];
}
