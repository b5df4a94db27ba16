import {
  broken,
  type Finding,
  isRecord,
  isUnknown,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";

const TRANSFER = "hybrid-ai-fabric:index:BulkTransfer";
const TASK = "aws:datasync/task:Task";

export const transfersInWindow: Rule = {
  id: "transfers-end-within-their-window",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "The first, full transfer of a dataset ends within its window and within settings.budgets.transferHours: GPUs that wait for data are paid for all the same.",
  remediation:
    "Widen what the message says limits it, or the window; a task of your own tells its hours in a component output predictedHours.",
  evaluate: (view) => [
    ...view.graph.resources
      .filter(({ type }) => type === TRANSFER)
      .flatMap((transfer) => judge(transfer, view)),
    ...unpredicted(view),
  ],
};

function judge(transfer: PlannedResource, view: View): Finding[] {
  const { predictedHours, windowHours, bottleneck, labels } = transfer.outputs;
  const datasets = isRecord(labels) && typeof labels.dataset === "string" ? labels.dataset.split(" ") : [];
  const budgets = datasets.flatMap((dataset) => {
    const hours = view.settings.budgets.transferHours[dataset];
    return hours === undefined ? [] : [{ hours, of: `budgets.transferHours.${dataset}`, dataset }];
  });
  const window =
    typeof windowHours === "number" ? [{ hours: windowHours, of: "its window", dataset: undefined }] : [];
  const limits = [...budgets, ...window];
  if (limits.length === 0) return [];
  if (typeof predictedHours !== "number") {
    const why = isUnknown(predictedHours) ? "they are not known before creation" : "it registers none";
    return [notShown(transfer, "predictedHours", `Nothing shows the hours of ${transfer.name}: ${why}.`)];
  }
  return limits
    .filter(({ hours }) => predictedHours > hours)
    .map(({ hours, of, dataset }) => {
      const limit = typeof bottleneck === "string" ? `, limited by ${bottleneck}` : "";
      const message = `The first transfer of ${transfer.name} takes ${predictedHours.toFixed(1)} h${limit}; ${of} allows ${hours} h.`;
      return broken(transfer, "predictedHours", message, dataset === undefined ? {} : { dataset });
    });
}

/** A task of a dataset with a budget, outside of any component that predicts. */
function unpredicted(view: View): Finding[] {
  const predicting = new Set(
    view.graph.resources.filter(({ type }) => type === TRANSFER).map(({ urn }) => urn),
  );
  return view.graph.resources
    .filter(({ type, parent }) => type === TASK && (parent === undefined || !predicting.has(parent)))
    .flatMap((task) => {
      const [dataset] = Object.keys(view.settings.budgets.transferHours).filter((name) =>
        view.reach.get(name)?.has(task.urn),
      );
      if (dataset === undefined) return [];
      const message = `Nothing shows how long ${task.name} takes, and ${dataset} has a budget of ${view.settings.budgets.transferHours[dataset]} h.`;
      return [notShown(task, "sourceLocationArn", message, { dataset })];
    });
}
