const fs = require("node:fs");
const path = require("node:path");
const { runQuietly } = require("./progress");

/** Packages whose sources the packs and the program read in compiled form. */
const packages = ["components", "policies", "offline"];

/**
 * The SDKs that Pulumi generated compile in an install script, which npm 11 does not run: so they are compiled here.
 * Compiled, they read their version from the package.json beside them.
 */
async function compileSdks(root, node, env, step) {
  for (const name of sdks(root)) {
    const directory = path.join(root, "sdks", name);
    const bin = path.join(directory, "bin");
    await compileWhenStale(
      [directory],
      path.join(bin, ".compiled"),
      `Compiling the ${name} SDK`,
      step,
      async () => {
        await runQuietly(node, [typescript(root), "-p", "."], { cwd: directory, env });
        fs.copyFileSync(path.join(directory, "package.json"), path.join(bin, "package.json"));
      },
    );
  }
}

async function compilePackages(root, node, env, step) {
  const stamp = path.join(root, "node_modules", ".hybrid-ai-fabric-compiled");
  const title = "Compiling components, policy packs and stand-ins";
  await compileWhenStale(
    packages.map((name) => path.join(root, name)),
    stamp,
    title,
    step,
    () => runQuietly(node, [typescript(root), "-b", "tsconfig.build.json"], { cwd: root, env }),
  );
}

async function compileWhenStale(directories, stamp, title, step, compile) {
  const newest = Math.max(...directories.map(newestSource));
  if (fs.existsSync(stamp) && fs.statSync(stamp).mtimeMs >= newest) return;
  await step(title, compile);
  fs.writeFileSync(stamp, "");
}

function newestSource(directory) {
  let newest = 0;
  for (const file of sourcesBelow(directory)) newest = Math.max(newest, fs.statSync(file).mtimeMs);
  return newest;
}

function* sourcesBelow(directory) {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    if (["node_modules", "bin", "dist"].includes(entry.name)) continue;
    const full = path.join(directory, entry.name);
    if (entry.isDirectory()) yield* sourcesBelow(full);
    else if (/\.(ts|json)$/.test(entry.name)) yield full;
  }
}

function sdks(root) {
  return fs
    .readdirSync(path.join(root, "sdks"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function typescript(root) {
  return path.join(root, "node_modules", "typescript", "bin", "tsc");
}

module.exports = { compilePackages, compileSdks };
