import { resolve } from "node:path";
import { run } from "./run";

/** Root of the repository, from the compiled place of this file. */
const root = resolve(__dirname, "..", "..", "..");

void run(process.argv.slice(2), {
  root,
  workingDirectory: process.env.INIT_CWD ?? process.cwd(),
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(`${text}\n`),
  colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
}).then((status) => {
  process.exitCode = status;
});
