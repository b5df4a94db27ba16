import type { DatasetLabels } from "../components";
import { joinedLabels } from "../components";
import type { Environment } from "./environment";
import type { EnvironmentContent } from "./environment/shape";

/** Labels of a dataset as components take them. */
export function labelsOf(environment: EnvironmentContent, dataset: string): DatasetLabels {
  const declared = environment.datasets[dataset];
  if (!declared) throw new RangeError(`no dataset ${dataset}`);
  const { classification, kinds, residency } = declared;
  return { dataset, classification, kinds, residency };
}

/** Labels of everything that is transferred to a place or read there: its network and the path to it carry all of it. */
export function labelsArrivingAt(environment: Environment, place: string): DatasetLabels | undefined {
  const arriving = [
    ...Object.values(environment.transfers).flatMap(({ to, dataset }) => (to === place ? [dataset] : [])),
    ...Object.values(environment.trainingClusters).flatMap((cluster) =>
      cluster.place === place ? [cluster.store.dataset] : [],
    ),
  ];
  return joinedLabels([...new Set(arriving)].map((dataset) => labelsOf(environment, dataset)));
}
