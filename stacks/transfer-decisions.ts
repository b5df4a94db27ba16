import type { BulkTransferArgs } from "../components";
import type { EnvironmentContent } from "./environment/shape";
import type { Transfer } from "./environment/transfers";
import { labelsOf } from "./labels";
import { usableMbps } from "./usable-bandwidth";

/** What a transfer is told about a secret: at preview of a decision, nothing. */
export type Secret = (key: string) => BulkTransferArgs["bucketArn"];

/** Everything of a transfer that is decided before anything exists; `secret` reads a config key. */
export function transferDecisions(
  environment: EnvironmentContent,
  name: string,
  transfer: Transfer,
  secret: Secret = (key) => key,
): Omit<BulkTransferArgs, "bucketArn" | "keyArn" | "accountId" | "region"> {
  const dataset = environment.datasets[transfer.dataset];
  if (!dataset) throw new RangeError(`${name}: no dataset ${transfer.dataset}`);
  return {
    source: sourceOf(transfer.source, secret),
    agentArns: transfer.agents.filter((agent) => typeof agent === "string"),
    agents: transfer.agents.flatMap((agent) =>
      typeof agent === "string"
        ? []
        : [
            {
              name: agent.name,
              ...(agent.activationKey === undefined ? {} : { activationKey: secret(agent.activationKey) }),
              ...(agent.address === undefined ? {} : { address: agent.address }),
            },
          ],
    ),
    schedule: transfer.window.schedule,
    windowHours: transfer.window.hours,
    sizeTiB: dataset.sizeTiB,
    dailyGrowthTiB: dataset.dailyGrowthTiB,
    directories: transfer.directories,
    limits: transfer.limits,
    linkMbps: bandwidthOf(environment, transfer.from, transfer.to),
    verify: transfer.verify,
    labels: labelsOf(environment, transfer.dataset),
    ...(transfer.bandwidthMbps === undefined ? {} : { bandwidthMbps: transfer.bandwidthMbps }),
    ...(transfer.source.gbps === undefined ? {} : { sourceGbps: transfer.source.gbps }),
  };
}

function sourceOf(
  { nfs, smb, hdfs, objectStorage }: Transfer["source"],
  secret: Secret,
): BulkTransferArgs["source"] {
  return {
    ...(nfs ? { nfs } : {}),
    ...(smb
      ? {
          smb: {
            server: smb.server,
            path: smb.path,
            user: smb.user,
            password: secret(smb.passwordKey),
            ...(smb.domain === undefined ? {} : { domain: smb.domain }),
          },
        }
      : {}),
    ...(hdfs
      ? {
          hdfs: {
            nameNode: hdfs.nameNode,
            path: hdfs.path,
            ...(hdfs.port === undefined ? {} : { port: hdfs.port }),
            ...(hdfs.user === undefined ? {} : { user: hdfs.user }),
            ...(hdfs.kerberos
              ? {
                  kerberos: {
                    principal: hdfs.kerberos.principal,
                    keytab: secret(hdfs.kerberos.keytabKey),
                    configuration: secret(hdfs.kerberos.configurationKey),
                  },
                }
              : {}),
          },
        }
      : {}),
    ...(objectStorage
      ? {
          objectStorage: {
            server: objectStorage.server,
            bucket: objectStorage.bucket,
            ...(objectStorage.path === undefined ? {} : { path: objectStorage.path }),
            ...(objectStorage.accessKey === undefined ? {} : { accessKey: secret(objectStorage.accessKey) }),
            ...(objectStorage.secretKey === undefined ? {} : { secretKey: secret(objectStorage.secretKey) }),
          },
        }
      : {}),
  };
}

/** Mbps of the paths from a site to a region: of each, the circuit that carries, or all where they share the load. */
function bandwidthOf(environment: EnvironmentContent, from: string, to: string): number {
  return Object.values(environment.interconnects)
    .filter((interconnect) => interconnect.from === from && interconnect.to.includes(to))
    .reduce((sum, interconnect) => sum + usableMbps(interconnect, environment), 0);
}
