// What the tarball carries beside the components: the SDKs that Pulumi generated, which no registry has, and the facts
// of `locality`. npm bundles only what lies in a package's own node_modules, so they are laid there before `npm pack`
// and taken away after it: left there, they would stand in front of the workspace's.

const fs = require("node:fs");
const path = require("node:path");

const library = path.resolve(__dirname, "..");
const bundled = {
  "@pulumi/equinix": path.join(library, "..", "sdks", "equinix"),
  "@pulumi/megaport": path.join(library, "..", "sdks", "megaport"),
  "@pulumi/pinecone": path.join(library, "..", "sdks", "pinecone"),
  "@hybrid-ai-fabric/locality": path.join(library, "locality"),
};
const modules = path.join(library, "node_modules");
const license = path.join(library, "LICENSE");

function lay() {
  for (const [name, source] of Object.entries(bundled)) {
    const output = ["bin", "dist"].find((folder) => fs.existsSync(path.join(source, folder)));
    if (output === undefined) throw new Error(`${name} is not compiled: run "npm start" or "npm test" once`);
    const target = path.join(modules, name);
    fs.rmSync(target, { recursive: true, force: true });
    fs.cpSync(path.join(source, output), path.join(target, output), {
      recursive: true,
      filter: (file) => !/\.(tsbuildinfo|compiled)$/.test(file),
    });
    const manifest = JSON.parse(fs.readFileSync(path.join(source, "package.json"), "utf8"));
    fs.writeFileSync(path.join(target, "package.json"), JSON.stringify(asBundled(manifest), null, 2));
  }
  fs.copyFileSync(path.join(library, "..", "LICENSE"), license);
}

/** Compiled already, it needs no compiler and no script; the SDK of Pulumi is the consumer's. */
function asBundled({ scripts: _, dependencies, ...manifest }) {
  const pulumi = dependencies?.["@pulumi/pulumi"];
  return { ...manifest, ...(pulumi ? { peerDependencies: { "@pulumi/pulumi": pulumi } } : {}) };
}

function clear() {
  fs.rmSync(license, { force: true });
  for (const name of Object.keys(bundled))
    fs.rmSync(path.join(modules, name), { recursive: true, force: true });
  for (const scope of new Set(Object.keys(bundled).map((name) => name.split("/", 1)[0] ?? name))) {
    const folder = path.join(modules, scope);
    if (fs.existsSync(folder) && fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
  }
}

const actions = { lay, clear };
const action = actions[process.argv[2]];
if (action === undefined) throw new Error(`one of ${Object.keys(actions).join(", ")}`);
action();
