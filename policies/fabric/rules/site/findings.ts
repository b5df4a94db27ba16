import type { Finding } from "@hybrid-ai-fabric/graph";
import type { Manifest } from "./manifests";

/** How an object is called in a message. */
export function called({ kind, name, resource }: Manifest): string {
  return `${kind} ${name ?? resource.name}`;
}

/** The object is wrong. */
export function broken(manifest: Manifest, property: string, message: string, level?: "advisory"): Finding {
  return finding("broken", manifest, property, message, level);
}

/** The answer is not in the plan. */
export function inDoubt(manifest: Manifest, property: string, message: string, level?: "advisory"): Finding {
  return finding("cannotBeShown", manifest, property, message, level);
}

/** A property that decides is only known after creation. */
export function notKnown(manifest: Manifest, property: string): Finding {
  return inDoubt(manifest, property, "is not known before creation, so nothing shows whether it is right.");
}

function finding(
  verdict: Finding["verdict"],
  manifest: Manifest,
  property: string,
  message: string,
  level?: "advisory",
): Finding {
  const { urn } = manifest.resource;
  return {
    verdict,
    urn,
    message: `${called(manifest)}, ${property}: ${message}`,
    path: [{ urn, property }],
    ...(level ? { level } : {}),
  };
}
