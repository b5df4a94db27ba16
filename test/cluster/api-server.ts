import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWithGo, go } from "../../offline/engine/go";

/** The newest Kubernetes whose Go module the product was tried with. */
export const KUBERNETES_VERSION = "1.36.2";

const MODULE = "k8s.io/kubernetes";
const build = {
  title: "kube-apiserver",
  withoutGo: "There is no Go to build kube-apiserver with. Install Go 1.26 or newer.",
};

/**
 * A module that requires Kubernetes. Its go.mod replaces every staging module by a folder that the published module
 * lacks: here each is replaced by its release of the same number.
 */
export function apiServerModule(version: string, kubernetesMod: string): { [file: string]: string } {
  const staging = [...kubernetesMod.matchAll(/^\s*(\S+) => \.\/staging\//gm)].map((match) => match[1] ?? "");
  const language = /^go (\S+)$/m.exec(kubernetesMod)?.[1] ?? "1.26.0";
  const replaced = staging.map((module) => `\t${module} => ${module} v0.${version.replace(/^1\./, "")}\n`);
  return {
    "go.mod": `module apiserver\n\ngo ${language}\n\nrequire ${MODULE} v${version}\n\nreplace (\n${replaced.join("")})\n`,
    "tools.go": `//go:build tools\n\npackage tools\n\nimport _ "${MODULE}/cmd/kube-apiserver"\n`,
  };
}

/** The API server of Kubernetes from its Go module, built once per version and kept outside the repository. */
export async function apiServer(cache: string): Promise<string> {
  const kept = join(cache, `kube-apiserver-${KUBERNETES_VERSION}`, "bin", "kube-apiserver");
  if (existsSync(kept)) return kept;
  process.stdout.write(`building kube-apiserver ${KUBERNETES_VERSION} (once, minutes) ...\n`);
  const answer = await go(["mod", "download", "-json", `${MODULE}@v${KUBERNETES_VERSION}`], tmpdir(), build);
  const { GoMod } = JSON.parse(answer) as { GoMod: string };
  const flags = "-s -w -X k8s.io/component-base/version.gitVersion=v";
  return buildWithGo(
    {
      ...build,
      files: apiServerModule(KUBERNETES_VERSION, readFileSync(GoMod, "utf8")),
      arguments: (output) => [
        ...["build", "-ldflags", `${flags}${KUBERNETES_VERSION}`],
        ...["-o", output, `${MODULE}/cmd/kube-apiserver`],
      ],
    },
    kept,
  );
}
