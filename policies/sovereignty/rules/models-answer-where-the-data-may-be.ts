import {
  catalogueRow,
  compare,
  type DatasetTerms,
  declaredProperties,
  type Finding,
  isRecord,
  isSecret,
  isUnknown,
  type PlannedResource,
  type Rule,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";
import { allowedPlacesText, describePlace, mayBeIn, reachOfModel } from "@hybrid-ai-fabric/locality";
import { presences } from "./arrivals";

/**
 * An inference profile inside any text: prefix, maker and model, as in `apac.anthropic.claude-sonnet-4`. The names of
 * hosts look alike, but stand behind slashes or dots and have no hyphen there.
 */
const profile =
  /(?<=^|[^\w./@-]|inference-profile\/)([a-z]{2,6}(?:-gov)?)\.([a-z0-9]+)\.[a-z0-9]+(?:-[a-z0-9]+)+(?:[.:][a-z0-9-]+)*/g;

/**
 * A model is often named where no catalogue looks: in the environment of a container, in a definition, in the policy of
 * the role that calls it. Its prefix alone decides in which countries it answers, and no log of the caller's says where.
 */
export const modelsAnswer: Rule = {
  id: "models-answer-where-the-data-may-be",
  pack: "sovereignty",
  severity: "critical",
  level: "mandatory",
  description:
    "Whatever works with labelled data names only models that answer where the data may be processed, and its role may call no others.",
  remediation:
    "Name the model without a prefix, or the profile of the country (jp., au.), in the workload and in the policy of its role.",
  evaluate: (view) => {
    const workloads = workloadsOf(view);
    return [
      ...workloads.flatMap(({ resource, datasets }) => judge(resource, datasets, `${resource.name} names`)),
      ...policiesOf(view, workloads).flatMap(({ resource, datasets, role }) =>
        judge(resource, datasets, `The policy of role ${role} allows`),
      ),
    ];
  },
};

interface Workload {
  resource: PlannedResource;
  datasets: DatasetTerms[];
}

/** Processors that data reaches, and whose model no property of the catalogue names: those are judged by their place. */
function workloadsOf(view: View): Workload[] {
  const found = new Map<string, Workload>();
  for (const { arrival, dataset } of presences(view)) {
    const { resource, row } = arrival.node;
    if (!resource || !row || !(row.role === "processor" || row.code)) continue;
    const entry = found.get(resource.urn) ?? { resource, datasets: [] };
    entry.datasets.push(dataset);
    found.set(resource.urn, entry);
  }
  return [...found.values()].sort((a, b) => compare(a.resource.urn, b.resource.urn));
}

/** Policies that stand on a role which a workload takes: inline, or attached by name. */
function policiesOf({ graph }: View, workloads: readonly Workload[]): (Workload & { role: string })[] {
  const roles = new Map<string, DatasetTerms[]>();
  for (const { resource, datasets } of workloads)
    for (const urn of new Set(Object.values(resource.propertyDependencies).flat()))
      if (graph.byUrn(urn)?.type === "aws:iam/role:Role")
        roles.set(urn, [...new Set([...(roles.get(urn) ?? []), ...datasets])]);
  if (roles.size === 0) return [];
  return graph.resources.flatMap((resource) => {
    const inline = resource.type === "aws:iam/rolePolicy:RolePolicy";
    if (!inline && resource.type !== "aws:iam/rolePolicyAttachment:RolePolicyAttachment") return [];
    const policy = inline
      ? resource
      : (resource.propertyDependencies.policyArn ?? []).map(graph.byUrn).find((each) => each !== undefined);
    if (!policy) return [];
    return (resource.propertyDependencies.role ?? []).flatMap((urn) => {
      const datasets = roles.get(urn);
      return datasets ? [{ resource: policy, datasets, role: graph.byUrn(urn)?.name ?? urn }] : [];
    });
  });
}

function judge(resource: PlannedResource, datasets: readonly DatasetTerms[], deed: string): Finding[] {
  return modelsIn(resource).flatMap(({ model, path }) => {
    const reach = reachOfModel(model);
    if (reach === undefined) return [];
    return datasets.flatMap((dataset): Finding[] => {
      const { kinds, residency, name } = dataset;
      const found = { urn: resource.urn, dataset: name, path: [{ urn: resource.urn, property: path }] };
      const says = `${deed} ${model} for dataset "${name}"`;
      if (residency.length === 0) return [];
      if (reach === "unknown")
        return [
          { ...found, verdict: "cannotBeShown", message: `${says}: no table says where that answers.` },
        ];
      const outside = reach.countries
        .map((country) => ({ place: { country, operator: "aws" }, ...{ exact: reach.exact } }))
        .map(({ place, exact }) => ({
          place,
          exact,
          verdict: mayBeIn(residency, "process", place, { kinds }),
        }))
        .find(({ verdict }) => verdict.verdict !== "holds");
      if (!outside) return [];
      const may = allowedPlacesText(residency, "process");
      return [
        {
          ...found,
          verdict: outside.exact
            ? outside.verdict.verdict === "broken"
              ? "broken"
              : "cannotBeShown"
            : "cannotBeShown",
          message: `${says}, which may answer in ${describePlace(outside.place)}; it may only be processed in ${may}.`,
        },
      ];
    });
  });
}

/** Models that the texts of a resource name, once each; what the catalogue reads as a model is left to it. */
function modelsIn(resource: PlannedResource): { model: string; path: string }[] {
  const { tags: _, tagsAll: __, ...properties } = declaredProperties(resource);
  const read = new Set(
    (catalogueRow(resource.type)?.places ?? []).flatMap((place) =>
      place.how === "model" ? [place.path.split(/[.[]/, 1)[0] ?? ""] : [],
    ),
  );
  const found = new Map<string, string>();
  for (const [property, value] of Object.entries(properties)) {
    if (read.has(property)) continue;
    for (const text of textsIn(value))
      for (const [model, , maker] of text.matchAll(profile))
        if (reachOfModel(`${maker}.model`) === undefined && !found.has(model)) found.set(model, property);
  }
  return [...found].map(([model, path]) => ({ model, path }));
}

function textsIn(value: Value): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isRecord(value) || isUnknown(value) || isSecret(value)) return [];
  return Object.values(value).flatMap(textsIn);
}
