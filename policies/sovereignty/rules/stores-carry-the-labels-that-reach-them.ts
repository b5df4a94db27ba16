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
      .filter(
        ({ arrival: { node } }) => node.kind === "resource" && node.row?.role === "store" && node.row.tags,
      )
      .filter(({ arrival: { node, over }, dataset }) =>
        over
          ? over.carries === "data" && !datasetsOn(node.labels).includes(dataset.name)
          : node.inheritedFrom,
      )
      .map(({ arrival: { node, certain }, dataset, path }) => ({
        verdict: certain ? ("broken" as const) : ("cannotBeShown" as const),
        urn: node.urn,
        dataset: dataset.name,
        level: view.settings.strict && certain ? ("mandatory" as const) : ("advisory" as const),
        message: `${node.inheritedFrom ? `Its component ${node.inheritedFrom} says that this store holds dataset "${dataset.name}"; the store itself does not.` : `Dataset "${dataset.name}" reaches this store, which does not carry its label.`} Path: ${describePath(path)}.`,
        path,
      })),
};
