// What `npm start` and `npm test` run: plain JavaScript for any Node from 18 on, because it brings the Node, the
// dependencies and the compiled packages that everything else needs.

const { spawn } = require("node:child_process");
const path = require("node:path");
const { installDependencies } = require("./setup/dependencies");
const { compilePackages, compileSdks } = require("./setup/compile");
const { findNode } = require("./setup/node");
const { cacheDirectory, progress, SetupError } = require("./setup/progress");

const root = path.resolve(__dirname, "..");

/** The commands, each a script that runs from its TypeScript source. */
const commands = {
  start: ["offline/dist/main.js"],
  "check-plan": ["policies/cli/dist/main.js"],
  bundle: ["policies/bundle.ts"],
  test: ["offline/test.ts"],
  "test:cluster": ["test/cluster/main.ts"],
  "test:ci": ["test/cluster/ci.ts"],
  bench: ["bench/main.ts"],
  soak: ["bench/soak.ts"],
  schema: ["stacks/write-json-schema.ts"],
  "schema:components": ["test/components/write-api.ts"],
  docs: ["node_modules/typedoc/bin/typedoc"],
  mutate: ["bench/mutate.ts"],
  pictures: ["test/pictures.ts"],
};

async function main([command = "", ...args]) {
  const script = commands[command];
  if (!script)
    throw new SetupError(
      `unknown command "${command}"; the commands are ${Object.keys(commands).join(", ")}`,
    );
  const cache = cacheDirectory();
  const step = progress();
  const node = await findNode(cache, step);
  const env = {
    ...process.env,
    HYBRID_AI_FABRIC_CACHE: cache,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PATH: [path.dirname(node), path.join(root, "node_modules", ".bin"), process.env.PATH ?? ""].join(
      path.delimiter,
    ),
  };
  await installDependencies(root, env, step);
  await compileSdks(root, node, env, step);
  await compilePackages(root, node, env, step);
  // Judging thousands of plans takes the compiled packages, which run twice as fast as their sources through tsx.
  const packages = command === "mutate" ? [] : ["--conditions=source"];
  return run(node, ["--import", "tsx", ...packages, ...script, ...args], env);
}

function run(node, args, env) {
  const child = spawn(node, args, {
    cwd: root,
    env: { ...env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
    stdio: "inherit",
  });
  // The child cleans up after itself: this process only waits for it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 3));
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
    process.exitCode = 3;
  },
);
