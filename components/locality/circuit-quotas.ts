import table from "./data/circuit-quotas.json";
import { factTable } from "./fact-table";

/** Limits of products are dated like all facts, and no choice of the user. */
factTable("circuitQuotas", table.asOf, {}, { examples: [] });

/** Most of something by a name or a speed; undefined where no source limits it. */
interface Quota {
  [key: string]: number | undefined;
}

/** What a connection, gateway, group or list takes at most; beside the tiers and frame sizes of the products. */
export const circuitQuotas = {
  ...table,
  /** Connections of a Fabric Cloud Router by its package. */
  fabricRouterConnections: table.fabricRouterConnections as Quota,
  /** Mbps that a service token may grant, by the kind of its access point. */
  fabricServiceTokenMbps: table.fabricServiceTokenMbps as Quota,
  /** Prefixes that the interfaces of a dedicated connection share, by its Mbps. */
  prefixPool: table.prefixPool as Quota,
  /** Members of a link aggregation group at AWS, by their Mbps. */
  lagMembers: table.lagMembers as Quota,
};

/** Mbps of a bandwidth as AWS writes it (`500Mbps`, `10Gbps`); undefined for any other text. */
export function mbpsOf(bandwidth: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?(M|G)bps$/i.exec(bandwidth) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Number(amount) * (unit.toUpperCase() === "G" ? 1000 : 1);
}
