import { z } from "zod";
import { type Problem, problem, shown } from "../problems";
import { awsPlaceNames, sitePlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { mbps, mustBe, named } from "./terms";

const transfer = z.strictObject({
  dataset: z.string(),
  from: z.string(),
  to: z.string(),
  source: z.strictObject({ nfs: z.strictObject({ server: z.string(), path: z.string().startsWith("/") }) }),
  agents: z.array(z.string().startsWith("arn:")).min(1).max(4).describe("ARNs of activated DataSync agents"),
  window: z.strictObject({ hours: z.number().positive(), schedule: z.string() }),
  bandwidthMbps: mbps.optional().describe("limit; default: none"),
});

/** One-way transfers of a dataset from a site to a region. */
export const transfers = named(transfer);

export type Transfer = z.infer<typeof transfer>;

export function checkTransfers({
  transfers,
  places,
  datasets,
  interconnects,
}: EnvironmentContent): Problem[] {
  const sites = sitePlaceNames(places);
  return Object.entries(transfers).flatMap(([name, transfer]) => {
    const path = `transfers.${name}`;
    const served = Object.values(interconnects).some(
      ({ from, to }) => from === transfer.from && to.includes(transfer.to),
    );
    const ends = [
      ...mustBe(`${path}.dataset`, transfer.dataset, Object.keys(datasets), "a dataset"),
      ...mustBe(
        `${path}.from`,
        transfer.from,
        sites,
        "a site: data is transferred from sites to AWS, never back",
      ),
      ...mustBe(`${path}.to`, transfer.to, awsPlaceNames(places), "an AWS place"),
    ];
    if (ends.length > 0 || served) return ends;
    return [
      problem(`${path}.to`, `${shown(transfer.to)} is reached by no interconnect from ${transfer.from}`),
    ];
  });
}
