import {
  compare,
  decodeWireProperties,
  isCustom,
  isRecord,
  type PlannedResource,
  type Properties,
  secretValue,
  type Value,
} from "@hybrid-ai-fabric/graph";
import { isPlain } from "@hybrid-ai-fabric/locality";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import type { RegistrationFrames } from "@hybrid-ai-fabric/report";

/** A resource as the engine writes it into states and previews, as far as it is read here. */
export interface EngineResource extends RegistrationFrames {
  urn: string;
  type: string;
  /** The provider's name for it, by which others refer to it; not among the outputs of every provider. */
  id?: string;
  parent?: string;
  provider?: string;
  inputs?: { [property: string]: unknown };
  outputs?: { [property: string]: unknown };
  dependencies?: string[];
  propertyDependencies?: { [property: string]: string[] | null };
  /** Marked to be deleted by the next update. */
  delete?: boolean;
  /** Read by the program, managed by somebody else. */
  external?: boolean;
}

/** What the engine writes in place of a secret that it does not show. */
const BLINDED = "[secret]";

export function requireResource(value: unknown, where: string): EngineResource {
  if (!isPlain(value)) throw new WrongInput(`${where}: it is not an object`);
  for (const key of ["urn", "type"]) {
    if (typeof value[key] !== "string" || value[key] === "")
      throw new WrongInput(`${where}.${key}: it is missing or no text`);
  }
  for (const key of ["inputs", "outputs", "propertyDependencies"]) {
    const part = value[key];
    if (part !== undefined && part !== null && !isPlain(part))
      throw new WrongInput(`${where}.${key}: it is not an object`);
  }
  return value as unknown as EngineResource;
}

/** A resource of the engine as packs and reports see it: unknowns marked, secrets masked, references in order. */
export function plannedResource(resource: EngineResource): PlannedResource {
  const { urn, type, parent } = resource;
  const provider = providerUrn(resource.provider);
  return {
    urn,
    type,
    name: nameOf(urn),
    custom: isCustom(type, provider),
    ...(parent ? { parent } : {}),
    ...(provider ? { provider } : {}),
    inputs: properties(resource.inputs),
    outputs: properties(
      resource.id === undefined ? resource.outputs : { id: resource.id, ...resource.outputs },
    ),
    dependencies: [...(resource.dependencies ?? [])].sort(compare),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies ?? {})
        .sort(([a], [b]) => compare(a, b))
        .map(([property, urns]) => [property, [...(urns ?? [])].sort(compare)]),
    ),
  };
}

/** The engine refers to a provider by URN and id: `urn:...::default_7_48_0::<id>`. */
export function providerUrn(reference: string | undefined): string | undefined {
  const at = reference?.lastIndexOf("::") ?? -1;
  return at < 0 ? undefined : reference?.slice(0, at);
}

export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::") || urn;
}

export function stackOf(urn: string): string | undefined {
  return /^urn:pulumi:(.*?)::/.exec(urn)?.[1];
}

function properties(wire: EngineResource["inputs"] | null): Properties {
  return mapValues(decodeWireProperties(wire ?? {}));
}

function mapValues(record: { [key: string]: Value }): { [key: string]: Value } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, masked(value)]));
}

function masked(value: Value): Value {
  if (value === BLINDED) return secretValue;
  if (Array.isArray(value)) return value.map(masked);
  return isRecord(value) ? mapValues(value) : value;
}
