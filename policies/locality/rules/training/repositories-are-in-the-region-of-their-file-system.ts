import {
  broken,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
  type Value,
} from "@hybrid-ai-fabric/graph";
import { textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { type Training, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { crossRegionReadUsd } from "@hybrid-ai-fabric/locality";
import { often, readsPerYear } from "./reads";

const BUCKET = "aws:s3/bucket:Bucket";

export const repositoriesInRegion: Rule = {
  id: "repositories-are-in-the-region-of-their-file-system",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "A file system is linked with a bucket of its own region: FSx imports nothing by itself from another one, and every GB that crosses is billed.",
  remediation:
    "Replicate the data into a bucket of the region where the residency allows it, and link that one.",
  evaluate: (view) => {
    const training = trainingOf(view);
    const associations = training.all(tokens.association);
    if (associations.length === 0) return [];
    const byUrn = new Map(view.graph.resources.map((resource) => [resource.urn, resource]));
    const buckets = new Map(
      training.all(BUCKET).map((bucket) => [bucket.inputs.bucket ?? bucket.outputs.bucket, bucket]),
    );
    const regionOf = (resource: PlannedResource) => region(resource, byUrn);
    return associations.flatMap((association) =>
      judge(association, bucketOf(association, training, buckets), training, regionOf, readsPerYear(view)),
    );
  },
};

function judge(
  association: PlannedResource,
  bucket: PlannedResource | undefined,
  training: Training,
  regionOf: (resource: PlannedResource) => string | undefined,
  reads: number,
): Finding[] {
  const [fileSystem] = training.named(association, "fileSystemId", tokens.fileSystem).resources;
  const here = regionOf(fileSystem ?? association);
  const there = bucket && regionOf(bucket);
  const property = "dataRepositoryPath";
  if (!bucket || here === undefined || there === undefined) {
    return [
      notShown(
        association,
        property,
        `Nothing shows that the bucket of ${association.name} is in the region of its file system: ${bucket ? "a region is not known before creation" : "the bucket is not in this plan"}.`,
      ),
    ];
  }
  if (here === there) return [];
  const via = [{ urn: bucket.urn, property: "region" }];
  const capacity = fileSystem && leavesAt(fileSystem.inputs, "storageCapacity")[0]?.value;
  const usd = typeof capacity === "number" ? crossRegionReadUsd(there, capacity / 1024, 1) : undefined;
  // What does not stay in the file system is fetched again by every epoch; at most all of it.
  const cost =
    usd === undefined
      ? ""
      : ` Filling it once costs about ${Math.round(usd)} USD; reads of training that fetch it again, ${often(reads)}, up to ${Math.round(usd * reads)} USD a year.`;
  return [
    broken(
      association,
      property,
      `${association.name} links a file system in ${here} with a bucket in ${there}.${cost}`,
      { via },
    ),
  ];
}

/** The bucket that a path names: a literal `s3://name/...`, or what the path was computed from. */
function bucketOf(
  association: PlannedResource,
  training: Training,
  buckets: ReadonlyMap<Value | undefined, PlannedResource>,
): PlannedResource | undefined {
  const path = textAt(association, "dataRepositoryPath");
  if (path.state !== "known") return training.named(association, "dataRepositoryPath", BUCKET).resources[0];
  return buckets.get(path.value.replace(/^s3:\/\//, "").split("/", 1)[0] ?? "");
}

/** Resource region, else that of its provider. */
function region(resource: PlannedResource, byUrn: ReadonlyMap<string, PlannedResource>): string | undefined {
  const own = textAt(resource, "region");
  if (own.state !== "absent") return own.state === "known" ? own.value : undefined;
  const configured = byUrn.get(resource.provider ?? "")?.inputs.region;
  return typeof configured === "string" ? configured : undefined;
}
