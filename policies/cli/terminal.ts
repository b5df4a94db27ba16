/** Where the command reads and writes, so that tests can stand in for a terminal. */
export interface Terminal {
  /** Root of the repository, which holds the packs. */
  root: string;
  workingDirectory: string;
  print(text: string): void;
  complain(text: string): void;
  colour: boolean;
}

export const exitStatus = { holds: 0, refused: 1, wrongInput: 2, couldNotRun: 3 } as const;
