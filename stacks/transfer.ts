import type * as pulumi from "@pulumi/pulumi";
import { BulkTransfer, TrainingStore } from "../components";
import { type Environment, isAwsPlace } from "./environment";
import { labelsOf } from "./labels";
import type { RegionLayer } from "./network";

/** A store as other stacks see it: facts that stay known, beside the references. */
export interface ExportedStore {
  urn: pulumi.Output<string>;
  arn: pulumi.Output<string>;
  type: string;
  place: string;
  dataset: string;
  residency: string[];
}

/** One store per dataset and place, and the transfers that fill them. */
export function createTransfers(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
): ExportedStore[] {
  const stores = new Map<string, TrainingStore>();
  const exported: ExportedStore[] = [];
  for (const [name, transfer] of Object.entries(environment.transfers)) {
    const region = regions[transfer.to];
    const dataset = environment.datasets[transfer.dataset];
    if (!region || !dataset) continue;
    const labels = labelsOf(environment, transfer.dataset);
    const key = `${transfer.dataset}-${transfer.to}`;
    let store = stores.get(key);
    if (!store) {
      const keyPlace = dataset.keysIn === undefined ? undefined : environment.places[dataset.keysIn];
      const keyRegion = isAwsPlace(keyPlace) ? { keyRegion: keyPlace.aws } : {};
      store = new TrainingStore(
        key,
        { region: region.region, accountId: region.accountId, labels, ...keyRegion },
        { provider: region.provider },
      );
      stores.set(key, store);
      const { residency } = dataset;
      exported.push({
        urn: store.urn,
        arn: store.bucketArn,
        type: "aws:s3/bucket:Bucket",
        place: region.region,
        dataset: transfer.dataset,
        residency,
      });
    }
    new BulkTransfer(
      name,
      {
        region: region.region,
        accountId: region.accountId,
        source: transfer.source.nfs,
        agentArns: transfer.agents,
        bucketArn: store.bucketArn,
        keyArn: store.keyArn,
        schedule: transfer.window.schedule,
        sizeTiB: dataset.sizeTiB,
        linkMbps: bandwidthOf(environment, transfer.from, transfer.to),
        labels,
        ...(transfer.bandwidthMbps === undefined ? {} : { bandwidthMbps: transfer.bandwidthMbps }),
      },
      { provider: region.provider },
    );
  }
  return exported;
}

/** Mbps of the paths from a site to a region. */
function bandwidthOf(environment: Environment, from: string, to: string): number {
  return Object.values(environment.interconnects)
    .filter((interconnect) => interconnect.from === from && interconnect.to.includes(to))
    .flatMap(({ via }) => via.map(({ equinixFabric }) => equinixFabric.bandwidthMbps))
    .reduce((sum, mbps) => sum + mbps, 0);
}
