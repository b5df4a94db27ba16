import * as pulumi from "@pulumi/pulumi";
import { BulkTransfer } from "../components";
import type { Environment } from "./environment";
import type { RegionLayer } from "./network";
import { type Stores, storeKey } from "./stores";
import { transferDecisions } from "./transfer-decisions";

/** The transfers that fill the stores. */
export function createTransfers(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
  stores: Stores,
): void {
  const config = new pulumi.Config();
  for (const [name, transfer] of Object.entries(environment.transfers)) {
    const region = regions[transfer.to];
    const store = stores[storeKey(transfer.dataset, transfer.to)];
    if (!region || !store) continue;
    const files = transfer.into === "file-system" ? fileSystemOf(store, region) : undefined;
    new BulkTransfer(
      name,
      {
        ...transferDecisions(environment, name, transfer, (key) => config.requireSecret(key)),
        region: region.region,
        accountId: region.accountId,
        bucketArn: store.bucketArn,
        keyArn: store.keyArn,
        ...(files ? { fileSystem: files } : {}),
      },
      { provider: region.provider },
    );
  }
}

function fileSystemOf({ fileSystemArn, fileSystemSecurityGroupId }: Stores[string], region: RegionLayer) {
  if (!fileSystemArn || !fileSystemSecurityGroupId) return undefined;
  const group = pulumi.interpolate`arn:aws:ec2:${region.region}:${region.accountId}:security-group/${fileSystemSecurityGroupId}`;
  return { arn: fileSystemArn, securityGroupArn: group };
}
