import type { DatasetLabels } from "../components";
import { joinedLabels } from "../components";
import type { Environment } from "./environment";

/** Labels of a dataset as components take them. */
export function labelsOf(environment: Environment, dataset: string): DatasetLabels {
  const declared = environment.datasets[dataset];
  if (!declared) throw new RangeError(`no dataset ${dataset}`);
  const { classification, kinds, residency } = declared;
  return { dataset, classification, kinds, residency };
}

/** Labels of everything that is transferred to a place: its network and the path to it carry all of it. */
export function labelsArrivingAt(environment: Environment, place: string): DatasetLabels | undefined {
  const datasets = Object.values(environment.transfers)
    .filter(({ to }) => to === place)
    .map(({ dataset }) => labelsOf(environment, dataset));
  return joinedLabels(datasets);
}
