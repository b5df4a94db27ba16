import type { ArgumentProblem } from "../../problems";

/** GUIDs that one cluster may give to virtual functions: first and last, both included. */
export interface GuidRange {
  first: bigint;
  last: bigint;
}

/** Reads `02:00:00:00:00:00:00:00`; undefined for anything else. */
export function readGuid(text: string): bigint | undefined {
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){7}$/i.test(text) ? BigInt(`0x${text.replaceAll(":", "")}`) : undefined;
}

/** A pool of GUIDs, or what is wrong with it. */
export function guidRange(
  start: string,
  end: string,
  path: string,
): { range?: GuidRange; problems: ArgumentProblem[] } {
  const first = readGuid(start);
  const last = readGuid(end);
  const malformed = [
    ...(first === undefined ? [{ propertyPath: `${path}.guidPoolStart`, reason: notAGuid(start) }] : []),
    ...(last === undefined ? [{ propertyPath: `${path}.guidPoolEnd`, reason: notAGuid(end) }] : []),
  ];
  if (first === undefined || last === undefined) return { problems: malformed };
  if (last > first) return { range: { first, last }, problems: [] };
  const reason = `"${end}" is not after "${start}", so the pool is empty`;
  return { problems: [{ propertyPath: `${path}.guidPoolEnd`, reason }] };
}

function notAGuid(text: string): string {
  return `"${text}" is no GUID: eight bytes such as 02:00:00:00:00:00:00:00`;
}
