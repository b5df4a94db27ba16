import { type PlannedResource, type Properties, unknownValue } from "@hybrid-ai-fabric/graph";

/** A plan of any size that is always the same for the same numbers. */
export interface GeneratedPlan {
  resources: PlannedResource[];
  /** URNs of the stores that data gets to although it may not be there. */
  leaks: string[];
}

const PROVIDER = "urn:pulumi:generated::bench::pulumi:providers:aws::home";
const BUCKET = "aws:s3/bucket:Bucket";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const GROUP = 4;
/** One group in this many leaks. */
const LEAKS_EVERY = 50;

/**
 * Groups of four resources: a labelled bucket, its key, a copy, and the replication between them with every id and ARN
 * still unknown, as at a first preview. A few groups copy to a bucket abroad.
 */
export function generatedPlan(size: number, seed: number): GeneratedPlan {
  const random = randomNumbers(seed);
  const resources: PlannedResource[] = [provider()];
  const leaks: string[] = [];
  for (let group = 0; resources.length + GROUP <= size; group++) {
    const leaking = random() < 1 / LEAKS_EVERY;
    const [source, key, copy, replication] = groupOf(group, leaking ? "us-east-1" : "ap-northeast-3");
    resources.push(source, key, copy, replication);
    if (leaking) leaks.push(copy.urn);
  }
  while (resources.length < size) resources.push(logGroup(resources.length));
  return { resources: shuffled(resources, random), leaks: leaks.sort() };
}

function groupOf(
  group: number,
  copyRegion: string,
): [PlannedResource, PlannedResource, PlannedResource, PlannedResource] {
  const key = resource("aws:kms/key:Key", `key-${group}`, { region: "ap-northeast-1" });
  const source = resource(BUCKET, `data-${group}`, { region: "ap-northeast-1", tags });
  const copy = resource(BUCKET, `copy-${group}`, { region: copyRegion, tags });
  const rules = [{ status: "Enabled", destination: { bucket: unknownValue } }];
  const replication = resource(
    REPLICATION,
    `replication-${group}`,
    { region: "ap-northeast-1", bucket: unknownValue, rules },
    { bucket: [source.urn], rules: [copy.urn] },
  );
  return [source, key, copy, replication];
}

const tags = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

function logGroup(index: number): PlannedResource {
  return resource("aws:cloudwatch/logGroup:LogGroup", `log-${index}`, { region: "ap-northeast-1" });
}

function provider(): PlannedResource {
  const region = { region: "ap-northeast-1" };
  const type = "pulumi:providers:aws";
  const base = { custom: true, dependencies: [], propertyDependencies: {} };
  return { urn: PROVIDER, type, name: "home", inputs: region, outputs: region, ...base };
}

function resource(
  type: string,
  name: string,
  inputs: Properties,
  propertyDependencies: { [property: string]: string[] } = {},
): PlannedResource {
  const outputs = { ...inputs, id: unknownValue, arn: unknownValue };
  const dependencies = Object.values(propertyDependencies).flat();
  const urn = `urn:pulumi:generated::bench::${type}::${name}`;
  const base = { custom: true, provider: PROVIDER };
  return { urn, type, name, ...base, inputs, outputs, dependencies, propertyDependencies };
}

/** Mulberry32: small, good enough to scatter leaks, and the same on every machine. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [copy[last], copy[other]];
    if (a !== undefined && b !== undefined) {
      copy[last] = b;
      copy[other] = a;
    }
  }
  return copy;
}
