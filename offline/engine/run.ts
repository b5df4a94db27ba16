import { type ChildProcess, spawn } from "node:child_process";
import { CouldNotRun } from "./failure";

/** How a run of the engine ended, and everything that it said. */
export interface EngineRun {
  status: number;
  output: string;
  /** What it printed as its result, without what it said beside. */
  printed: string;
}

const running = new Set<ChildProcess>();

/** Ends the engines that this process started. */
export function stopEngines(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

/** Runs the engine once, without questions and colours. */
export function runEngine(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  input = "",
): Promise<EngineRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, "--non-interactive", "--color", "never"], { cwd, env });
    running.add(child);
    const output: Buffer[] = [];
    const printed: Buffer[] = [];
    const text = (parts: readonly Buffer[]) => Buffer.concat(parts).toString("utf8");
    child.stdout.on("data", (data: Buffer) => {
      output.push(data);
      printed.push(data);
    });
    child.stderr.on("data", (data: Buffer) => output.push(data));
    child.stdin.end(input);
    child.on("error", (error) =>
      reject(new CouldNotRun(`The engine could not be started: ${error.message}`)),
    );
    child.on("close", (code) => {
      running.delete(child);
      resolve({ status: code ?? 255, output: text(output), printed: text(printed) });
    });
  });
}

/** What prepares a stack has to succeed. */
export async function must(run: Promise<EngineRun>): Promise<EngineRun> {
  const ended = await run;
  if (ended.status !== 0)
    throw new CouldNotRun(`The engine refused to prepare the stack:\n${ended.output.trim()}`);
  return ended;
}
