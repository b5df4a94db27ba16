/** A directory of the source, and how much it holds. */
export interface Directory {
  path: string;
  sizeTiB: number;
}

/** The share of one task: its directories, or everything that no other task takes. */
export interface Shard {
  paths: string[];
  sizeTiB: number;
}

/**
 * Splits a source among tasks, largest directory first to the emptiest task. The first share takes everything that no
 * other one names, so that a directory that appears later is never left behind.
 */
export function shardDirectories(directories: readonly Directory[], sizeTiB: number, most: number): Shard[] {
  const named = directories.reduce((sum, directory) => sum + directory.sizeTiB, 0);
  const rest = Math.max(0, sizeTiB - named);
  const shards: Shard[] = Array.from(
    { length: Math.max(1, Math.min(most, directories.length + (rest > 0 ? 1 : 0))) },
    (_, index) => ({ paths: [], sizeTiB: index === 0 ? rest : 0 }),
  );
  const largestFirst = [...directories].sort((a, b) => b.sizeTiB - a.sizeTiB || (a.path < b.path ? -1 : 1));
  for (const { path, sizeTiB: size } of largestFirst) {
    const emptiest = shards.reduce((least, next) => (next.sizeTiB < least.sizeTiB ? next : least));
    emptiest.paths.push(path);
    emptiest.sizeTiB += size;
  }
  return shards;
}

/** The filter of a task as DataSync takes it: paths joined by a bar. */
export function filterOf(paths: readonly string[]): string {
  return paths.join("|");
}
