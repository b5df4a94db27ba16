import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory } from "../../offline/setup/progress";

/**
 * A Python with what a requirements file names, kept in the cache between runs: undefined where there is no Python or
 * its packages cannot be installed.
 */
export function pythonWith(requirements: string): string | undefined {
  const wanted = readFileSync(requirements, "utf8").trim();
  const directory = join(cacheDirectory(), `python-${wanted.replace(/[^a-z0-9.]+/gi, "-")}`);
  const python = join(directory, "bin", "python");
  const complete = join(directory, ".complete");
  if (existsSync(complete)) return python;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const steps: [string, string[]][] = [
    ["python3", ["-m", "venv", directory]],
    [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]],
  ];
  for (const [command, args] of steps) {
    if (spawnSync(command, args, { stdio: "ignore", timeout: 300_000 }).status !== 0) return undefined;
  }
  writeFileSync(complete, "");
  return python;
}
