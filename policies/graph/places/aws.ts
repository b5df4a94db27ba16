import {
  ANYWHERE,
  awsRegionsIn,
  geographyOfRegion,
  localZoneCountries,
  type ModelReach,
  placeOfAwsRegion,
  placeOfZone,
  reachOfModel,
} from "@hybrid-ai-fabric/locality";
import { leavesAt } from "../path";
import { declaredProperties, type PlannedResource, providerOf } from "../resource";
import { isUnknown, type Value } from "../value";
import { at, join, type Location, nowhere, unresolved } from "./location";
import type { Neighbourhood } from "./neighbourhood";
import { fromText, textOf } from "./text";

/** Resource `region`, else the region of its provider, else its ARN. What only the shell knows is not known. */
export function locateInAws(resource: PlannedResource, around: Neighbourhood): Location {
  return join([regionOf(resource, around), ...customEndpoints(resource, around)]);
}

function regionOf(resource: PlannedResource, around: Neighbourhood): Location {
  const own = leavesAt({ region: resource.inputs.region ?? knownOutput(resource) ?? null }, "region[]");
  if (own.length > 0) return join(own.map((leaf) => fromText("region", nameIn(leaf.value), leaf.path)));
  const provider = providerOf(resource, around.byUrn);
  const configured = provider && (provider.inputs.region ?? provider.outputs.region);
  if (configured !== undefined && configured !== null && provider) {
    return fromText("region", configured, `region of its provider ${provider.name}`);
  }
  const arn = resource.outputs.arn;
  const fromArn = typeof arn === "string" ? placeOfAwsRegion(arn.split(":")[3] ?? "") : undefined;
  if (fromArn) return at(fromArn, "arn");
  return unresolved(
    "neither the resource nor its provider names a region, so the environment of the shell decides; set `region`",
  );
}

/** With inputs at hand, an unknown output region is what the provider will fill in: its own. */
function knownOutput(resource: PlannedResource): Value | undefined {
  const { region } = resource.outputs;
  return isUnknown(region) && (resource.bare || Object.keys(resource.inputs).length > 0) ? undefined : region;
}

/** Some types hold a list of regions, and some of those an object per region. */
function nameIn(value: Value): Value {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "name" in value
    ? (value.name ?? null)
    : value;
}

/** A provider that is sent to other addresses works where those are, whatever region it names. */
function customEndpoints(resource: PlannedResource, around: Neighbourhood): Location[] {
  const provider = providerOf(resource, around.byUrn);
  const endpoints = provider && (provider.inputs.endpoints ?? provider.outputs.endpoints);
  if (endpoints === undefined || endpoints === null || endpoints === "" || !provider) return [];
  if (Array.isArray(endpoints) && endpoints.length === 0) return [];
  const text = JSON.stringify(endpoints);
  const regions = awsRegionsIn(text).flatMap((region) => placeOfAwsRegion(region) ?? []);
  const proof = `endpoints of its provider ${provider.name}`;
  if (regions.length > 0) return regions.map((place) => at(place, proof));
  return [unresolved(`its provider ${provider.name} is sent to endpoints that name no region`)];
}

/**
 * Availability Zone or Local Zone, else the place of the subnets, else the region. A subnet that the plan does not
 * show may lie in any Local Zone of the region, and some of those stand in another country.
 */
