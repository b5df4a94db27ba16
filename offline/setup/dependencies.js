const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { runQuietly } = require("./progress");

/** Installs what package-lock.json says, when that changed since the last time. No install script is run. */
async function installDependencies(root, env, step) {
  const stamp = path.join(root, "node_modules", ".hybrid-ai-fabric-lock");
  const wanted = createHash("sha256")
    .update(fs.readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) return;
  await step("Installing dependencies", () =>
    runQuietly("npm", ["ci", "--ignore-scripts"], { cwd: root, env }),
  );
  fs.writeFileSync(stamp, wanted);
}

module.exports = { installDependencies };
