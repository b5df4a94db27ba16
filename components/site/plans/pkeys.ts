import { isTenantPartition, partitionOf, writePartitionKey } from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../../problems";

/** A tenant that wants a partition of its own. */
export interface PartitionRequest {
  name: string;
  /** Key that it must have, such as 0x12; absent when any will do. */
  pkey?: string;
}

/** Partition key of each tenant, in the spelling that the CNI takes. */
export interface PKeyPlan {
  pkeys: { [tenant: string]: string };
  problems: ArgumentProblem[];
}

/**
 * One partition per tenant. A key that is not given is derived from the name of the tenant, not from its position: a
 * tenant that comes or goes moves no other, and its key does not pass to the next one. Two names that meet are refused
 * instead of moved, because whoever moved would share keys with its own past.
 */
export function planPKeys(tenants: readonly PartitionRequest[], retired: readonly string[] = []): PKeyPlan {
  const problems: ArgumentProblem[] = [];
  const owners = new Map<number, string>();
  for (const key of retired) {
    const partition = partitionOf(key);
    if (partition === undefined) problems.push({ propertyPath: "retiredPkeys", reason: notAKey(key) });
    else owners.set(partition, "retired keys");
  }
  const pkeys: { [tenant: string]: string } = {};
  for (const [index, { name, pkey }] of tenants.entries()) {
    const propertyPath = `tenants[${index}].pkey`;
    const partition = pkey === undefined ? derivedPartition(name) : partitionOf(pkey);
    if (partition === undefined || !isTenantPartition(partition)) {
      problems.push({ propertyPath, reason: notAKey(pkey ?? "") });
      continue;
    }
    const owner = owners.get(partition);
    if (owner !== undefined) {
      const given = pkey === undefined ? "derived from its name" : pkey;
      problems.push({
        propertyPath,
        reason: `${name} would share partition ${writePartitionKey(partition)} (${given}, compared after & 0x7fff) with ${owner}; give it another key`,
      });
    }
    owners.set(partition, owner ?? name);
    pkeys[name] = writePartitionKey(partition);
  }
  return { pkeys, problems };
}

function notAKey(received: string): string {
  return `"${received}" is no partition key of a tenant: 0x1 to 0x7ffe, with or without the membership bit 0x8000 (0x7fff and 0xffff are everybody's)`;
}

/** FNV-1a of the name, folded into the keys that tenants may have. */
function derivedPartition(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return 1 + (hash % 0x7ffe);
}