export function locateInZone(
  source: { zones: string[]; subnets: string[] },
  resource: PlannedResource,
  around: Neighbourhood,
  depth: number,
): Location {
  const properties = declaredProperties(resource);
  const zones = source.zones.flatMap((path) => leavesAt(properties, path));
  if (zones.length > 0) {
    return join(
      zones.map((leaf) => {
        const name = textOf(leaf.value);
        const place = name === undefined ? undefined : placeOfZone(name);
        if (place) return at(place, leaf.path);
        if (name === undefined) return locateInRegionOrLocalZone(resource, around, leaf.path);
        return unresolved(`${leaf.path} holds a zone that no table knows`);
      }),
    );
  }
  const found = source.subnets.flatMap((path) => {
    const leaves = leavesAt(properties, path);
    if (leaves.length === 0) return [];
    const located = [
      ...around.named(resource, path).map((subnet) => around.locate(subnet, depth + 1)),
      ...leaves.flatMap(({ value }) => around.exportedSubnet(textOf(value) ?? "") ?? []),
    ];
    // EC2 takes the interfaces of one machine in one zone only, so one of them says where all are.
    const enough = path.startsWith("networkInterfaces[]") ? 1 : leaves.length;
    return located.length >= enough
      ? located
      : [...located, locateInRegionOrLocalZone(resource, around, path)];
  });
  return found.length > 0 ? join(found) : locateInAws(resource, around);
}

function locateInRegionOrLocalZone(
  resource: PlannedResource,
  around: Neighbourhood,
  property: string,
): Location {
  const region = locateInAws(resource, around);
  const abroad = region.places.flatMap(({ place }) =>
    localZoneCountries(place.region ?? "").map((country) => ({
      place: { ...place, country },
      proof: `${property}, which may be a Local Zone of ${place.region}`,
      possible: true as const,
    })),
  );
  return join([region, { places: abroad, unresolved: [] }]);
}

/** Where Bedrock runs what a property names: an inference profile spreads calls over a set of countries. */
export function locateModel(
  path: string,
  resource: PlannedResource,
  around: Neighbourhood,
  depth: number,
): Location {
  return join(
    leavesAt(declaredProperties(resource), path).map((leaf) => {
      const name = textOf(leaf.value);
      const named = around.named(resource, path).filter(({ type }) => type.startsWith("aws:bedrock/"));
      if (named.length > 0) return join(named.map((profile) => around.locate(profile, depth + 1)));
      if (name === undefined)
        return unresolved(`${leaf.path} is not known before creation, and the model decides where it runs`);
      if (name.includes(":application-inference-profile/") || name.includes(":prompt-router/")) {
        return unresolved(
          `${leaf.path} names an inference profile outside this plan, which hides where it runs`,
        );
      }
      if (name.includes(":foundation-model/") || name.includes(":custom-model/")) {
        return fromText("region", name.split(":")[3] ?? "", leaf.path);
      }
      const reach = reachOfModel(name);
      if (reach === "unknown")
        return unresolved(`${leaf.path} has a prefix that no table of inference profiles holds`);
      return reach === undefined ? nowhere : over(reach, leaf.path);
    }),
  );
}

export function locateInGeography(resource: PlannedResource, around: Neighbourhood): Location {
  return join(
    locateInAws(resource, around).places.map(({ place }) =>
      over(geographyOfRegion(place.region ?? ""), "inference that the service spreads over its geography"),
    ),
  );
}

function over({ countries, exact }: ModelReach, proof: string): Location {
  const places = countries.map((country) => ({
    place: { country, operator: "aws" },
    proof,
    ...(exact ? {} : { possible: true as const }),
  }));
  return { places, unresolved: [] };
}

export function anywhere(proof: string): Location {
  return at({ country: ANYWHERE, operator: "aws" }, proof);
}

/** Region of an ARN; undefined where it has none or hides another place behind it. */
export function placeOfArn(arn: string): ReturnType<typeof placeOfAwsRegion> {
  if (pointsElsewhere.test(arn)) return undefined;
  const [, partition, , region = ""] = arn.split(":");
  const place = placeOfAwsRegion(region);
  return place?.partition === partition ? place : undefined;
}

/** ARNs whose region is that of the object, not of what it leads to. */
const pointsElsewhere =
  /^arn:[^:]*:(datasync:[^:]*:[^:]*:location|dms:[^:]*:[^:]*:endpoint|logs:[^:]*:[^:]*:destination|events:[^:]*:[^:]*:(api-destination|connection|endpoint)|bedrock:[^:]*:[^:]*:(application-)?inference-profile)/;
