import type { DatasetTerms, View } from "@hybrid-ai-fabric/graph";
import { allowedPlacesText } from "@hybrid-ai-fabric/locality";
import type { Destination } from "./destination";
import { placesText, type Reached, reachedBy } from "./reached";
import { describeStep } from "./way";

/** Whether a dataset gets to a place: the ways by which it does, or all that it reaches instead. */
export interface Explanation {
  dataset: DatasetTerms;
  to?: string;
  /** `gets there`, `does not`, or nothing shows it. Without a destination: what it reaches. */
  answer: "reaches" | "getsThere" | "doesNot" | "cannotBeShown";
  /** Ends that are in the destination. */
  there: Reached[];
  /** Ends whose place is not fully known, so that they could be there. */
  open: Reached[];
  elsewhere: Reached[];
  /** Resources whose labels are not known, so that they could hold the dataset unnoticed. */
  unlabelled: number;
}

/** Undefined for a dataset that the plan does not have. */
export function explain(view: View, name: string, to?: Destination): Explanation | undefined {
  const dataset = view.datasets.get(name);
  if (!dataset) return undefined;
  const all = reachedBy(view, name);
  const unlabelled = [...view.graph.nodes.values()].filter((node) => node.unreadableLabels.length > 0).length;
  if (!to) return { dataset, answer: "reaches", there: [], open: [], elsewhere: all, unlabelled };
  const there = all.filter(({ places }) => places.some((place) => to.includes(place)));
  const rest = all.filter((reached) => !there.includes(reached));
  const open = rest.filter(({ notShown }) => notShown.length > 0);
  const elsewhere = rest.filter(({ notShown }) => notShown.length === 0);
  const certain = there.some((reached) => reached.certain);
  const possible = there.length > 0 || open.length > 0 || unlabelled > 0;
  const answer = certain ? "getsThere" : possible ? "cannotBeShown" : "doesNot";
  return { dataset, to: to.text, answer, there, open, elsewhere, unlabelled };
}

export function renderExplanation(explanation: Explanation): string {
  const { dataset, there, open, elsewhere } = explanation;
  const terms = dataset.residency.join(" ") || "no residency";
  return [
    headline(explanation),
    `It may rest in ${allowedPlacesText(dataset.residency, "store")} (${terms}).`,
    ...there.flatMap(withWay),
    ...open.flatMap(withWay),
    ...(elsewhere.length > 0
      ? ["", explanation.to === undefined ? "It reaches:" : "All else that it reaches:"]
      : []),
    ...elsewhere.flatMap((reached) =>
      explanation.to === undefined ? withWay(reached) : [`  ${oneLine(reached)}`],
    ),
    "",
  ].join("\n");
}

function headline({ dataset, to, answer, there, open, elsewhere, unlabelled }: Explanation): string {
  const count = there.length + open.length + elsewhere.length;
  const ends = `${count} ${count === 1 ? "resource" : "resources"}`;
  switch (answer) {
    case "reaches":
      return count === 0 ? `${dataset.name} is nowhere in this plan.` : `${dataset.name} reaches ${ends}.`;
    case "getsThere":
      return `${dataset.name} gets to ${to}, by ${there.length === 1 ? "this way" : `${there.length} ways`}:`;
    case "cannotBeShown":
      return `It cannot be shown that ${dataset.name} does not get to ${to}: of the ${ends} that it reaches, ${there.length + open.length} could be there${unlabelled > 0 ? `, and the labels of ${unlabelled} resources are not known` : ""}.`;
    case "doesNot":
      return `${dataset.name} does not get to ${to}: it reaches ${ends}, none of them there, and the place of each is known.`;
  }
}

function withWay(reached: Reached): string[] {
  return [
    "",
    `  ${oneLine(reached)}`,
    ...reached.notShown.map((reason) => `    not shown: ${reason}`),
    ...reached.path.map(
      (step, index) => `    ${index === 0 ? "path    " : "     -> "} ${describeStep(step)}`,
    ),
  ];
}

function oneLine(reached: Reached): string {
  const doubt = reached.certain ? "" : ", if the value stands for this one of several resources";
  return `${reached.name} in ${placesText(reached)}${reached.keyOnly ? " (holds its key)" : ""}${doubt}`;
}
