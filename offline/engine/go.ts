import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CouldNotRun } from "./failure";

/** A command built from a Go module of our own, because `go install` refuses modules that replace others. */
export interface GoBuild {
  /** What is built, for messages. */
  title: string;
  /** What to do when there is no Go. */
  withoutGo: string;
  /** go.mod and a file that imports the command. */
  files: { [file: string]: string };
  /** Arguments of go that write the command to a path. */
  arguments(output: string): string[];
}

/** Builds a command and puts it where it is kept. */
export async function buildWithGo(build: GoBuild, destination: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "hybrid-ai-fabric-go-"));
  try {
    for (const [file, text] of Object.entries(build.files)) await writeFile(join(directory, file), text);
    const built = join(directory, "built");
    await go(["mod", "tidy"], directory, build);
    await go(build.arguments(built), directory, build);
    await mkdir(dirname(destination), { recursive: true });
    // Renamed into place, so that an interrupted build never leaves half a command behind.
    await copyFile(built, `${destination}.${process.pid}`);
    await rename(`${destination}.${process.pid}`, destination);
    return destination;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs go and returns what it printed. */
export function go(
  args: readonly string[],
  directory: string,
  build: Pick<GoBuild, "title" | "withoutGo">,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => output.push(data));
    child.stderr.on("data", (data: Buffer) => errors.push(data));
    child.on("error", () => reject(new CouldNotRun(build.withoutGo)));
    child.on("close", (code) => {
      if (code === 0) return resolve(Buffer.concat(output).toString("utf8"));
      const ending = `go ${args[0]} ended with ${code}.\n${Buffer.concat(errors)}`;
      reject(new CouldNotRun(`${build.title} could not be built: ${ending}`));
    });
  });
}
