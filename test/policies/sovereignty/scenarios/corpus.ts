import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Violation } from "@hybrid-ai-fabric/graph";
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
  resources: {
    type: string;
    name: string;
    parent?: string;
    providerRegion?: string;
    labels?: string[];
    approval?: string;
    properties: Written;
    outputs?: Written;
  }[];
}
type Written = { [key: string]: unknown };

const corpus = JSON.parse(readFileSync(join(__dirname, "scenarios.json"), "utf8")) as {
  datasets: { [name: string]: { classification: string; kinds: string[]; residency: string[] } };
  scenarios: Scenario[];
};
const expires = "2031-12-31";

export const { scenarios } = corpus;

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

function specOf(resource: Scenario["resources"][number]): ResourceSpec {
  const { type, name, parent, providerRegion, labels = [], approval, outputs } = resource;
  const properties = read(resource.properties);
  const declared = {
    dataset: labels.join(" "),
    residency: labels.flatMap((label) => corpus.datasets[label]?.residency ?? []).join(" "),
  };
  const tagged = (mark: string) =>
    Object.fromEntries(Object.entries(declared).map(([key, value]) => [`hybrid-ai${mark}${key}`, value]));
  if (labels.length > 0) {
    if (type.startsWith("example:")) properties.labels = declared;
    else if (type.startsWith("kubernetes:")) {
      properties.metadata = { ...(properties.metadata as object), annotations: tagged("/") };
    } else properties.tags = { ...(properties.tags as object), ...tagged(":") };
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

export function settingsOf({ settings = {} }: Scenario, specs: readonly ResourceSpec[]): object {
  const urn = (name: string) => {
    const spec = specs.find((candidate) => candidate.name === name);
    return spec ? urnOf(spec, specs) : name;
  };
  return {
    version: 1,
    strict: settings.strict ?? false,
    datasets: corpus.datasets,
    labels: (settings.labels ?? []).map(({ name, places, reads, writes }) => ({
      urn: urn(name),
      ...(places ? { places } : {}),
      ...(reads ? { reads: reads.map(urn) } : {}),
      ...(writes ? { writes: writes.map(urn) } : {}),
    })),
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
