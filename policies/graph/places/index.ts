import { controlPlaneHome, countryName, countryOfCloudRegion } from "@hybrid-ai-fabric/locality";
import type { CatalogueRow, PlaceSource } from "../catalogue";
import { leavesAt } from "../path";
import { declaredProperties, type PlannedResource, packageOf, providerOf } from "../resource";
import { isRecord, isSecret, isUnknown, type Value } from "../value";
import { anywhere, locateInAws, locateInGeography, locateInZone, locateModel, placeOfArn } from "./aws";
import { at, fromDeclaration, join, type Location, nowhere, unresolved } from "./location";
import type { Neighbourhood } from "./neighbourhood";
import { fromText, textOf } from "./text";

export { locateInAws, placeOfArn } from "./aws";
export { at, fromDeclaration, join, type Location, nowhere, type ProvenPlace, unresolved } from "./location";
export type { Neighbourhood } from "./neighbourhood";

/** Places are read through at most so many resources: longer chains exist only in a plan that names itself. */
export const DEEPEST = 8;

/** The places of a resource, read from the sources that its catalogue row names. */
export function locate(
  resource: PlannedResource,
  row: CatalogueRow,
  around: Neighbourhood,
  depth = 0,
): Location {
  const declared = around.placesOf(resource);
  if (declared.length > 0) return join(declared.map((place) => fromDeclaration(place)));
  if (depth > DEEPEST) return unresolved("its place is that of a resource which names it in turn");
  const found = join(row.places.map((source) => locateBy(source, resource, around, depth)));
  const placeless = row.places.some(({ how }) => how === "members" || how === "global");
  if (found.places.length === 0 && found.unresolved.length === 0 && !placeless) {
    return unresolved("no property of it says where it is");
  }
  return found;
}

function locateBy(
  source: PlaceSource,
  resource: PlannedResource,
  around: Neighbourhood,
  depth: number,
): Location {
  const each = (path: string, read: (value: Value, path: string) => Location) =>
    join(leavesAt(declaredProperties(resource), path).map((leaf) => read(leaf.value, leaf.path)));
  switch (source.how) {
    case "members":
    case "global":
      return nowhere;
    case "awsRegion":
      return locateInAws(resource, around);
    case "zone":
      return locateInZone(source, resource, around, depth);
    case "region":
    case "metro":
    case "directConnectLocation": {
      const { how } = source;
      return each(source.path, (value, path) => fromText(how as "region", value, path));
    }
    case "regionOf":
      return each(source.path, (block, path) => regionOfBlock(block, path, source.byDefault));
    case "arn":
      return each(source.path, fromArn);
    case "model":
      return locateModel(source.path, resource, around, depth);
    case "geography": {
      const own = source.unless.map((path) => leavesAt(declaredProperties(resource), path).length > 0);
      return own.length > 0 && own.every(Boolean) ? nowhere : locateInGeography(resource, around);
    }
    case "reference":
      return locateByReference(source.path, resource, around, depth);
    case "firstOf":
      return (
        source.sources
          .map((one) => locateBy(one, resource, around, depth))
          .find(({ places, unresolved: reasons }) => places.length > 0 || reasons.length > 0) ?? nowhere
      );
    case "megaportLocation":
      return each(source.path, (value, path) => locateAtMegaport(value, path, resource, around));
    case "cloudRegion":
      return each(source.path, (value, path) => inOtherCloud(value, path, source.cloud, resource));
    case "cluster":
      return locateCluster(resource, around, depth);
    case "outpost":
      return each(source.path, (_, path) =>
        unresolved(`${path} names hardware at a site of the customer; declare its place in settings.labels`),
      );
    case "anywhere":
      return anywhere("a network that serves from every country");
    case "anywhereIf":
    case "anywhereUnless":
      return anywhereBy(source, resource);
    case "outside":
      return unresolved("it hands data to somebody that no plan shows; declare the place in settings.labels");
    case "outsideIf":
      return each(source.path, (_, path) => unresolved(`${path} lets somebody connect whom no plan shows`));
  }
}

function fromArn(value: Value, property: string): Location {
  const arn = textOf(value);
  const place = arn === undefined ? undefined : placeOfArn(arn);
  return place ? at(place, property) : unresolved(`${property} does not show a region before creation`);
}

/** An omitted region is not an unknown one: the software has its own. */
function regionOfBlock(block: Value, path: string, byDefault: string): Location {
  const property = `${path}.region`;
  if (isUnknown(block) || isSecret(block) || !isRecord(block)) return fromText("region", block, property);
  const [leaf] = leavesAt(block, "region");
  return leaf
    ? fromText("region", leaf.value, property)
    : fromText("region", byDefault, `${property}, which is ${byDefault} when it is left out,`);
}

function anywhereBy(
  source: { how: "anywhereIf" | "anywhereUnless"; path: string; values: string[] },
  resource: PlannedResource,
): Location {
  const leaves = leavesAt(declaredProperties(resource), source.path);
  const listed = leaves.filter(({ value }) => typeof value === "string" && source.values.includes(value));
  const unknown = leaves.some(({ value }) => isUnknown(value));
  if (source.how === "anywhereIf") {
    if (unknown) return unresolved(`${source.path} is not known before creation`);
    return listed.length > 0 ? anywhere(source.path) : nowhere;
  }
  if (unknown) return unresolved(`${source.path} is not known before creation`);
  return leaves.length > 0 && listed.length === leaves.length
    ? nowhere
    : anywhere(`${source.path}, which serves from every country unless it is ${source.values.join(" or ")}`);
}

