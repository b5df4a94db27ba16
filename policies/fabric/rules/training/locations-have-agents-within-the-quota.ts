import {
  broken,
  type Finding,
  isUnknown,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { trainingOf } from "@hybrid-ai-fabric/graph/training";

/** Agents of a location: AWS DataSync quotas, 2026. */
const MOST = 4;

const locations: { [type: string]: string } = {
  "aws:datasync/nfsLocation:NfsLocation": "onPremConfig.agentArns",
  "aws:datasync/locationSmb:LocationSmb": "agentArns",
  "aws:datasync/locationHdfs:LocationHdfs": "agentArns",
  "aws:datasync/locationObjectStorage:LocationObjectStorage": "agentArns",
  "aws:datasync/locationAzureBlob:LocationAzureBlob": "agentArns",
};

export const agentsWithinQuota: Rule = {
  id: "locations-have-agents-within-the-quota",
  pack: "fabric",
  severity: "medium",
  level: "mandatory",
  description:
    "A location on site is read by one to four agents, all of which must be online; DataSync refuses more.",
  remediation: "Split the source into locations with agents of their own, and give each a task.",
  evaluate: (view) =>
    trainingOf(view)
      .all(...Object.keys(locations))
      .flatMap(judge),
};

function judge(location: PlannedResource): Finding[] {
  const path = locations[location.type] ?? "agentArns";
  const agents = leavesAt(location.inputs, path);
  // An unknown element still counts as one; an unknown list can hold any number.
  if (agents.some(({ path: at, value }) => isUnknown(value) && !at.endsWith("]"))) {
    const message = `Nothing shows how many agents ${location.name} has: the list is not known before creation.`;
    return [notShown(location, path, message)];
  }
  if (agents.length <= MOST) return [];
  return [broken(location, path, `${location.name} has ${agents.length} agents; a location takes ${MOST}.`)];
}
