import { z } from "zod";
import { validateBulkTransfer } from "../../components";
import { type Problem, problem, shown } from "../problems";
import { transferDecisions } from "../transfer-decisions";
import { hasKnownBandwidth } from "../usable-bandwidth";
import { awsPlaceNames, sitePlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { mbps, mustBe, named } from "./terms";

const path = z.string().startsWith("/");
const secret = z.string().describe("name of the secret config key");

const source = z.strictObject({
  nfs: z.strictObject({ server: z.string(), path }).optional(),
  smb: z
    .strictObject({
      server: z.string(),
      path,
      user: z.string(),
      passwordKey: secret,
      domain: z.string().optional(),
    })
    .optional(),
  hdfs: z
    .strictObject({
      nameNode: z.string(),
      port: z.number().int().optional(),
      path,
      user: z.string().optional(),
      kerberos: z
        .strictObject({ principal: z.string(), keytabKey: secret, configurationKey: secret })
        .optional(),
    })
    .optional(),
  objectStorage: z
    .strictObject({
      server: z.string(),
      bucket: z.string(),
      path: path.optional(),
      accessKey: secret.optional(),
      secretKey: secret.optional(),
    })
    .optional(),
  gbps: z.number().positive().optional().describe("what the source can be read with; default: no limit"),
});

const agent = z.strictObject({
  name: z.string(),
  activationKey: secret.optional(),
  address: z
    .string()
    .optional()
    .describe("address whose port 80 gives a key to the machine that runs Pulumi"),
});

const transfer = z.strictObject({
  dataset: z.string(),
  from: z.string(),
  to: z.string(),
  source,
  agents: z
    .array(z.union([z.string().startsWith("arn:"), agent]))
    .min(1)
    .describe("ARNs of activated DataSync agents, or agents to activate"),
  into: z
    .enum(["bucket", "file-system"])
    .default("bucket")
    .describe("file-system: that of the training cluster"),
  directories: z
    .array(z.strictObject({ path, sizeTiB: z.number().positive() }))
    .default([])
    .describe("directories of the source, for several tasks; default: one task"),
  window: z.strictObject({ hours: z.number().positive(), schedule: z.string() }),
  verify: z.enum(["transferred", "all", "none"]).default("transferred"),
  bandwidthMbps: mbps.optional().describe("limit over all tasks; default: none"),
  limits: z
    .array(
      z.strictObject({
        from: z.string().describe("first minute, such as 08:00, in UTC"),
        to: z.string().describe("first minute after it, in UTC"),
        mbps,
      }),
    )
    .default([])
    .describe("limits at hours of the day; outside of them bandwidthMbps holds"),
});

/** One-way transfers of a dataset from a site to a region. */
export const transfers = named(transfer);

export type Transfer = z.infer<typeof transfer>;

export function checkTransfers(environment: EnvironmentContent): Problem[] {
  const { transfers, places, datasets, interconnects, trainingClusters } = environment;
  const sites = sitePlaceNames(places);
  return Object.entries(transfers).flatMap(([name, transfer]) => {
    const path = `transfers.${name}`;
    const paths = Object.values(interconnects).filter(
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
    if (ends.length > 0) return ends;
    if (paths.length === 0)
      return [
        problem(`${path}.to`, `${shown(transfer.to)} is reached by no interconnect from ${transfer.from}`),
      ];
    const mounted = Object.values(trainingClusters).some(
      ({ place, store }) => place === transfer.to && store.dataset === transfer.dataset && store.fileSystem,
    );
    if (transfer.into === "file-system" && !mounted)
      return [
        problem(
          `${path}.into`,
          `"file-system": no training cluster in ${transfer.to} has one for ${transfer.dataset}`,
        ),
      ];
    // A path that is wrong itself says nothing about the window.
    const timed = paths.every((interconnect) => hasKnownBandwidth(interconnect, environment));
    const references = { bucketArn: "", keyArn: "", accountId: "", region: "" };
    return validateBulkTransfer({ ...transferDecisions(environment, name, transfer), ...references })
      .filter(({ propertyPath }) => timed || propertyPath !== "windowHours")
      .map(({ propertyPath, reason }) => problem(`${path}.${written(propertyPath)}`, reason));
  });
}

/** Where the environment says what an argument of the component says. */
function written(property: string): string {
  if (property === "windowHours") return "window.hours";
  return property.replace(/^agentArns/, "agents");
}
