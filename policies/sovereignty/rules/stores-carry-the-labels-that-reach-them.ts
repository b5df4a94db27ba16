import { datasetsOn, type Rule } from "@hybrid-ai-fabric/graph";
import { describePath, presences } from "./arrivals";

export const storesCarryLabels: Rule = {
  id: "stores-carry-the-labels-that-reach-them",
  pack: "sovereignty",
  severity: "medium",
  level: "advisory",
  description:
    "A store that receives a dataset says so itself, so that people and other programs see what it holds.",
  remediation: "Add the dataset to the hybrid-ai:dataset tag of the store.",
  evaluate: (view) =>
    presences(view)
      .filter(({ arrival }) => arrival.over?.carries === "data" && arrival.node.kind === "resource")
      .filter(({ arrival }) => arrival.node.row?.role === "store" && arrival.node.row.tags !== undefined)
      .filter(({ arrival, dataset }) => !datasetsOn(arrival.node.labels).includes(dataset.name))
      .map(({ arrival, dataset, path }) => ({
        verdict: "broken" as const,
        urn: arrival.node.urn,
        dataset: dataset.name,
        level: view.settings.strict ? ("mandatory" as const) : ("advisory" as const),
        message: `Dataset "${dataset.name}" reaches this store, which does not carry its label. Path: ${describePath(path)}.`,
        path,
      })),
};
