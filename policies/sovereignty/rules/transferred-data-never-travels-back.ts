import {
  broken,
  compare,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { type Training, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";

/** Locations that a DataSync agent reaches on site. */
const onSite = [
  "aws:datasync/nfsLocation:NfsLocation",
  "aws:datasync/locationSmb:LocationSmb",
  "aws:datasync/locationHdfs:LocationHdfs",
  "aws:datasync/locationObjectStorage:LocationObjectStorage",
  "aws:datasync/locationAzureBlob:LocationAzureBlob",
];

/** Locations that are services of AWS. */
const inAws = [
  "aws:datasync/s3Location:S3Location",
  "aws:datasync/efsLocation:EfsLocation",
  "aws:datasync/locationFsxLustre:LocationFsxLustre",
  "aws:datasync/locationFsxOntapFileSystem:LocationFsxOntapFileSystem",
  "aws:datasync/fsxOpenZfsFileSystem:FsxOpenZfsFileSystem",
  "aws:datasync/locationFsxWindows:LocationFsxWindows",
];

export const neverBack: Rule = {
  id: "transferred-data-never-travels-back",
  pack: "sovereignty",
  severity: "critical",
  level: "mandatory",
  description:
    "Bulk transfers of labelled data lead from a site into AWS, never back: a task in the other direction would carry the whole dataset out past every gate.",
  remediation:
    "Remove the task, or swap its locations; what must leave goes through a reviewed path of its own.",
  evaluate: (view) => {
    const training = trainingOf(view);
    return training.all(tokens.task).flatMap((task) => judge(task, training, view));
  },
};

function judge(task: PlannedResource, training: Training, view: View): Finding[] {
  const datasets = [...view.reach].flatMap(([name, arrivals]) => (arrivals.has(task.urn) ? [name] : []));
  const [dataset] = datasets.sort(compare);
  if (dataset === undefined) return [];
  const property = "destinationLocationArn";
  const from = training.named(task, "sourceLocationArn", ...inAws).resources;
  const back = training.named(task, property, ...onSite).resources;
  const known = training.named(task, property, ...inAws, ...onSite);
  if (back.length > 0 && from.length > 0) {
    const [source] = from;
    const [target] = back;
    const via = [source, target].flatMap((end) => (end ? [{ urn: end.urn, property: "" }] : []));
    const message = `${task.name} carries "${dataset}" from ${source?.name} in AWS back to ${target?.name} on site.`;
    return [broken(task, property, message, { dataset, via })];
  }
  // Whatever else of the plan it is, it is no location on site.
  const traced = (task.propertyDependencies[property] ?? []).length > 0;
  if (known.resources.length > 0 || (traced && known.outside.length === 0)) return [];
  const what = known.outside.length > 0 ? known.outside.join(", ") : "not known before creation";
  const message = `Nothing shows that ${task.name} leads "${dataset}" into AWS: its destination is ${what}, and no location of this plan.`;
  return [notShown(task, property, message, { dataset })];
}
