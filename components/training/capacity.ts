import { type InstanceType, instanceTypesAsOf } from "@hybrid-ai-fabric/locality";
import type * as pulumi from "@pulumi/pulumi";
import type { ArgumentProblem } from "../problems";

/** Where the instances come from. Without either: on demand. */
export interface EfaClusterCapacity {
  /** A reservation of capacity that exists already. */
  reservation?: EfaClusterReservation;
  /** GPUs that are bought for some days. */
  capacityBlock?: EfaClusterCapacityBlock;
}

/** An On-Demand Capacity Reservation. */
export interface EfaClusterReservation {
  /** Id of the reservation. */
  id: pulumi.Input<string>;
  /** Placement group that it was made in. Default: none, and then the instances get none either. */
  placementGroup?: pulumi.Input<string>;
}

/** A Capacity Block for ML. */
export interface EfaClusterCapacityBlock {
  /** Id of the reservation that the block is. */
  id: pulumi.Input<string>;
  /** True once the block has begun. Default: false, and then no node is asked for. */
  active?: boolean;
}

/** Most instances of one Capacity Block (EC2 user guide, 2026). */
export const MOST_IN_BLOCK = 64;
/** Most instances of one cluster over all blocks (EC2 user guide, 2026): no placement group has a limit of its own. */
export const MOST_IN_CLUSTER = 256;

/**
 * Whether the cluster makes a placement group of its own. Together with a reservation that was made outside of it,
 * a placement group leads to InsufficientInstanceCapacity.
 */
export function ownsPlacementGroup(capacity: EfaClusterCapacity | undefined, nodes: number): boolean {
  return nodes > 1 && !capacity?.reservation && !capacity?.capacityBlock;
}

/** What kind of purchase a capacity is, as instance types name it. */
function purchaseOf(capacity: EfaClusterCapacity | undefined, type: InstanceType): string {
  if (capacity?.capacityBlock) return type.ultraServer ? "capacity-block-ultraserver" : "capacity-block";
  return capacity?.reservation ? "odcr" : "on-demand";
}

export function validateCapacity(
  capacity: EfaClusterCapacity | undefined,
  type: InstanceType,
  nodes: number,
): ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const wrong = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  if (capacity?.reservation && capacity.capacityBlock) {
    wrong("capacity", "reservation and capacityBlock: one of the two, or neither for on demand");
  }
  const purchase = purchaseOf(capacity, type);
  if (!type.purchase.includes(purchase)) {
    const ways = type.purchase.join(", ");
    wrong(
      "capacity",
      `${type.id} is not sold as ${purchase}, but as ${ways} (table of ${instanceTypesAsOf})`,
    );
  }
  if (!Number.isInteger(nodes) || nodes < 1) wrong("count", `${nodes} is not a number of instances`);
  const most = capacity?.capacityBlock ? MOST_IN_BLOCK : undefined;
  if (most !== undefined && nodes > most) {
    const blocks = Math.ceil(nodes / most);
    const over =
      nodes > MOST_IN_CLUSTER
        ? `, and all blocks together ${MOST_IN_CLUSTER}`
        : `: ${blocks} blocks would do`;
    wrong("count", `${nodes} instances; one Capacity Block holds ${most}${over}`);
  }
  if (type.ultraServer && !type.ultraServer.some((size) => nodes % size === 0)) {
    wrong("count", `${nodes} instances; an UltraServer has ${type.ultraServer.join(" or ")}`);
  }
  return problems;
}

/** A training plan is HyperPod's Capacity Block: EC2 reservations do not reach it. */
export function refusesEc2Capacity(capacity: EfaClusterCapacity | undefined): boolean {
  return capacity?.reservation !== undefined || capacity?.capacityBlock !== undefined;
}
