import { isUnknown, type Properties } from "./value";

/**
 * One resource of a plan. `inputs` are what the program asked for, `outputs` what the engine expects after the step;
 * both at once make a declared place comparable with the actual one.
 */
export interface PlannedResource {
  urn: string;
  type: string;
  name: string;
  /** False for components and for the stack itself, which exist only in the program. */
  custom: boolean;
  parent?: string;
  /** URN of the provider resource that manages it. */
  provider?: string;
  inputs: Properties;
  outputs: Properties;
  /** The program is known to have asked for it without any property, so that empty inputs are not missing ones. */
  bare?: true;
  dependencies: string[];
  /** Resources that each top-level property was computed from; the only trace of a value that is still unknown. */
  propertyDependencies: { [property: string]: string[] };
}

/**
 * Whether a type is managed by a provider. The engine does not tell a policy; but a provider's resource names its
 * provider, and a component of the program has none.
 */
export function isCustom(type: string, provider: string | undefined): boolean {
  return provider !== undefined || type.includes("/") || type.startsWith("pulumi:providers:");
}

/** The provider resource that manages a resource, where the plan holds it. */
export function providerOf(
  { provider }: PlannedResource,
  byUrn: (urn: string) => PlannedResource | undefined,
): PlannedResource | undefined {
  return provider === undefined ? undefined : byUrn(provider);
}

/** The package of a type token: `aws` of `aws:s3/bucket:Bucket`. */
export function packageOf(type: string): string {
  return type.split(":", 1)[0] ?? type;
}

/**
 * What the program declared, else what the provider says: a real provider fills defaults that the program left out.
 * An output that nobody asked for and that is still unknown is a default to come, and counts as absent; where no
 * inputs are recorded (a saved state of a foreign tool) it may as well have been asked for, and counts as unknown.
 */
export function declaredProperties(resource: PlannedResource): Properties {
  const known = declared.get(resource);
  if (known) return known;
  const asked = Object.keys(resource.inputs).length > 0 || resource.bare === true;
  const outputs = asked
    ? Object.fromEntries(Object.entries(resource.outputs).filter(([, value]) => !isUnknown(value)))
    : resource.outputs;
  const properties = { ...outputs, ...resource.inputs };
  declared.set(resource, properties);
  return properties;
}

/** Whether inputs that were recorded are empty, as opposed to not recorded. */
export function isBare(inputs: Properties | undefined): boolean {
  return inputs !== undefined && Object.keys(inputs).length === 0;
}

const declared = new WeakMap<PlannedResource, Properties>();

/** Resources in an order that does not depend on the engine's, which is different in each run. */
export function inOrder(resources: readonly PlannedResource[]): PlannedResource[] {
  return [...resources].sort((a, b) => compare(a.urn, b.urn));
}

/** Plain code-point order: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** The part of a URN that a person recognises: `bucket claims` instead of the whole chain of types. */
export function shortName(urn: string): string {
  const [typeChain, name] = urn.split("::").slice(-2);
  const token = typeChain?.split("$").at(-1) ?? "";
  const noun = token.split(":").at(-1) ?? token;
  return name ? `${noun} ${name}` : urn;
}
