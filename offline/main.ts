import { resolve } from "node:path";
import type { Step } from "./engine/find";
import { stopEngines } from "./engine/run";
import { cacheDirectory, progress } from "./setup/progress";
import { start } from "./start";

/** Root of the repository, from the compiled place of this file. */
const root = resolve(__dirname, "..", "..");

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stopEngines(signal);
    process.exit(130);
  });
}

void start(process.argv.slice(2), {
  root,
  workingDirectory: process.env.INIT_CWD ?? process.cwd(),
  cache: cacheDirectory(),
  compiled: __dirname,
  step: progress() as Step,
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(`${text}\n`),
  colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
}).then((status) => {
  process.exitCode = status;
});
