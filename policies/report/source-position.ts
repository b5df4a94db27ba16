/** Where a program asks for a resource, relative to the folder of its project. */
export interface SourcePosition {
  file: string;
  line: number;
  column: number;
}

/** What the engine keeps of the call that registered a resource: `project:///index.ts#12,3`. */
export interface RegistrationFrames {
  sourcePosition?: string;
  stackTrace?: { sourcePosition?: string }[];
}

/** The line of the program that asked for a resource: the nearest frame that is neither an SDK nor outside the project. */
export function positionOf({ sourcePosition, stackTrace }: RegistrationFrames): SourcePosition | undefined {
  const frames = [sourcePosition, ...(stackTrace ?? []).map((frame) => frame.sourcePosition)];
  for (const frame of frames) {
    const [, file, line, column] = /^project:\/\/\/(.+)#(\d+)(?:,(\d+))?$/.exec(frame ?? "") ?? [];
    if (file === undefined || file.includes("node_modules/") || file.startsWith("../")) continue;
    return { file, line: Number(line), column: Math.max(1, Number(column ?? 1)) };
  }
  return undefined;
}
