import { type Prediction, type Summary, shortName, type Violation } from "@hybrid-ai-fabric/graph";
import { describeStep } from "./way";

export type Paint = (style: "bold" | "red" | "green" | "yellow" | "dim", text: string) => string;

export const plain: Paint = (_, text) => text;

const codes = { bold: 1, red: 31, green: 32, yellow: 33, dim: 2 } as const;
export const coloured: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;

/** What fits on one screen of a terminal; whatever is left out is counted, and every file has it. */
const most = { names: 90, predictions: 14, findings: 12 } as const;

/** What would be where, where every dataset may and does live, and what the packs say: the body of every screen. */
export function renderJudgement(
  { summary, violations }: { summary: Summary; violations: readonly Violation[] },
  paint: Paint,
): string[] {
  return [
    paint("bold", "Resources by place"),
    ...table(summary.places.map(({ place, resources }) => [place, String(resources)])),
    "",
    paint("bold", "Datasets"),
    ...summary.datasets.flatMap((dataset) => [
      `  ${dataset.dataset} (${dataset.residency.join(" ") || "no residency"}) may live in ${dataset.mayLive}`,
      ...dataset.lives.map(
        ({ place, resources }) => `    lives in ${place}: ${shortened(resources, most.names)}`,
      ),
    ]),
    "",
    ...renderPredictions(summary, paint),
    paint("bold", "Packs"),
    ...summary.packs.map((pack) => {
      const verdict = pack.verdict === "holds" ? paint("green", "holds") : paint("red", "refused");
      return `  ${pack.pack}: ${verdict} (${pack.rules} rules, ${pack.mandatory} mandatory and ${pack.advisory} advisory findings)`;
    }),
    ...summary.used.map((used) => `  rests on ${used}`),
    ...renderViolations(violations, paint),
  ];
}

/** The gravest findings first: what an update would be refused for. */
function renderViolations(violations: readonly Violation[], paint: Paint): string[] {
  const ordered = ["mandatory", "advisory"].flatMap((level) =>
    violations.filter((violation) => violation.level === level),
  );
  const shown = ordered.slice(0, most.findings);
  return [
    ...shown.flatMap((violation) => ["", ...renderViolation(violation, paint)]),
    ...(ordered.length > shown.length
      ? [
          "",
          paint(
            "dim",
            `and ${ordered.length - shown.length} more findings; --json and --sarif have them all`,
          ),
        ]
      : []),
  ];
}

/** Names up to a width, then how many more there are. */
export function shortened(names: readonly string[], width: number): string {
  const fitting = names.filter((_, index) => names.slice(0, index + 1).join(", ").length <= width);
  const shown = names.slice(0, Math.max(1, fitting.length));
  return `${shown.join(", ")}${shown.length < names.length ? ` and ${names.length - shown.length} more` : ""}`;
}

/** Nothing where no component predicts anything; an entry that could not be read is said, never dropped. */
function renderPredictions({ predictions, unreadPredictions }: Summary, paint: Paint): string[] {
  if (predictions.length + unreadPredictions.length === 0) return [];
  return [
    paint("bold", "Predictions"),
    ...table(
      predictions
        .slice(0, most.predictions)
        .map((prediction) => [
          prediction.subject,
          prediction.quantity,
          shownFigure(prediction),
          prediction.limitedBy === undefined ? "" : `limited by ${prediction.limitedBy}`,
        ]),
    ),
    ...(predictions.length > most.predictions
      ? [paint("dim", `  and ${predictions.length - most.predictions} more; --json has them all`)]
      : []),
    ...unreadPredictions.map((reason) => paint("yellow", `  skipped: ${reason}`)),
    "",
  ];
}

/** A figure with its unit, in three significant digits: a prediction is no more exact than that. */
export function shownFigure({ value, unit }: Prediction): string {
  return `${typeof value === "string" ? value : threeDigits(value)} ${unit}`.trimEnd();
}

function threeDigits(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

function renderViolation(violation: Violation, paint: Paint): string[] {
  const style = violation.level === "mandatory" ? "red" : "yellow";
  const verdict = violation.verdict === "broken" ? "broken" : "cannot be shown";
  return [
    paint(style, `${violation.level} ${violation.pack}/${violation.rule}: ${verdict}`),
    ...(violation.dataset === undefined ? [] : [`  dataset  ${violation.dataset}`]),
    `  resource ${violation.urn === "" ? "the stack" : shortName(violation.urn)}`,
    ...violation.path.map(({ urn, property }, index) => {
      return `  ${index === 0 ? "path    " : "     -> "} ${describeStep({ urn, property })}`;
    }),
    `  ${violation.message}`,
  ];
}

function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}
