import { compare, isCustom, type PlannedResource, shortName } from "./resource";
import { isRecord, isUnknown, type Value } from "./value";

/** A figure that a component predicts before anything is created, such as the hours of a transfer. */
export interface Prediction {
  /** What it is about, as the program names it. */
  subject: string;
  quantity: string;
  value: number | string;
  unit: string;
  /** What a better figure would have to improve. */
  limitedBy?: string;
}

export interface Predictions {
  predictions: Prediction[];
  /** Entries that could not be read, with the reason: a figure that is missing must not look like one that is fine. */
  unread: string[];
}

/** The figures that the components of a plan registered as their output `predictions`. */
export function predictionsOf(resources: readonly PlannedResource[]): Predictions {
  const found: Predictions = { predictions: [], unread: [] };
  for (const resource of resources) {
    if (resource.custom || isCustom(resource.type, resource.provider)) continue;
    const registered = resource.outputs.predictions;
    if (registered === undefined || registered === null) continue;
    const list = Array.isArray(registered) ? registered : [registered];
    list.forEach((entry, index) => {
      const read = readPrediction(entry);
      if (typeof read === "string")
        found.unread.push(`predictions[${index}] of ${shortName(resource.urn)}: ${read}`);
      else found.predictions.push(read);
    });
  }
  found.predictions.sort((a, b) => compare(a.subject, b.subject) || compare(a.quantity, b.quantity));
  found.unread.sort(compare);
  return found;
}

/** One entry, or why it cannot be read. */
function readPrediction(entry: Value): Prediction | string {
  if (isUnknown(entry)) return "not known before creation";
  if (!isRecord(entry)) return "not an object";
  const { subject, quantity, value, unit, limitedBy } = entry;
  const unknown = Object.keys(entry).find((key) => isUnknown(entry[key]));
  if (unknown !== undefined) return `${unknown} is not known before creation`;
  if (typeof subject !== "string" || subject === "") return "subject is not a text";
  if (typeof quantity !== "string" || quantity === "") return "quantity is not a text";
  if (typeof unit !== "string") return "unit is not a text";
  if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value)))
    return "value is neither a number nor a text";
  if (limitedBy !== undefined && limitedBy !== null && typeof limitedBy !== "string")
    return "limitedBy is not a text";
  return { subject, quantity, value, unit, ...(limitedBy ? { limitedBy } : {}) };
}
