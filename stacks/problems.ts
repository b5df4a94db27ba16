/** Something that is wrong in what a user wrote: where, what was received, and what is legal. */
export interface Problem {
  path: string;
  reason: string;
}

export function problem(path: string, reason: string): Problem {
  return { path, reason };
}

/** How a received value is shown in a message. */
export function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
