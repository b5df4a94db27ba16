import { type PathStep, shortName } from "@hybrid-ai-fabric/graph";

/** One step of a way as a person reads it: `BucketReplicationConfig replication .rules[0].destination.bucket`. */
export function describeStep({ urn, property }: PathStep): string {
  return property === "" ? shortName(urn) : `${shortName(urn)} .${property}`;
}

/** A way as one line. */
export function describeWay(path: readonly PathStep[]): string {
  return path.map(describeStep).join(" -> ");
}
