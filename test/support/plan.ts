import {
  isCustom,
  type PlannedResource,
  type Properties,
  unknownValue,
  type Value,
} from "@hybrid-ai-fabric/graph";

/** Plans for tests, written as a list of resources: `ref("src")` is a value that only creation will tell. */
export interface ResourceSpec {
  type: string;
  name: string;
  properties?: { [property: string]: Spec };
  outputs?: { [property: string]: Spec };
  parent?: string;
  /** Names of resources that it waits for beyond what its values come from. */
  dependsOn?: string[];
  /** Name of the provider resource of the plan that manages it. Default: one made up, with `providerRegion`. */
  provider?: string;
  /** Region of the provider; "unknown" for one that is computed; absent for a provider without a region. */
  providerRegion?: string;
}

export type Spec = null | boolean | number | string | Reference | Spec[] | { [key: string]: Spec };

class Reference {
  constructor(readonly to: string | undefined) {}
}

/** An unknown that was computed from a resource of the plan. */
export const ref = (name: string): Reference => new Reference(name);
/** An unknown without any trace of where it comes from. */
export const unborn = new Reference(undefined);

export const bucketType = "aws:s3/bucket:Bucket";
export const keyType = "aws:kms/key:Key";
export const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

export function plan(specs: readonly ResourceSpec[]): PlannedResource[] {
  const urns = new Map(specs.map((spec) => [spec.name, urnOf(spec, specs)]));
  const providers = new Map<string, PlannedResource>();
  const resources = specs.map((spec) => resourceOf(spec, specs, urns, providers));
  return [...providers.values(), ...resources];
}

export function urnOf(spec: ResourceSpec, specs: readonly ResourceSpec[]): string {
  const chain = [spec.type];
  let parent = specs.find((candidate) => candidate.name === spec.parent);
  while (parent) {
    chain.unshift(parent.type);
    const above: string | undefined = parent.parent;
    parent = specs.find((candidate) => candidate.name === above);
  }
  return `urn:pulumi:test::fixture::${chain.join("$")}::${spec.name}`;
}

function resourceOf(
  spec: ResourceSpec,
  specs: readonly ResourceSpec[],
  urns: ReadonlyMap<string, string>,
  providers: Map<string, PlannedResource>,
): PlannedResource {
  const propertyDependencies: { [property: string]: string[] } = {};
  const read = (properties: { [property: string]: Spec }): Properties =>
    Object.fromEntries(
      Object.entries(properties).map(([property, value]) => [
        property,
        valueFrom(value, (name) => {
          const urn = urns.get(name);
          if (urn === undefined) throw new Error(`the plan has no resource ${name}`);
          propertyDependencies[property] = [...(propertyDependencies[property] ?? []), urn];
        }),
      ]),
    );
  const inputs = read(spec.properties ?? {});
  const managed = isCustom(spec.type, spec.provider);
  const provider = spec.provider
    ? urns.get(spec.provider)
    : managed
      ? providerOf(spec, providers)
      : undefined;
  return {
    urn: urnOf(spec, specs),
    type: spec.type,
    name: spec.name,
    custom: managed,
    ...(spec.parent ? { parent: urns.get(spec.parent) ?? "" } : {}),
    ...(provider ? { provider } : {}),
    inputs: managed ? inputs : {},
    outputs: managed ? { ...inputs, ...read(spec.outputs ?? { id: unborn, arn: unborn }) } : inputs,
    dependencies: [
      ...Object.values(propertyDependencies).flat(),
      ...(spec.dependsOn ?? []).map((name) => urns.get(name) ?? name),
    ],
    propertyDependencies,
  };
}

function providerOf(spec: ResourceSpec, providers: Map<string, PlannedResource>): string {
  const region = spec.providerRegion ?? "none";
  const type = `pulumi:providers:${spec.type.split(":", 1)[0]}`;
  const urn = `urn:pulumi:test::fixture::${type}::${region}`;
  const value: Value = region === "unknown" ? unknownValue : region;
  const properties: Properties = region === "none" ? {} : { region: value };
  const name = region;
  const base = { custom: true, dependencies: [], propertyDependencies: {} };
  providers.set(urn, { urn, type, name, inputs: properties, outputs: properties, ...base });
  return urn;
}

function valueFrom(spec: Spec, note: (name: string) => void): Value {
  if (spec instanceof Reference) {
    if (spec.to !== undefined) note(spec.to);
    return unknownValue;
  }
  if (Array.isArray(spec)) return spec.map((element) => valueFrom(element, note));
  if (spec === null || typeof spec !== "object") return spec;
  return Object.fromEntries(Object.entries(spec).map(([key, value]) => [key, valueFrom(value, note)]));
}

/** The same in JSON: `{$ref}` for what a resource of the plan will tell, `{$unknown}` for what nothing tells. */
export function written(spec: Spec): unknown {
  if (spec instanceof Reference) return spec.to === undefined ? { $unknown: true } : { $ref: spec.to };
  if (Array.isArray(spec)) return spec.map(written);
  if (spec === null || typeof spec !== "object") return spec;
  return Object.fromEntries(Object.entries(spec).map(([key, value]) => [key, written(value)]));
}

/** The tags of a resource that holds the dataset of the fixtures. */
export const claims = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

/** The registry of the fixtures: claims may only be in Japan. */
export const registry = {
  version: 1,
  datasets: { claims: { classification: "restricted", kinds: [], residency: ["japan-only"] } },
  attestations: [{ id: "exposure:US-CLOUD-ACT", basis: "accepted", expires: "2031-12-31" }],
};

export function bucket(
  name: string,
  region: string | undefined,
  tags?: { [tag: string]: string },
): ResourceSpec {
  const properties = { ...(region ? { region } : {}), ...(tags ? { tags } : {}) };
  return { type: bucketType, name, properties };
}
