import { type Finding, isRecord, type Rule, type Value } from "@hybrid-ai-fabric/graph";
import { embeddedJson } from "./embedded-json";
import { broken, notKnown } from "./findings";
import { fieldOf, listOf, textOf } from "./manifests";

export const jsonIsReadable: Rule = {
  id: "json-inside-manifests-can-be-read",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Addresses, plugin configurations and attachments are JSON inside strings, which no schema of a cluster reads; they parse and hold what their reader needs.",
  remediation: "Make the string from a value with JSON.stringify instead of writing it by hand.",
  evaluate: (view) =>
    embeddedJson(view).flatMap(({ manifest, property, value, state, problem }): Finding[] => {
      if (state === "unknown") return [notKnown(manifest, property)];
      if (state === "unreadable") return [broken(manifest, property, `it is not valid JSON: ${problem}.`)];
      const missing = missingIn(property, value);
      return missing === undefined ? [] : [broken(manifest, property, missing)];
    }),
};

/** What the program that reads the string cannot do without. */
function missingIn(property: string, value: Value | undefined): string | undefined {
  if (property.endsWith("metaPlugins")) return undefined;
  if (!isRecord(value)) return "it must hold an object.";
  if (property.endsWith("ipam")) return textOf(value.type) ? undefined : 'it names no plugin ("type").';
  if (property.endsWith("spec.config")) {
    if (listOf(value.plugins).some((plugin) => textOf(fieldOf(plugin, "type")))) return undefined;
    return textOf(value.type) ? undefined : 'it names no plugin ("type", or "plugins").';
  }
  if (!property.endsWith("DevicePlugin.config")) return undefined;
  const key = property.includes("rdmaShared") ? "configList" : "resourceList";
  const entries = listOf(value[key]);
  if (entries.length === 0) return `it has no "${key}", so no resource is made.`;
  const nameless = entries.findIndex((entry) => textOf(fieldOf(entry, "resourceName")) === undefined);
  return nameless < 0 ? undefined : `${key}[${nameless}] has no "resourceName".`;
}
