import { expand } from "./expansion";
import type { AgentTopology } from "./topology";

/** One way of the topology, as reviewers read it. */
export interface MatrixCell {
  /** Name of the channel. */
  channel: string;
  /** Agent that speaks. */
  from: string;
  /** Agent, tool or memory that is spoken to. */
  to: string;
  /** Names of datasets, with their strictest classification. */
  carries: string;
  /** What it goes over, such as http, events or mqtt. */
  transport: string;
  /** What lets the sender in, and where. */
  grant: string;
}

/** All ways, sorted by sender and receiver. What is not in it is not possible. */
export function matrixOf(topology: AgentTopology): MatrixCell[] {
  return expand(topology)
    .map(({ channel, from, to, labels, transport, carrier, grant }) => ({
      channel,
      from: from.name,
      to: to.name,
      carries: `${labels.dataset} (${labels.classification})`,
      transport: `${transport} over ${carrier}`,
      grant: `${grant.by} at ${grant.at}: ${grant.what}`,
    }))
    .sort((a, b) => (`${a.from} ${a.to} ${a.channel}` < `${b.from} ${b.to} ${b.channel}` ? -1 : 1));
}

/** The matrix as lines of a table: senders down, receivers across, `-` where nothing goes. */
export function matrixTable(topology: AgentTopology): string[] {
  const cells = matrixOf(topology);
  const senders = Object.keys(topology.agents).sort();
  const receivers = [
    ...senders,
    ...Object.keys(topology.memories).sort(),
    ...Object.keys(topology.tools).sort(),
  ];
  const rows = senders.map((from) => [
    from,
    ...receivers.map((to) => {
      const ways = cells.filter((cell) => cell.from === from && cell.to === to);
      return ways.map(({ transport, carries }) => `${transport.split(" ")[0]}: ${carries}`).join(", ") || "-";
    }),
  ]);
  const table = [["", ...receivers], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
