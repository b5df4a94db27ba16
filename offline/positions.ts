import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, isAbsolute, join, relative } from "node:path";
import { positionOf, type RegistrationFrames, type SourcePosition } from "@hybrid-ai-fabric/report";

/**
 * Lines of the program by URN, from the digest that `preview --json` prints. Files are named from the folder that
 * reports are written from; what lies outside it is left out. A preview that failed may print no digest.
 */
export function positionsInDigest(
  printed: string,
  project: string,
  from: string,
): Map<string, SourcePosition> {
  const written = new SourcesAsWritten();
  const positions = new Map<string, SourcePosition>();
  for (const { newState } of stepsIn(printed)) {
    const position = newState?.urn === undefined ? undefined : positionOf(newState);
    if (!position || newState?.urn === undefined) continue;
    const found = written.of({ ...position, file: join(project, position.file) });
    const file = relative(from, found.file);
    if (!file.startsWith("..") && !isAbsolute(file)) positions.set(newState.urn, { ...found, file });
  }
  return positions;
}

interface DigestStep {
  newState?: RegistrationFrames & { urn?: string };
}

function stepsIn(printed: string): DigestStep[] {
  const start = printed.search(/^\{$/m);
  if (start < 0) return [];
  try {
    const { steps } = JSON.parse(printed.slice(start)) as { steps?: DigestStep[] };
    return Array.isArray(steps) ? steps : [];
  } catch {
    return [];
  }
}

/** The engine runs compiled files; a person, and a pull request, know the ones that those were compiled from. */
class SourcesAsWritten {
  private readonly maps = new Map<string, SourceMap | undefined>();

  of(position: SourcePosition): SourcePosition {
    const { file, line, column } = position;
    if (!this.maps.has(file)) this.maps.set(file, mapOf(file));
    const entry = this.maps.get(file)?.findEntry(line - 1, column - 1);
    if (!entry || !("originalSource" in entry)) return position;
    return {
      file: join(dirname(file), entry.originalSource),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    };
  }
}

function mapOf(file: string): SourceMap | undefined {
  const map = `${file}.map`;
  if (!existsSync(map)) return undefined;
  try {
    return new SourceMap(JSON.parse(readFileSync(map, "utf8")));
  } catch {
    return undefined;
  }
}
