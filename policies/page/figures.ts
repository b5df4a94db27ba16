import type { Prediction } from "@hybrid-ai-fabric/graph";
import type { YearlyEgress } from "@hybrid-ai-fabric/policy-locality/egress";
import { shownFigure } from "@hybrid-ai-fabric/report";

/** A table of figures that belong together. */
export interface FigureGroup {
  title: string;
  rows: Figure[];
}

export interface Figure {
  subject: string;
  quantity: string;
  value: string;
  limitedBy: string;
}

/** Which table a quantity stands in; the first that fits. */
const groups: readonly { title: string; fits(prediction: Prediction): boolean }[] = [
  { title: "Paths", fits: ({ quantity }) => /^(SLA class|path MTU|round trip)/.test(quantity) },
  { title: "Transfers", fits: ({ quantity }) => /transfer$|^rate$/.test(quantity) },
  { title: "Training", fits: ({ quantity }) => /bandwidth|^network of|one read of/.test(quantity) },
  { title: "Serving and knowledge", fits: ({ quantity }) => /^cold start|^memory of/.test(quantity) },
  { title: "Channels between agents", fits: ({ subject }) => subject.includes(" -> ") },
];
const REST = "Other figures";

/** What components predicted, and what leaving a region costs, by what a reader asks for. */
export function figureGroups(
  predictions: readonly Prediction[],
  egress: readonly YearlyEgress[],
): FigureGroup[] {
  const titled = predictions.map((prediction) => ({
    title: groups.find(({ fits }) => fits(prediction))?.title ?? REST,
    figure: figureOf(prediction),
  }));
  const costs = egress.map(egressFigure);
  return [
    ...[...groups.map(({ title }) => title), REST].map((title) => ({
      title,
      rows: titled.filter((entry) => entry.title === title).map(({ figure }) => figure),
    })),
    { title: "Yearly egress", rows: costs },
  ].filter(({ rows }) => rows.length > 0);
}

function figureOf(prediction: Prediction): Figure {
  const { subject, quantity, limitedBy } = prediction;
  return { subject, quantity, value: shownFigure(prediction), limitedBy: limitedBy ?? "" };
}

function egressFigure({ sender, region, gbPerYear, allowedUsd, cost, unknown }: YearlyEgress): Figure {
  const inferred = cost?.inferred ? ", by the price of a neighbouring region" : "";
  return {
    subject: sender,
    quantity: `${gbPerYear} GB a year${region === undefined ? "" : ` out of ${region}`}`,
    value: cost ? `${Math.round(cost.usd)} USD` : "not shown",
    limitedBy: cost ? `budget ${allowedUsd} USD${inferred}` : (unknown ?? ""),
  };
}
