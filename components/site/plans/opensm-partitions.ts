import { writePartitionKey } from "@hybrid-ai-fabric/locality";

/** A partition with the ports that belong to it. */
export interface OpenSmPartition {
  name: string;
  pkey: string;
  /** Port GUIDs, such as 0x946dae0300aabbcc. */
  portGuids: readonly string[];
}

/**
 * The text of OpenSM's `partitions.conf`. The default partition is limited to everybody but the subnet manager, or
 * every port could talk to every other whatever its tenant. Partitions of tenants have full members, which SR-IOV needs.
 */
export function openSmPartitions(partitions: readonly OpenSmPartition[]): string {
  const lines = partitions.flatMap(({ name, pkey, portGuids }) => [
    ...(portGuids.length > 0
      ? []
      : [`# ${name}: no port GUID is known before inspection; add its members here`]),
    `${name}=${pkey}, ipoib, defmember=full : ${[...portGuids, "SELF"].join(", ")};`,
  ]);
  const everybody = `Default=${writePartitionKey(0x7fff)}, ipoib, defmember=limited : ALL, SELF=full;`;
  return `${[everybody, ...lines].join("\n")}\n`;
}
