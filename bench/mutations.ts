import {
  catalogueRow,
  catalogueRows,
  declaredProperties,
  type PlannedResource,
  type Properties,
  type Reference,
  unknownValue,
  type Value,
} from "@hybrid-ai-fabric/graph";

/** One step away from a recorded plan: what was changed, and how to make the plan with the change. */
export interface Mutation {
  kind: string;
  what: string;
  make(): PlannedResource[];
}

/** A place that the datasets of the plan may not be in, and one in which the plan already stands. */
export interface Places {
  home: string;
  abroad: string;
}

/** Resources that hold labelled data in the plan, by URN. */
export type Holders = ReadonlySet<string>;

/**
 * Every leak of one step that the catalogue allows: a place or destination of a resource that holds data is changed,
 * or a resource is added that reads from one. Each with the destination known and unknown.
 */
export function leaks(plan: readonly PlannedResource[], holders: Holders, { abroad }: Places): Mutation[] {
  const held = plan.filter(({ urn }) => holders.has(urn));
  return held.flatMap((resource) => [
    ...moved(plan, resource, abroad),
    ...redirected(plan, resource, abroad),
    ...copied(plan, resource, abroad),
  ]);
}

function moved(plan: readonly PlannedResource[], resource: PlannedResource, abroad: string): Mutation[] {
  const row = catalogueRow(resource.type);
  const regional = row?.places.some(({ how }) => how === "awsRegion") === true;
  if (!regional || !resource.type.startsWith("aws:")) return [];
  return both(
    "region",
    `${resource.name} region`,
    (value) => changed(plan, resource, { region: value }),
    abroad,
  );
}

function redirected(plan: readonly PlannedResource[], resource: PlannedResource, abroad: string): Mutation[] {
  const row = catalogueRow(resource.type);
  if (!row) return [];
  const regions = row.places.flatMap((source) => (source.how === "region" ? [source.path] : []));
  return [
    ...row.destinations
      .filter(({ kind }) => kind !== "tags" && kind !== "group")
      .flatMap((reference) =>
        redirect(plan, resource, reference.path, foreign(reference, abroad), "destination"),
      ),
    ...row.keys.flatMap(({ path }) =>
      redirect(plan, resource, path, `arn:aws:kms:${abroad}:111122223333:key/0000`, "key"),
    ),
    ...regions.flatMap((path) => redirect(plan, resource, path, abroad, "further place")),
  ];
}

function redirect(
  plan: readonly PlannedResource[],
  resource: PlannedResource,
  path: string,
  value: string,
  kind: string,
): Mutation[] {
  const what = `${resource.name} ${path}`;
  return both(kind, what, (end) => changed(plan, resource, nested(path, end)), value);
}

/** A resource of every type that can read from this one, standing abroad or nowhere known. */
function copied(plan: readonly PlannedResource[], source: PlannedResource, abroad: string): Mutation[] {
  const role = catalogueRow(source.type)?.role;
  if (role !== "store") return [];
  return catalogueRows()
    .filter(({ type, places }) => type.startsWith("aws:") && places.some(({ how }) => how === "awsRegion"))
    .filter(({ role: own }) => own === "store" || own === "flow" || own === "processor")
    .flatMap((row) =>
      row.sources
        .filter(({ kind }) => kind === "resource" || kind === "bucket")
        .slice(0, 1)
        .flatMap(({ path }) =>
          both(
            "copy",
            `${row.type} of ${source.name} by ${path}`,
            (region) => [...plan, reader(row.type, path, source, region)],
            abroad,
          ),
        ),
    );
}

function reader(type: string, path: string, source: PlannedResource, region: Value): PlannedResource {
  const inputs: Properties = { region, ...nested(path, unknownValue) };
  const [property = path] = path.split(/[.[]/, 1);
  return {
    urn: `${source.urn.split("::").slice(0, 2).join("::")}::${type}::leak`,
    type,
    name: "leak",
    custom: true,
    inputs,
    outputs: inputs,
    dependencies: [source.urn],
    propertyDependencies: { [property]: [source.urn] },
    ...(source.provider ? { provider: source.provider } : {}),
  };
}

/** Edits that move nothing: a further tag, another name, a store beside it, another description. */
export function harmless(plan: readonly PlannedResource[], { home }: Places): Mutation[] {
  const edits = plan.filter(({ custom, type }) => custom && type.startsWith("aws:"));
  return edits.flatMap((resource): Mutation[] => {
    const { tags } = declaredProperties(resource);
    const tagged = typeof tags === "object" && tags !== null && !Array.isArray(tags) ? tags : {};
    const row = catalogueRow(resource.type);
    return [
      ...(row?.tags
        ? [edit("tag", resource, () => changed(plan, resource, { tags: { ...tagged, CostCentre: "4711" } }))]
        : []),
      edit("description", resource, () => changed(plan, resource, { description: "for people" })),
      edit("neighbour", resource, () => [...plan, neighbour(resource, home)]),
    ];
  });
}

function edit(kind: string, resource: PlannedResource, make: () => PlannedResource[]): Mutation {
  return { kind, what: resource.name, make };
}

function neighbour(resource: PlannedResource, region: string): PlannedResource {
  const type = "aws:sqs/queue:Queue";
  const inputs: Properties = { region };
  return {
    urn: `${resource.urn.split("::").slice(0, 2).join("::")}::${type}::beside-${resource.name}`,
    type,
    name: `beside-${resource.name}`,
    custom: true,
    inputs,
    outputs: inputs,
    dependencies: [],
    propertyDependencies: {},
    ...(resource.provider ? { provider: resource.provider } : {}),
  };
}

function both(
  kind: string,
  what: string,
  make: (value: Value) => PlannedResource[],
  foreignValue: string,
): Mutation[] {
  return [
    { kind: `${kind}, known`, what, make: () => make(foreignValue) },
    { kind: `${kind}, unknown`, what, make: () => make(unknownValue) },
  ];
}

function foreign({ kind }: Reference, region: string): string {
  if (kind === "bucket") return "somewhere-else";
  if (kind === "host") return `a.${region}.amazonaws.com`;
  const arn = `arn:aws:sqs:${region}:111122223333:end`;
  return kind === "document" ? JSON.stringify({ to: arn }) : arn;
}

/** The plan with some properties of one resource replaced; what they were computed from before is forgotten. */
function changed(
  plan: readonly PlannedResource[],
  resource: PlannedResource,
  properties: Properties,
): PlannedResource[] {
  const inputs = merge(resource.inputs, properties);
  const outputs = merge(resource.outputs, properties);
  const propertyDependencies = { ...resource.propertyDependencies };
  for (const property of Object.keys(properties)) delete propertyDependencies[property];
  const after = { ...resource, inputs, outputs, propertyDependencies };
  return plan.map((other) => (other === resource ? after : other));
}

function merge(a: Properties, b: Properties): Properties {
  const all = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = all[key];
    all[key] = isPlain(before) && isPlain(value) && value.$unknown !== true ? merge(before, value) : value;
  }
  return all;
}

function isPlain(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nested(path: string, value: Value): Properties {
  const [step = "", ...rest] = path.split(".");
  const inner: Value = rest.length > 0 ? nested(rest.join("."), value) : value;
  return step.endsWith("[]") ? { [step.slice(0, -2)]: [inner] } : { [step]: inner };
}
