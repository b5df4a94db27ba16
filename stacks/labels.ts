import type { DatasetLabels } from "../components";
import { joinedLabels } from "../components";
import type { Environment, Interconnect } from "./environment";
import type { EnvironmentContent } from "./environment/shape";
import { datasetsOver } from "./interconnect-decisions";

/** Labels of a dataset as components take them. */
export function labelsOf(environment: EnvironmentContent, dataset: string): DatasetLabels {
  const declared = environment.datasets[dataset];
  if (!declared) throw new RangeError(`no dataset ${dataset}`);
  const { classification, kinds, residency } = declared;
  return { dataset, classification, kinds, residency };
}

/** Labels of everything that is transferred to some places or read there: their networks carry all of it. */
export function labelsArrivingAt(
  environment: Environment,
  ...places: readonly string[]
): DatasetLabels | undefined {
  const arriving = [
    ...Object.values(environment.transfers).flatMap(({ to, dataset }) =>
      places.includes(to) ? [dataset] : [],
    ),
    ...Object.values(environment.trainingClusters).flatMap((cluster) =>
      places.includes(cluster.place) ? [cluster.store.dataset] : [],
    ),
  ];
  return joinedLabels([...new Set(arriving)].map((dataset) => labelsOf(environment, dataset)));
}

/** Labels of everything that a path may carry. */
export function labelsOver(environment: Environment, interconnect: Interconnect): DatasetLabels | undefined {
  return joinedLabels(
    datasetsOver(environment, interconnect).map((dataset) => labelsOf(environment, dataset)),
  );
}
