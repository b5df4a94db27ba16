import type { View, Violation } from "@hybrid-ai-fabric/graph";
import { fingerprints } from "./fingerprint";
import { placesText, type Reached, reachedBy } from "./reached";
import { describeStep, describeWay } from "./way";

/** A plan for a comparison: what the rules see of it, and what they say. */
export interface Compared {
  view: View;
  violations: readonly Violation[];
}

/** What data gets to with a new plan and did not with the old one, and the other way round. */
export interface Difference {
  gained: Reached[];
  lost: Reached[];
  /** Datasets whose terms changed, with both readings. */
  terms: { dataset: string; before: string; after: string }[];
  newFindings: Violation[];
  goneFindings: Violation[];
}

export function difference(before: Compared, after: Compared): Difference {
  const [old, now] = [arrivalsOf(before.view), arrivalsOf(after.view)];
  return {
    gained: missingIn(now, old),
    lost: missingIn(old, now),
    terms: changedTerms(before.view, after.view),
    newFindings: unmatched(after.violations, before.violations),
    goneFindings: unmatched(before.violations, after.violations),
  };
}

/** Presences by dataset, resource and place: a resource that moves is a new presence. */
function arrivalsOf(view: View): Map<string, Reached> {
  return new Map(
    [...view.datasets.keys()]
      .flatMap((dataset) => reachedBy(view, dataset))
      .map((reached) => [JSON.stringify([reached.dataset, reached.id, placesText(reached)]), reached]),
  );
}

function missingIn(from: ReadonlyMap<string, Reached>, other: ReadonlyMap<string, Reached>): Reached[] {
  return [...from].filter(([key]) => !other.has(key)).map(([, reached]) => reached);
}

function changedTerms(before: View, after: View): Difference["terms"] {
  return [...after.datasets.values()].flatMap(({ name, residency }) => {
    const old = before.datasets.get(name)?.residency.join(" ");
    const now = residency.join(" ");
    return old === undefined || old === now
      ? []
      : [{ dataset: name, before: old || "no residency", after: now || "no residency" }];
  });
}

function unmatched(from: readonly Violation[], other: readonly Violation[]): Violation[] {
  const known = new Set(fingerprints(other));
  const names = fingerprints(from);
  return from.filter((_, index) => !known.has(names[index] ?? ""));
}

export function isEmpty(found: Difference): boolean {
  return Object.values(found).every((list) => list.length === 0);
}

export function renderDifference(found: Difference): string {
  if (isEmpty(found))
    return "No dataset gets anywhere that it did not get to before, and no finding is new.\n";
  return [
    ...found.terms.map(({ dataset, before, after }) => `~ ${dataset}: ${before} becomes ${after}`),
    ...found.gained.flatMap((reached) => [
      `+ ${reached.dataset} newly reaches ${reached.name} in ${placesText(reached)}`,
      ...reached.path.map(
        (step, index) => `    ${index === 0 ? "path    " : "     -> "} ${describeStep(step)}`,
      ),
    ]),
    ...found.lost.map(
      (reached) => `- ${reached.dataset} no longer reaches ${reached.name} in ${placesText(reached)}`,
    ),
    ...found.newFindings.map((violation) => `! new ${findingText(violation)}`),
    ...found.goneFindings.map((violation) => `  gone ${findingText(violation)}`),
    "",
  ].join("\n");
}

/** The difference as a comment on a pull request. */
export function renderDifferenceAsMarkdown(found: Difference, environment: string): string {
  const refused = found.newFindings.filter(({ level }) => level === "mandatory").length;
  const title = `### Where data gets to: \`${environment}\``;
  if (isEmpty(found))
    return `${title}\n\nNothing changes: no dataset gets anywhere new, and no finding is new.\n`;
  return [
    title,
    "",
    `${count(found.gained.length, "new place of data", "new places of data")}, ${count(found.lost.length, "that goes", "that go")}; ` +
      `${count(found.newFindings.length, "new finding", "new findings")} (${refused} mandatory), ${found.goneFindings.length} gone.`,
    ...table(
      ["", "dataset", "resource", "place", "by"],
      [
        ...found.gained.map((reached) => ["new", ...cells(reached)]),
        ...found.lost.map((reached) => ["gone", ...cells(reached)]),
      ],
    ),
    ...table(
      ["dataset", "residency before", "after"],
      found.terms.map(({ dataset, before, after }) => [dataset, before, after]),
    ),
    ...table(
      ["new finding", "level", "verdict", "why"],
      found.newFindings.map(({ rule, level, verdict, message }) => [
        rule,
        level,
        verdict === "broken" ? "broken" : "cannot be shown",
        message,
      ]),
    ),
    "",
  ].join("\n");
}

function findingText({ level, pack, rule, verdict, message }: Violation): string {
  return `${level} ${pack}/${rule} (${verdict === "broken" ? "broken" : "cannot be shown"}): ${message}`;
}

function cells(reached: Reached): string[] {
  return [reached.dataset, reached.name, placesText(reached), describeWay(reached.path)];
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function table(head: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (columns: readonly string[]) => `| ${columns.map(cell).join(" | ")} |`;
  return ["", line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)];
}

/** Text for a cell: nothing in a name may end the cell, start HTML or notify a person. */
function cell(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_[\]|~#]/g, (character) => `\\${character}`)
    .replaceAll("@", "@\u200b")
    .replaceAll(/\s*\n\s*/g, " ");
}
