/** The partition that every port is in by default; the key of management traffic. */
export const DEFAULT_PARTITION = 0x7fff;

/**
 * The partition that a key names. Only its low 15 bits do: the highest bit says full or limited membership, so that
 * 0x8006 and 0x6 are one partition. Undefined for what is no key at all.
 */
export function partitionOf(key: string | number): number | undefined {
  const text = String(key).trim();
  if (!/^(0x[0-9a-f]{1,4}|\d{1,5})$/i.test(text)) return undefined;
  const number = Number(text);
  return number <= 0xffff ? number & 0x7fff : undefined;
}

/** Whether a partition can be given to a tenant: 0x1 to 0x7ffe, because 0 is invalid and 0x7fff is everybody's. */
export function isTenantPartition(partition: number): boolean {
  return partition >= 0x1 && partition < DEFAULT_PARTITION;
}

export function writePartitionKey(partition: number): string {
  return `0x${partition.toString(16).padStart(4, "0")}`;
}
