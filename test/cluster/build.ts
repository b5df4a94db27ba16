import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWithGo, go } from "../../offline/engine/go";

/** The newest Kubernetes whose Go module the product was tried with. */
export const KUBERNETES_VERSION = "1.36.2";

const KUBERNETES = "k8s.io/kubernetes";
const API_SERVER = `${KUBERNETES}/cmd/kube-apiserver`;
/** etcd is built as well, of the release that this Kubernetes is tested with: no package of a system is needed. */
const ETCD = "go.etcd.io/etcd/server/v3";

const build = {
  title: "The control plane",
  withoutGo: "There is no Go to build kube-apiserver and etcd with. Install Go 1.26 or newer.",
};

/** The two programs of a control plane. */
export interface ControlPlanePrograms {
  apiServer: string;
  etcd: string;
}

/**
 * A module that requires Kubernetes. Its go.mod replaces every staging module by a folder that the published module
 * lacks: here each is replaced by its release of the same number.
 */
export function controlPlaneModule(version: string, kubernetesMod: string): { [file: string]: string } {
  const staging = [...kubernetesMod.matchAll(/^\s*(\S+) => \.\/staging\//gm)].map((match) => match[1] ?? "");
  const language = /^go (\S+)$/m.exec(kubernetesMod)?.[1] ?? "1.26.0";
  const replaced = staging.map((module) => `\t${module} => ${module} v0.${version.replace(/^1\./, "")}\n`);
  return {
    "go.mod": `module controlplane\n\ngo ${language}\n\nrequire ${KUBERNETES} v${version}\n\nreplace (\n${replaced.join("")})\n`,
    "tools.go": `//go:build tools\n\npackage tools\n\nimport (\n\t_ "${ETCD}"\n\t_ "${API_SERVER}"\n)\n`,
  };
}

/** The API server of Kubernetes and etcd from their Go modules, built once per version and kept outside the repository. */
export async function controlPlanePrograms(cache: string): Promise<ControlPlanePrograms> {
  const kept = join(cache, `kube-apiserver-${KUBERNETES_VERSION}`, "bin");
  const programs = { apiServer: join(kept, "kube-apiserver"), etcd: join(kept, "etcd") };
  const version = `-X k8s.io/component-base/version.gitVersion=v${KUBERNETES_VERSION}`;
  await buildOnce(programs.etcd, ETCD, "-s -w");
  await buildOnce(programs.apiServer, API_SERVER, `-s -w ${version}`);
  return programs;
}

async function buildOnce(destination: string, program: string, linkerFlags: string): Promise<void> {
  if (existsSync(destination)) return;
  process.stdout.write(`building ${destination} (once, minutes) ...\n`);
  const answer = await go(
    ["mod", "download", "-json", `${KUBERNETES}@v${KUBERNETES_VERSION}`],
    tmpdir(),
    build,
  );
  const { GoMod } = JSON.parse(answer) as { GoMod: string };
  await buildWithGo(
    {
      ...build,
      files: controlPlaneModule(KUBERNETES_VERSION, readFileSync(GoMod, "utf8")),
      arguments: (output) => ["build", "-ldflags", linkerFlags, "-o", output, program],
    },
    destination,
  );
}
