import { tablesOf } from "@hybrid-ai-fabric/graph";
import { nearest, withTables } from "@hybrid-ai-fabric/locality";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { settingsOf } from "@hybrid-ai-fabric/policy-all/evaluate";
import { explain, parseDestination, renderExplanation, survey } from "@hybrid-ai-fabric/report";
import { parseFlags } from "./arguments";
import { readPlanInput } from "./input/read";
import { readSettings } from "./settings";
import { exitStatus, type Terminal } from "./terminal";

export const explainUsage = `  explain <dataset> --plan FILE [--to <place>] [--config FILE]
        the way by which a dataset gets to a place, or the proof that there is none; a place is a country (US), a region (us-east-1),
        metro:<code> or bloc:<name>`;

/** `hybrid-ai-fabric explain`: a question, so its answer is never a failure. */
export function explainer(args: readonly string[], terminal: Terminal): number {
  const { operands, values } = parseFlags(args, { "--plan": "value", "--to": "value", "--config": "value" });
  const [dataset, ...more] = operands;
  const { "--plan": file, "--to": to } = values;
  if (dataset === undefined || more.length > 0 || file === undefined)
    throw new WrongInput(`explain takes one dataset and --plan.\n${explainUsage}`);
  const settings = settingsOf(readSettings(values["--config"], terminal.workingDirectory));
  return withTables(tablesOf(settings), () => answer(dataset, to, file, settings, terminal));
}

function answer(
  dataset: string,
  to: string | undefined,
  file: string,
  settings: unknown,
  terminal: Terminal,
): number {
  const destination = to === undefined ? undefined : parseDestination(to);
  if (destination && "problem" in destination) throw new WrongInput(`--to ${destination.problem}`);
  const { resources } = readPlanInput(file, terminal.workingDirectory);
  const view = survey(resources, settings, new Date().toISOString().slice(0, 10));
  const explanation = explain(view, dataset, destination);
  if (!explanation) {
    const known = [...view.datasets.keys()];
    const [close] = nearest(dataset, known, 1);
    throw new WrongInput(
      `${dataset}: no label and no registry has this dataset; there ${known.length === 0 ? "is none" : `are ${known.join(", ")}`}.${close ? ` Did you mean ${close}?` : ""}`,
    );
  }
  terminal.print(renderExplanation(explanation));
  return exitStatus.holds;
}
