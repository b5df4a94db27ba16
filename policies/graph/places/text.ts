import {
  awsRegion,
  directConnectLocation,
  type Place,
  placeOfAwsRegion,
  placeOfMetro,
} from "@hybrid-ai-fabric/locality";
import { isRecord, isSecret, isUnknown, type Value } from "../value";
import { at, type Location, unresolved } from "./location";

const noun = {
  region: "region",
  metro: "metro",
  directConnectLocation: "Direct Connect location",
} as const;

/** A place that a table tells by the text of a property. */
export function fromText(how: keyof typeof noun, value: Value, property: string): Location {
  if (isUnknown(value))
    return unresolved(`${property} is not known before creation; give it a literal value`);
  if (isSecret(value)) return unresolved(`${property} is a secret, so no rule can read it`);
  if (typeof value !== "string") return unresolved(`${property} is not a text`);
  // A locality of a mesh is written region/zone/subzone.
  const place =
    lookUp(how, value) ?? (how === "region" ? lookUp(how, value.split("/", 1)[0] ?? "") : undefined);
  if (place) return at(place, property);
  return unresolved(`${property} holds a ${noun[how]} that no table knows${suggestion(how, value)}`);
}

export function textOf(value: Value): string | undefined {
  return typeof value === "string" && !isRecord(value) ? value : undefined;
}

function lookUp(how: keyof typeof noun, value: string): Place | undefined {
  switch (how) {
    case "region":
      return placeOfAwsRegion(value);
    case "metro":
      return placeOfMetro(value);
    case "directConnectLocation": {
      const location = directConnectLocation(value);
      return location && { country: location.country, partition: location.partition, operator: "aws" };
    }
  }
}

/** The value itself is shown only when it looks like what it should be: anything else might be a secret. */
function suggestion(how: keyof typeof noun, value: string): string {
  if (how !== "region" || !/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(value) || awsRegion(value)) return "";
  return ` (${value})`;
}