function locateByReference(
  path: string,
  resource: PlannedResource,
  around: Neighbourhood,
  depth: number,
): Location {
  const leaves = leavesAt(declaredProperties(resource), path);
  if (leaves.length === 0) return nowhere;
  const located = around.named(resource, path).map((named) => around.locate(named, depth + 1));
  if (located.length > 0) return join(located);
  return unresolved(`${path} names something whose place this plan does not show`);
}

/** The cluster behind the provider: the one that its kubeconfig was computed from, else what a component registered. */
function locateCluster(resource: PlannedResource, around: Neighbourhood, depth: number): Location {
  const provider = providerOf(resource, around.byUrn);
  const declared = provider ? around.placesOf(provider) : [];
  if (declared.length > 0) return join(declared.map(fromDeclaration));
  const clusters = Object.values(provider?.propertyDependencies ?? {})
    .flat()
    .flatMap((urn) => around.byUrn(urn) ?? [])
    .filter(({ type }) => isCluster.test(type));
  if (clusters.length > 0) return join(clusters.map((cluster) => around.locate(cluster, depth + 1)));
  const hidden = provider && isUnknown(provider.inputs.kubeconfig ?? provider.outputs.kubeconfig);
  // What a component says of its objects is no answer to the question which cluster an unknown address leads to.
  if (provider && hidden)
    return unresolved(
      `kubeconfig of its provider ${provider.name} is not known before creation and comes from no cluster of this plan; declare the provider's place in settings.labels`,
    );
  const component = around.ancestorWith(resource, "place");
  const place = component?.outputs.place;
  if (component && typeof place === "string") {
    const { places, unresolved: reasons } = fromDeclaration(place);
    const proof = `place that ${component.name} registered`;
    return { places: places.map((found) => ({ ...found, proof })), unresolved: reasons };
  }
  return unresolved(
    "nothing shows where the cluster behind its provider stands; declare the provider's place in settings.labels",
  );
}

/** Types that are a cluster: what only keeps its address, such as a secret, says nothing of where it stands. */
const isCluster = /^aws:eks\/cluster:|^aws-native:eks:Cluster$|:Cluster$/;

function inOtherCloud(
  value: Value,
  property: string,
  cloudPath: string | undefined,
  resource: PlannedResource,
): Location {
  const text = textOf(value);
  if (text === undefined)
    return unresolved(`${property} is not known before creation; give it a literal value`);
  const split = text.lastIndexOf("-");
  const cloud = cloudPath
    ? textOf(leavesAt(declaredProperties(resource), cloudPath)[0]?.value ?? null)
    : text.slice(split + 1);
  const region = cloudPath ? text : text.slice(0, split);
  const country = cloud === undefined ? undefined : countryOfCloudRegion(cloud, region);
  const operator = packageOf(resource.type);
  return country
    ? at({ country, region, operator }, property)
    : unresolved(`${property} holds a region that no table of ${cloud ?? "its cloud"} knows`);
}

/** Megaport numbers its locations and publishes no table of them: the settings say it, else the component. */
function locateAtMegaport(
  value: Value,
  property: string,
  resource: PlannedResource,
  around: Neighbourhood,
): Location {
  if (typeof value !== "number" && typeof value !== "string")
    return unresolved(`${property} is not known before creation; give it a literal value`);
  const country = around.countryOfMegaportLocation(String(value));
  if (country !== undefined && countryName(country)) {
    return at({ country, operator: "megaport" }, `${property} by settings.tables.megaportLocations`);
  }
  const component = around.ancestorWith(resource, "place");
  const declared = component?.outputs.place;
  if (component && typeof declared === "string") {
    const { places, unresolved: reasons } = fromDeclaration(declared);
    const proof = `place that ${component.name} registered`;
    return {
      places: places.map(({ place }) => ({ place: { ...place, operator: "megaport" }, proof })),
      unresolved: reasons,
    };
  }
  return unresolved(
    `${property} is Megaport location ${String(value)}, whose country no table holds; add it to settings.tables.megaportLocations`,
  );
}

/** Where the control plane of a service without regions stands, in the partition of the resource's provider. */
export function controlPlaneOf(resource: PlannedResource, around: Neighbourhood): Location {
  const partitions = locateInAws(resource, around).places.flatMap(({ place }) => place.partition ?? []);
  const homes = [...new Set(partitions)].flatMap((partition) => controlPlaneHome(partition) ?? []);
  return homes.length > 0
    ? join(homes.map((home) => at(home, "home of the control plane in its partition")))
    : unresolved("nothing shows which partition it belongs to");
}

/** Components, providers and the stack exist only in the program: they have no place and hold nothing. */
export function isOnlyInProgram(resource: PlannedResource): boolean {
  return !resource.custom || resource.type.startsWith("pulumi:");
}

/** A boundary that a provider promises to keep, as the countries inside it. */
export function boundaryOf(row: CatalogueRow, resource: PlannedResource): Value | undefined {
  if (!row.boundary) return undefined;
  const value = declaredProperties(resource)[row.boundary];
  return value === null || value === "" || (isRecord(value) && !isUnknown(value)) ? undefined : value;
}
