import type { Rule } from "@hybrid-ai-fabric/graph";
import { s3WithoutNat } from "./private-nodes-reach-buckets-without-nat";
import { repositoriesInRegion } from "./repositories-are-in-the-region-of-their-file-system";
import { storesInZone } from "./stores-stand-in-the-zone-of-their-cluster";
import { transfersInWindow } from "./transfers-end-within-their-window";

/** Rules over training stores, the nodes that read them, and the transfers that fill them. */
export const trainingRules: readonly Rule[] = [
  storesInZone,
  repositoriesInRegion,
  transfersInWindow,
  s3WithoutNat,
];
