import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CouldNotRun } from "./failure";

const MODULE = "github.com/pulumi/pulumi";

/** A Go module of its own that requires the engine: `go install` refuses it, because it replaces modules. */
export function engineModule(version: string): { [file: string]: string } {
  return {
    "go.mod": `module engine\n\ngo 1.25.11\n\nrequire (\n\t${MODULE}/pkg/v3 v${version}\n\t${MODULE}/sdk/v3 v${version}\n)\n`,
    "tools.go": `//go:build tools\n\npackage tools\n\nimport _ "${MODULE}/pkg/v3/cmd/pulumi"\n`,
  };
}

/** The Automation API and the plugin checks refuse an engine without a version, so the linker sets it. */
export function buildArguments(version: string, output: string): string[] {
  const flags = `-s -w -X ${MODULE}/sdk/v3/go/common/version.Version=v${version}`;
  return ["build", "-ldflags", flags, "-o", output, `${MODULE}/pkg/v3/cmd/pulumi`];
}

/** Builds the engine from its Go module, once per version: about four minutes on two cores. */
export async function buildEngine(version: string, destination: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "hybrid-ai-fabric-engine-"));
  try {
    for (const [file, text] of Object.entries(engineModule(version)))
      await writeFile(join(directory, file), text);
    const built = join(directory, "pulumi");
    await go(["mod", "tidy"], directory);
    await go(buildArguments(version, built), directory);
    await mkdir(dirname(destination), { recursive: true });
    // Renamed into place, so that an interrupted build never leaves half an engine behind.
    await copyFile(built, `${destination}.${process.pid}`);
    await rename(`${destination}.${process.pid}`, destination);
    return destination;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function go(args: readonly string[], directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
    const output: Buffer[] = [];
    child.stderr.on("data", (data: Buffer) => output.push(data));
    child.on("error", () =>
      reject(
        new CouldNotRun(
          "No Pulumi engine was found, none could be downloaded, and there is no Go to build one. Install Pulumi >= 3.255.0.",
        ),
      ),
    );
    child.on("close", (code) => {
      if (code === 0) return resolve();
      reject(
        new CouldNotRun(
          `The engine could not be built: go ${args[0]} ended with ${code}.\n${Buffer.concat(output)}`,
        ),
      );
    });
  });
}
