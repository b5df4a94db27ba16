import { join } from "node:path";
import { spelledInFolder, textOf } from "./sdk-file";
import type { Shape } from "./shape";

/**
 * The shape of a Kubernetes type. Groups of Kubernetes itself and Helm releases have a class of their own in the SDK
 * and are checked by its names; anything else is a custom object, whose schema only the cluster knows: it may hold
 * any property, but must say what it is.
 */
export function kubernetesShape(sdkDirectory: string, type: string): Shape | undefined {
  const [, groupVersion = "", token = ""] = type.split(":");
  const kind = token.replace(/Patch$/, "");
  const [group = "", version = ""] = groupVersion.split("/");
  const folder = builtInFolder(sdkDirectory, group);
  if (folder === undefined) {
    return {
      inputs: new Set(),
      open: true,
      computed: [],
      required: [],
      constants: { apiVersion: groupVersion, kind },
    };
  }
  const file = spelledInFolder(join(folder, version, `${token}.js`));
  if (file === undefined) return undefined;
  const shape = parseKubernetesShape(textOf(file));
  if (group === "helm.sh") return shape;
  return { ...shape, constants: { apiVersion: groupVersion.replace(/^core\//, ""), kind } };
}

/** A folder only for groups of Kubernetes itself: `resource.k8s.io` has one, `resource.nvidia.com` is custom. */
function builtInFolder(sdkDirectory: string, group: string): string | undefined {
  const own = !group.includes(".") || group.endsWith(".k8s.io") || group === "helm.sh";
  return own ? spelledInFolder(join(sdkDirectory, group.split(".", 1)[0] ?? group)) : undefined;
}

/** These classes assign their properties twice, the second time for a resource that is only read. */
export function parseKubernetesShape(source: string): Shape {
  const start = source.lastIndexOf("if (!opts.id) {");
  const body = source.slice(start, source.indexOf("else {", start));
  const names = (pattern: RegExp) => [...body.matchAll(pattern)].map((match) => match[1] ?? "");
  return {
    inputs: new Set(names(/resourceInputs\["([^"]+)"\] = (?!undefined \/\*out\*\/)/g)),
    computed: names(/resourceInputs\["([^"]+)"\] = undefined \/\*out\*\//g),
    required: names(/Missing required property '([^']+)'/g),
  };
}
