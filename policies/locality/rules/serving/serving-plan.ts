import { datasetsOn, isRecord, type PlannedResource, type Value, type View } from "@hybrid-ai-fabric/graph";
import { hiddenBecause, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { type Training, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { placeOfAwsRegion } from "@hybrid-ai-fabric/locality";

/** Resource types that models are served by (@pulumi/aws 7.48). */
export const tokens = {
  model: "aws:sagemaker/model:Model",
  configuration: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
  nativeConfiguration: "aws-native:sagemaker:EndpointConfig",
  endpoint: "aws:sagemaker/endpoint:Endpoint",
  bucket: "aws:s3/bucket:Bucket",
  oldBucket: "aws:s3/bucketV2:BucketV2",
  scalingTarget: "aws:appautoscaling/target:Target",
  acceleratorListener: "aws:globalaccelerator/listener:Listener",
  endpointGroup: "aws:globalaccelerator/endpointGroup:EndpointGroup",
  record: "aws:route53/record:Record",
  balancer: "aws:lb/loadBalancer:LoadBalancer",
} as const;

/** A region, or why nothing shows it. */
export type Region = { region: string } | { unknown: string };

/** The serving side of a plan: resources by type, what a property names, and where a resource is. */
export interface ServingPlan extends Pick<Training, "all" | "named"> {
  regionOf(resource: PlannedResource): Region;
  /** The bucket of the plan that has this physical name. */
  bucketNamed(name: string): PlannedResource | undefined;
  /** Residency of every dataset that a resource is labelled with. */
  residencyOf(resource: PlannedResource): string[];
  parentOf(resource: PlannedResource): PlannedResource | undefined;
}

const known = new WeakMap<View, ServingPlan>();

/** Built once per view: every rule of the area reads the same. */
export function servingOf(view: View): ServingPlan {
  const built = known.get(view) ?? build(view);
  known.set(view, built);
  return built;
}

function build(view: View): ServingPlan {
  const { all, named } = trainingOf(view);
  const byUrn = new Map(view.graph.resources.map((resource) => [resource.urn, resource]));
  const buckets = new Map<string, PlannedResource>();
  for (const bucket of all(tokens.bucket, tokens.oldBucket)) {
    const name = bucket.inputs.bucket ?? bucket.outputs.bucket;
    if (typeof name === "string") buckets.set(name, bucket);
  }
  const regionOf = (resource: PlannedResource): Region => {
    const own = textAt(resource, "region");
    if (own.state === "known") return inTables(own.value);
    if (own.state === "hidden") return { unknown: `its region: ${own.why}` };
    const provider = resource.provider === undefined ? undefined : byUrn.get(resource.provider);
    const configured = provider && (provider.inputs.region ?? provider.outputs.region);
    if (typeof configured === "string") return inTables(configured);
    const why = configured === undefined || configured === null ? undefined : hiddenBecause(configured);
    return {
      unknown: why ? `the region of its provider: ${why}` : "neither it nor its provider names a region",
    };
  };
  return {
    all,
    named,
    regionOf,
    bucketNamed: (name) => buckets.get(name),
    residencyOf: (resource) => {
      const labels = view.graph.nodes.get(resource.urn)?.labels;
      return [
        ...new Set(
          (labels ? datasetsOn(labels) : []).flatMap((name) => view.datasets.get(name)?.residency ?? []),
        ),
      ].sort();
    },
    parentOf: (resource) => (resource.parent === undefined ? undefined : byUrn.get(resource.parent)),
  };
}

function inTables(region: string): Region {
  return placeOfAwsRegion(region) ? { region } : { unknown: `${region} is a region that no table holds` };
}

/** A figure that a component above a resource registered. */
export function figureAbove(plan: ServingPlan, resource: PlannedResource, output: string): Value | undefined {
  let at = plan.parentOf(resource);
  while (at && at.outputs[output] === undefined) at = plan.parentOf(at);
  return at?.outputs[output];
}

/** Stores that a component registered as read by what it serves. */
export function registeredStores(resource: PlannedResource): { name: string; region: Value; path: string }[] {
  const stores = resource.custom ? undefined : resource.outputs.stores;
  if (!Array.isArray(stores)) return [];
  return stores.flatMap((store, index) =>
    isRecord(store) && typeof store.name === "string" && store.region !== undefined
      ? [{ name: store.name, region: store.region, path: `stores[${index}].region` }]
      : [],
  );
}
