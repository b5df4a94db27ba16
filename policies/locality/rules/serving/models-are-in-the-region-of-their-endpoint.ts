import {
  broken,
  exportedStores,
  type Finding,
  fromDeclaration,
  isUnknown,
  matchesGlob,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { asked } from "@hybrid-ai-fabric/graph/interconnect";
import { type Region, type ServingPlan, servingOf, tokens } from "./serving-plan";

/** SageMaker developer guide: the bucket of a model is in the region of the model. */
export const modelsAreNear: Rule = {
  id: "models-are-in-the-region-of-their-endpoint",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "SageMaker loads a model from a bucket in its own region: another region's bucket is refused at creation, and would make every cold start a transfer between regions.",
  remediation:
    "Give the region a copy of the artefact (ModelCache), replicated from the bucket it is written to.",
  evaluate: (view) => {
    const plan = servingOf(view);
    const outside = placesOutside(view);
    return plan
      .all(tokens.model)
      .flatMap((model) => paths.flatMap((path) => judge(plan, model, path, outside)));
  },
};

const paths = ["primaryContainer", "containers[]"].flatMap((container) => [
  `${container}.modelDataSource.s3DataSources[].s3Uri`,
  `${container}.modelDataUrl`,
]);

function judge(plan: ServingPlan, model: PlannedResource, path: string, outside: PlacesOutside): Finding[] {
  const [leaf] = asked(model, path);
  if (!leaf) return [];
  const own = plan.regionOf(model);
  const buckets = bucketsOf(plan, model, path, outside);
  if ("unknown" in own || buckets.length === 0) {
    const why =
      "unknown" in own
        ? own.unknown
        : "the bucket is neither in this plan, nor exported by another stack, nor in settings.externalStores";
    return [
      notShown(
        model,
        leaf.path,
        `Nothing shows whether ${model.name} is in the region of its artefact: ${why}.`,
      ),
    ];
  }
  return buckets.flatMap(({ name, at, urn }) => {
    const via = urn === undefined ? [] : [{ urn, property: "region" }];
    if ("unknown" in at)
      return [
        notShown(
          model,
          leaf.path,
          `Nothing shows where ${name}, which ${model.name} loads from, is: ${at.unknown}.`,
          {
            via,
          },
        ),
      ];
    if (at.region === own.region) return [];
    const message = `${model.name} in ${own.region} loads its artefact from ${name} in ${at.region}. Proposed: a copy of it in ${own.region}.`;
    return [broken(model, leaf.path, message, { via })];
  });
}

/** A bucket that an artefact may lie in; of the plan when it has a URN. */
interface ArtefactBucket {
  name: string;
  at: Region;
  urn?: string;
}

/** Buckets that a URI names: of the plan, by name or by the trace of an unknown, or of another stack. */
function bucketsOf(
  plan: ServingPlan,
  model: PlannedResource,
  path: string,
  outside: PlacesOutside,
): ArtefactBucket[] {
  const ofPlan = (bucket: PlannedResource): ArtefactBucket => ({
    name: bucket.name,
    at: plan.regionOf(bucket),
    urn: bucket.urn,
  });
  const values = asked(model, path).map(({ value }) => value);
  const traced = values.some(isUnknown)
    ? plan.named(model, path, tokens.bucket, tokens.oldBucket).resources
    : [];
  const named = values.flatMap((uri): ArtefactBucket[] => {
    if (typeof uri !== "string") return [];
    const name = bucketName(uri);
    const bucket = plan.bucketNamed(name);
    if (bucket) return [ofPlan(bucket)];
    const region = outside([uri, name, `s3://${name}`, `arn:aws:s3:::${name}`]);
    return region === undefined ? [] : [{ name, at: { region } }];
  });
  return [...traced.map(ofPlan), ...named];
}

/** Region of a bucket that is not of this plan, by any of its spellings. */
type PlacesOutside = (spellings: readonly string[]) => string | undefined;

/** What the settings declare, else what the stack that owns the bucket exports. */
function placesOutside({ settings, graph }: View): PlacesOutside {
  const exported = exportedStores(graph.resources);
  return (spellings) => {
    const declared = settings.externalStores.find(({ match }) =>
      spellings.some((text) => matchesGlob(match, text)),
    );
    const place = declared?.place ?? spellings.flatMap((text) => exported.get(text)?.place ?? [])[0];
    return place === undefined ? undefined : fromDeclaration(place).places[0]?.place.region;
  };
}

function bucketName(uri: string): string {
  return uri.replace(/^s3:\/\//, "").split("/", 1)[0] ?? "";
}
