const { spawn } = require("node:child_process");
const os = require("node:os");
const path = require("node:path");

/** Something that a person can mend: told in one message, without a stack trace. */
class SetupError extends Error {}

/** Where Node, the engine and its plugins are kept between runs, outside the repository. */
function cacheDirectory(env = process.env, platform = process.platform, home = os.homedir()) {
  if (env.HYBRID_AI_FABRIC_CACHE) return path.resolve(env.HYBRID_AI_FABRIC_CACHE);
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, "hybrid-ai-fabric");
  if (platform === "darwin") return path.join(home, "Library", "Caches", "hybrid-ai-fabric");
  if (platform === "win32")
    return path.join(env.LOCALAPPDATA ?? path.join(home, "AppData", "Local"), "hybrid-ai-fabric");
  return path.join(home, ".cache", "hybrid-ai-fabric");
}

/** Runs a step and tells on stderr what it is and how long it took; plain lines where there is no terminal. */
function progress(stream = process.stderr) {
  return async (title, work) => {
    const started = Date.now();
    const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    let timer;
    if (stream.isTTY) {
      timer = setInterval(() => stream.write(`\r${title} ... ${seconds()}`), 200);
      timer.unref();
    } else stream.write(`${title} ...\n`);
    try {
      const result = await work();
      stream.write(`${stream.isTTY ? "\r" : ""}${title}: done in ${seconds()}\n`);
      return result;
    } catch (error) {
      stream.write(`${stream.isTTY ? "\r" : ""}${title}: failed after ${seconds()}\n`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  };
}

/** Runs a command to its end; its output is shown only when it fails. */
function runQuietly(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const output = [];
    child.stdout.on("data", (data) => output.push(data));
    child.stderr.on("data", (data) => output.push(data));
    child.on("error", (error) => reject(new SetupError(`${command} could not be started: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) return resolve();
      reject(
        new SetupError(
          `${[path.basename(command), ...args].join(" ")} ended with ${code}:\n${Buffer.concat(output)}`,
        ),
      );
    });
  });
}

module.exports = { cacheDirectory, progress, runQuietly, SetupError };
