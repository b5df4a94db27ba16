import {
  broken,
  compare,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { flagAt, numberAt, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { subnetsOf, type Training, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { crossZoneReadUsd } from "@hybrid-ai-fabric/locality";
import { often, readsPerYear } from "./reads";

export const storesInZone: Rule = {
  id: "stores-stand-in-the-zone-of-their-cluster",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "A Lustre file system stands in the zone of nodes that read it: EFA does not cross zones, and every GB that does is billed on both sides.",
  remediation: "Put the file system into the subnet of the nodes.",
  evaluate: (view) => {
    const training = trainingOf(view);
    const groups = nodesOf(training);
    if (groups.length === 0) return [];
    return training
      .all(tokens.fileSystem)
      .flatMap((fileSystem) => judge(fileSystem, groups, training, readsPerYear(view)));
  },
};

/** What places nodes with EFA into subnets. */
function nodesOf(training: Training): PlannedResource[] {
  const users = training.templates.flatMap(({ users }) => users);
  return [...new Set([...users, ...training.all(tokens.hyperPod)])].sort((a, b) => compare(a.urn, b.urn));
}

function subnetPath(user: PlannedResource): string {
  return user.type === tokens.hyperPod ? "vpcConfig.subnets[]" : subnetsOf(user).path;
}

function judge(
  fileSystem: PlannedResource,
  groups: readonly PlannedResource[],
  training: Training,
  reads: number,
): Finding[] {
  const own = placesOf(fileSystem, "subnetIds", training);
  const theirs = groups.map((group) => placesOf(group, subnetPath(group), training));
  if (theirs.some(({ places }) => places.some((place) => own.places.includes(place)))) return [];
  const names = groups.map(({ name }) => name).join(", ");
  if (own.places.length === 0 || theirs.every(({ places }) => places.length === 0) || own.lost) {
    return [
      notShown(
        fileSystem,
        "subnetIds",
        `Nothing shows that ${fileSystem.name} stands in the zone of the nodes that read it (${names}): a subnet is not known before creation.`,
      ),
    ];
  }
  const efa = flagAt(fileSystem, "efaEnabled");
  const capacity = numberAt(fileSystem, "storageCapacity");
  const usd = capacity.state === "known" ? crossZoneReadUsd(capacity.value / 1024, reads) : undefined;
  const cost =
    usd === undefined ? "" : ` Reading it ${often(reads)} costs about ${Math.round(usd)} USD a year.`;
  const message = `${fileSystem.name} stands in another zone than the nodes that read it (${names}).${cost}`;
  const level = efa.state === "known" && efa.value ? {} : { level: "advisory" as const };
  const via = groups.map((group) => ({ urn: group.urn, property: subnetPath(group).replace("[]", "") }));
  return [broken(fileSystem, "subnetIds", message, { via, ...level })];
}

/** Where something stands: its subnets, and their zone ids where these are known. */
function placesOf(
  resource: PlannedResource,
  path: string,
  training: Training,
): { places: string[]; lost: boolean } {
  const { resources, outside, lost } = training.named(resource, path, tokens.subnet);
  const zones = resources.flatMap((subnet) => {
    const zone = textAt(subnet, "availabilityZoneId", "availabilityZone");
    return zone.state === "known" ? [`zone ${zone.value}`] : [];
  });
  const anything = leavesAt(resource.inputs, path).length > 0;
  return { places: [...resources.map(({ urn }) => urn), ...outside, ...zones], lost: lost > 0 && anything };
}
