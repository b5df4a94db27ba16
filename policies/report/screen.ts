import { type Prediction, type Summary, shortName, type Violation } from "@hybrid-ai-fabric/graph";
import { describeStep } from "./way";

export type Paint = (style: "bold" | "red" | "green" | "yellow" | "dim", text: string) => string;

export const plain: Paint = (_, text) => text;

const codes = { bold: 1, red: 31, green: 32, yellow: 33, dim: 2 } as const;
export const coloured: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;

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
      ...dataset.lives.map(({ place, resources }) => `    lives in ${place}: ${resources.join(", ")}`),
    ]),
    "",
    ...renderPredictions(summary, paint),
    paint("bold", "Packs"),
    ...summary.packs.map((pack) => {
      const verdict = pack.verdict === "holds" ? paint("green", "holds") : paint("red", "refused");
      return `  ${pack.pack}: ${verdict} (${pack.rules} rules, ${pack.mandatory} mandatory and ${pack.advisory} advisory findings)`;
    }),
    ...summary.used.map((used) => `  rests on ${used}`),
    ...violations.flatMap((violation) => ["", ...renderViolation(violation, paint)]),
  ];
}

/** Nothing where no component predicts anything; an entry that could not be read is said, never dropped. */
function renderPredictions({ predictions, unreadPredictions }: Summary, paint: Paint): string[] {
  if (predictions.length + unreadPredictions.length === 0) return [];
  return [
    paint("bold", "Predictions"),
    ...table(
      predictions.map((prediction) => [
        prediction.subject,
        prediction.quantity,
        `${shownValue(prediction)} ${prediction.unit}`.trimEnd(),
        prediction.limitedBy === undefined ? "" : `limited by ${prediction.limitedBy}`,
      ]),
    ),
    ...unreadPredictions.map((reason) => paint("yellow", `  skipped: ${reason}`)),
    "",
  ];
}

/** Three significant digits: a prediction is no more exact than that. */
function shownValue({ value }: Prediction): string {
  if (typeof value === "string") return value;
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
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
