import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { append, asked, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { MOST_ASSOCIATIONS } from "@hybrid-ai-fabric/locality";

/** Associations with S3: FSx for Lustre user guide, 2026. */
export const repositoriesFit: Rule = {
  id: "lustre-repositories-fit-their-file-system",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A file system that is linked with S3 is of a kind that can be, with eight associations at most and without the older import path beside them.",
  remediation: "Link PERSISTENT_2 or SCRATCH_2 on SSD, by associations alone, and eight of them at most.",
  evaluate: (view) => {
    const training = trainingOf(view);
    const linked = new Map<PlannedResource, PlannedResource[]>();
    const lost: Finding[] = [];
    for (const association of training.all(tokens.association)) {
      const ends = training.named(association, "fileSystemId", tokens.fileSystem);
      for (const fileSystem of ends.resources) append(linked, fileSystem, association);
      if (ends.resources.length === 0) {
        lost.push(
          notShown(
            association,
            "fileSystemId",
            `Nothing shows that the file system of ${association.name} can be linked with S3: it is not in this plan.`,
          ),
        );
      }
    }
    return [...lost, ...[...linked].flatMap(([fileSystem, associations]) => judge(fileSystem, associations))];
  },
};

function judge(fileSystem: PlannedResource, associations: readonly PlannedResource[]): Finding[] {
  const deployment = textAt(fileSystem, "deploymentType");
  const storage = textAt(fileSystem, "storageType");
  const via = associations.slice(0, 1).map(({ urn }) => ({ urn, property: "fileSystemId" }));
  const findings: Finding[] = [];
  const wrong = (property: string, message: string) =>
    findings.push(broken(fileSystem, property, message, { via }));
  for (const reading of [deployment, storage]) {
    if (reading.state === "hidden") {
      findings.push(
        notShown(
          fileSystem,
          reading.path,
          `Nothing shows that ${fileSystem.name} can be linked with S3: ${reading.why}.`,
          { via },
        ),
      );
    }
  }
  if (storage.state === "known" && storage.value === "INTELLIGENT_TIERING") {
    wrong("storageType", `${fileSystem.name} is INTELLIGENT_TIERING, which cannot be linked with S3.`);
  }
  if (deployment.state === "absent" || (deployment.state === "known" && deployment.value === "SCRATCH_1")) {
    wrong("deploymentType", `${fileSystem.name} is SCRATCH_1, which takes no association with S3.`);
  }
  if (associations.length > MOST_ASSOCIATIONS) {
    wrong(
      "deploymentType",
      `${fileSystem.name} has ${associations.length} associations; ${MOST_ASSOCIATIONS} are the most.`,
    );
  }
  const [older] = ["importPath", "exportPath", "autoImportPolicy"].filter(
    (property) => asked(fileSystem, property).length > 0,
  );
  if (older !== undefined)
    wrong(older, `${fileSystem.name} has ${older} beside an association; FSx takes one or the other.`);
  return findings;
}
