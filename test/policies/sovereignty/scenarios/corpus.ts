import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Violation } from "@hybrid-ai-fabric/graph";
import { sdksOf } from "../../../../offline/sdks";
import { readShape } from "../../../../offline/standin/shape";
import { type ResourceSpec, ref, type Spec, unborn, urnOf } from "../../../support/plan";

/** A program in a few resources, with what a careful reader says of it. */
export interface Scenario {
  id: string;
  title: string;
  expect: "holds" | "broken" | "cannotBeShown";
  /** Verdicts that a careful reader would accept as well. */
  orElse?: Scenario["expect"][];
  /** Resource, and mostly property, that is to blame. */
  at?: string;
  settings?: {
    strict?: boolean;
    labels?: { name: string; places?: string[]; reads?: string[]; writes?: string[] }[];
    approvals?: { id: string; name: string; from: string; to: string }[];
    attestations?: string[];
  };
  resources: Listed[];
}
interface Listed {
  type: string;
  name: string;
  parent?: string;
  providerRegion?: string;
  labels?: string[];
  approval?: string;
  properties: Written;
  outputs?: Written;
}
type Written = { [key: string]: unknown };

const corpus = JSON.parse(readFileSync(join(__dirname, "scenarios.json"), "utf8")) as {
  datasets: { [name: string]: { classification: string; kinds: string[]; residency: string[] } };
  scenarios: Scenario[];
};
const expires = "2031-12-31";
const sdks = new Map(sdksOf(resolve(__dirname, "../../../..")).map((sdk) => [sdk.package, sdk.directory]));

export const { scenarios } = corpus;

/** The scenario as a part of a larger program: its id before the name of every resource, so that no two share one. */
export function asPart({ id, at, resources, settings, ...rest }: Scenario): Scenario {
  const named = (name: string) => `${id}-${name}`;
  const renamed = JSON.parse(JSON.stringify(resources), (key, value) =>
    key === "$ref" ? named(value) : value,
  );
  return {
    ...{ ...rest, id },
    ...(at ? { at: named(at) } : {}),
    ...(settings
      ? {
          settings: {
            ...settings,
            labels: settings.labels?.map(({ name, reads, writes, ...label }) => ({
              ...label,
              name: named(name),
              reads: reads?.map(named),
              writes: writes?.map(named),
            })),
            approvals: settings.approvals?.map(({ name, ...approval }) => ({
              ...approval,
              name: named(name),
            })),
          },
        }
      : {}),
    resources: renamed.map(({ name, parent, ...resource }: Listed) => ({
      ...resource,
      name: named(name),
      ...(parent ? { parent: named(parent) } : {}),
    })),
  };
}

/** What findings come to: one that is broken outweighs all that cannot be shown. */
export function verdictOf(mandatory: readonly Violation[]): Scenario["expect"] {
  if (mandatory.some(({ verdict }) => verdict === "broken")) return "broken";
  return mandatory.length > 0 ? "cannotBeShown" : "holds";
}

/** The resource to blame; undefined where the scenario names none. */
export function culprit({ at = "" }: Scenario): string | undefined {
  return at.split(".")[0] || undefined;
}

export const specsOf = ({ resources }: Scenario): ResourceSpec[] => resources.map(specOf);

function specOf(resource: Listed): ResourceSpec {
  const { type, name, parent, providerRegion, labels = [], approval, outputs } = resource;
  const properties = read(resource.properties);
  const declared = {
    dataset: labels.join(" "),
    residency: labels.flatMap((label) => corpus.datasets[label]?.residency ?? []).join(" "),
  };
  const kept = labelsKeptIn(type);
  if (labels.length > 0 && kept === "labels") properties.labels = declared;
  if (labels.length > 0 && kept !== undefined && kept !== "labels") {
    const tags = Object.entries(declared).map(([key, value]) => [`hybrid-ai:${key}`, value]);
    properties[kept] = { ...(properties[kept] as object), ...Object.fromEntries(tags) };
  }
  if (approval) properties.tags = { ...(properties.tags as object), "hybrid-ai:approval": approval };
  return {
    type,
    name,
    properties,
    ...(parent ? { parent } : {}),
    ...(providerRegion ? { providerRegion } : {}),
    ...(outputs ? { outputs: { ...read(outputs), id: unborn } } : {}),
  };
}

/** Property in which a type keeps labels; undefined for one without tags, whose labels the settings give. */
function labelsKeptIn(type: string): "labels" | "tags" | "resourceTags" | undefined {
  const sdk = sdks.get(type.split(":", 1)[0] ?? "");
  if (sdk === undefined) return "labels";
  const inputs = readShape(sdk, type)?.inputs;
  return (["tags", "resourceTags"] as const).find((property) => inputs?.has(property));
}

export function settingsOf({ settings = {}, resources }: Scenario, specs: readonly ResourceSpec[]) {
  const urn = (name: string) => {
    const spec = specs.find((candidate) => candidate.name === name);
    return spec ? urnOf(spec, specs) : name;
  };
  const untagged = resources.filter(({ type, labels }) => labels && labelsKeptIn(type) === undefined);
  return {
    version: 1,
    strict: settings.strict ?? false,
    datasets: corpus.datasets,
    labels: [
      ...untagged.map(({ name, labels }) => ({ urn: urn(name), dataset: labels })),
      ...(settings.labels ?? []).map(({ name, places, reads, writes }) => ({
        urn: urn(name),
        ...(places ? { places } : {}),
        ...(reads ? { reads: reads.map(urn) } : {}),
        ...(writes ? { writes: writes.map(urn) } : {}),
      })),
    ],
    approvals: (settings.approvals ?? []).map(({ name, ...rest }) => ({
      ...rest,
      urn: urn(name),
      approver: "data protection officer",
      expires,
    })),
    attestations: (settings.attestations ?? []).map((id) => ({ id, expires })),
  };
}

function read(properties: Written): { [key: string]: Spec } {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, readValue(value)]));
}

function readValue(value: unknown): Spec {
  if (Array.isArray(value)) return value.map(readValue);
  if (typeof value !== "object" || value === null) return value as Spec;
  if ("$ref" in value) return ref(String(value.$ref));
  if ("$unknown" in value) return unborn;
  return read(value as Written);
}
