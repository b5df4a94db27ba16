// What a clone needs before other languages can use it as a Pulumi package: `pulumi package add <git>` runs `npm install`,
// which runs this. Where the library is compiled already, nothing is done.

const fs = require("node:fs");
const path = require("node:path");
const { compileSdks } = require("../../offline/setup/compile");
const { progress, runQuietly } = require("../../offline/setup/progress");

const root = path.resolve(__dirname, "..", "..");
const compiled = path.join(root, "components", "dist", "index.js");

async function prepare() {
  if (fs.existsSync(compiled)) return;
  const step = progress();
  await compileSdks(root, process.execPath, process.env, step);
  const typescript = path.join(root, "node_modules", "typescript", "bin", "tsc");
  await step("Compiling the components", () =>
    runQuietly(process.execPath, [typescript, "-b", "components"], { cwd: root, env: process.env }),
  );
}

prepare().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
