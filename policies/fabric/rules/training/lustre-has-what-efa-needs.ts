import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { asked, flagAt, numberAt, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { type Training, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";
import {
  canUseLustreOverEfa,
  isLustreMetadataIops,
  lustreThroughputs,
  wrongLustreCapacity,
} from "@hybrid-ai-fabric/locality";

/** Deployment types, steps of capacity and metadata: FSx for Lustre user guide, 2026. */
export const lustreHasWhatEfaNeeds: Rule = {
  id: "lustre-has-what-efa-needs",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A Lustre file system has a size that is sold, and with EFA the deployment type and metadata configuration that EFA needs; EFA cannot be switched on later.",
  remediation:
    "Use PERSISTENT_2 on SSD with metadataConfiguration, and one of the capacities that are named; clients of Trainium2 go without EFA.",
  evaluate: (view) => {
    const training = trainingOf(view);
    return training.all(tokens.fileSystem).flatMap((fileSystem) => judge(fileSystem, training));
  },
};

function judge(fileSystem: PlannedResource, training: Training): Finding[] {
  const efa = flagAt(fileSystem, "efaEnabled");
  if (efa.state === "hidden") {
    return [notShown(fileSystem, efa.path, `Nothing shows whether ${fileSystem.name} has EFA: ${efa.why}.`)];
  }
  const withEfa = efa.state === "known" && efa.value;
  return [...size(fileSystem, withEfa), ...(withEfa ? needs(fileSystem, training) : [])];
}

function size(fileSystem: PlannedResource, efa: boolean): Finding[] {
  const deployment = textAt(fileSystem, "deploymentType");
  const storage = textAt(fileSystem, "storageType");
  if (deployment.state !== "known" || deployment.value !== "PERSISTENT_2") return [];
  if (storage.state === "known" && storage.value !== "SSD") return [];
  const capacity = numberAt(fileSystem, "storageCapacity");
  const perTiB = numberAt(fileSystem, "perUnitStorageThroughput");
  if (capacity.state === "hidden" || perTiB.state === "hidden") {
    return [
      notShown(
        fileSystem,
        "storageCapacity",
        `Nothing shows that ${fileSystem.name} has a size that is sold: it is not known before creation.`,
      ),
    ];
  }
  if (capacity.state !== "known" || perTiB.state !== "known") return [];
  if (!lustreThroughputs.includes(perTiB.value)) {
    return [
      broken(
        fileSystem,
        perTiB.path,
        `${fileSystem.name} asks for ${perTiB.value} MBps per TiB; ${lustreThroughputs.join(", ")} are sold.`,
      ),
    ];
  }
  const legal = wrongLustreCapacity({ capacityGiB: capacity.value, perTiB: perTiB.value, efa });
  if (!legal) return [];
  const rate = `${perTiB.value} MBps per TiB ${efa ? "with" : "without"} EFA`;
  return [
    broken(
      fileSystem,
      capacity.path,
      `${fileSystem.name} asks for ${capacity.value} GiB; at ${rate} ${legal.join(" or ")} are sold.`,
    ),
  ];
}

function needs(fileSystem: PlannedResource, training: Training): Finding[] {
  const deployment = textAt(fileSystem, "deploymentType");
  const tiered = textAt(fileSystem, "storageType");
  const findings: Finding[] = [];
  if (deployment.state === "hidden") {
    findings.push(
      notShown(
        fileSystem,
        deployment.path,
        `Nothing shows that ${fileSystem.name} can have EFA: ${deployment.why}.`,
      ),
    );
  } else if (deployment.state === "absent" || deployment.value !== "PERSISTENT_2") {
    const is = deployment.state === "known" ? deployment.value : "SCRATCH_1, the default";
    findings.push(
      broken(fileSystem, "deploymentType", `${fileSystem.name} has EFA but is ${is}; only PERSISTENT_2 can.`),
    );
  }
  const metadata = asked(
    fileSystem,
    "metadataConfiguration.mode",
    "metadataConfiguration.iops",
    "metadataConfiguration",
  );
  const isTiered = tiered.state === "known" && tiered.value === "INTELLIGENT_TIERING";
  if (metadata.length === 0 && !isTiered) {
    findings.push(
      broken(fileSystem, "metadataConfiguration", `${fileSystem.name} has EFA but no metadataConfiguration.`),
    );
  }
  const iops = numberAt(fileSystem, "metadataConfiguration.iops");
  if (iops.state === "known" && !isLustreMetadataIops(iops.value)) {
    findings.push(
      broken(
        fileSystem,
        iops.path,
        `${fileSystem.name} asks for ${iops.value} metadata IOPS; 1500, 3000, 6000 and multiples of 12000 are sold.`,
      ),
    );
  }
  for (const { type, resource } of training.templates) {
    if (type && "is" in type && !canUseLustreOverEfa(type.is.id)) {
      const via = [{ urn: resource.urn, property: "instanceType" }];
      findings.push(
        broken(
          fileSystem,
          "efaEnabled",
          `${fileSystem.name} has EFA, but ${type.is.id} of ${resource.name} cannot use it to a file system.`,
          { via, level: "advisory" },
        ),
      );
    }
  }
  return findings;
}
