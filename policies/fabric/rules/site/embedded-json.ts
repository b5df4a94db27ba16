import { isUnknown, leavesAt, type Value, type View } from "@hybrid-ai-fabric/graph";
import { type Manifest, ofKind } from "./manifests";

/** A property whose text is JSON: the schema of its kind calls it a string and looks no further. */
export interface EmbeddedJson {
  manifest: Manifest;
  property: string;
  /** What the text holds; undefined when it cannot be read. */
  value: Value | undefined;
  state: "read" | "unreadable" | "unknown";
  problem: string;
}

const places: { kinds: string[]; paths: string[] }[] = [
  {
    kinds: ["SriovIBNetwork", "SriovNetwork"],
    paths: ["spec.ipam", "spec.metaPlugins", "spec.capabilities"],
  },
  { kinds: ["IPoIBNetwork", "HostDeviceNetwork", "MacvlanNetwork"], paths: ["spec.ipam"] },
  { kinds: ["NetworkAttachmentDefinition"], paths: ["spec.config"] },
  {
    kinds: ["NicClusterPolicy", "NicNodePolicy"],
    paths: ["spec.rdmaSharedDevicePlugin.config", "spec.sriovDevicePlugin.config"],
  },
];

/** All JSON inside strings, or that of one property. */
export function embeddedJson(view: View, path?: string): EmbeddedJson[] {
  return places.flatMap(({ kinds, paths }) =>
    ofKind(view, ...kinds).flatMap((manifest) =>
      paths
        .filter((candidate) => path === undefined || candidate === path)
        .flatMap((candidate) =>
          leavesAt(manifest.properties, candidate).map((leaf) => read(manifest, leaf.path, leaf.value)),
        ),
    ),
  );
}

function read(manifest: Manifest, property: string, value: Value): EmbeddedJson {
  const found = { manifest, property };
  if (isUnknown(value)) return { ...found, value: undefined, state: "unknown", problem: "" };
  if (typeof value !== "string")
    return { ...found, value, state: "unreadable", problem: "it must be a string that holds JSON" };
  // Several plugins may stand side by side, without the brackets of a list.
  const text = property.endsWith("metaPlugins") ? `[${value}]` : value;
  try {
    return { ...found, value: JSON.parse(text) as Value, state: "read", problem: "" };
  } catch (error) {
    return { ...found, value: undefined, state: "unreadable", problem: (error as Error).message };
  }
}
