import { type Graph, isUnknown, type Value, type View } from "@hybrid-ai-fabric/graph";
import { embeddedJson } from "./embedded-json";
import { fieldOf, listOf, type Manifest, ofKind, textOf } from "./manifests";

/** What a cluster of the plan offers to pods. */
export interface Offers {
  /** Names without prefix of resources from SR-IOV policies, whose prefix the operator's values decide. */
  sriov: Map<string, Manifest>;
  /** Full names from device plugins. */
  resources: Set<string>;
  /** Networks as namespace/name. */
  networks: Map<string, Network>;
  /** Something that offers resources is not known, so that a missing one may be among it. */
  unknownResources: boolean;
  unknownNetworks: boolean;
}

export interface Network {
  manifest: Manifest;
  namespace: string;
  /** Value of `config` as read, for attachments that are written out. */
  config: Value | undefined;
}

const cache = new WeakMap<Graph, Map<string, Offers>>();

/** Offers per cluster, read once for all rules. */
export function offersOf(view: View, cluster: string): Offers {
  let offers = cache.get(view.graph);
  if (!offers) {
    offers = collect(view);
    cache.set(view.graph, offers);
  }
  return offers.get(cluster) ?? nothing();
}

const nothing = (): Offers => ({
  sriov: new Map(),
  resources: new Set(),
  networks: new Map(),
  unknownResources: false,
  unknownNetworks: false,
});

function collect(view: View): Map<string, Offers> {
  const clusters = new Map<string, Offers>();
  const at = (cluster: string): Offers => {
    const known = clusters.get(cluster) ?? nothing();
    clusters.set(cluster, known);
    return known;
  };
  for (const manifest of ofKind(view, "SriovNetworkNodePolicy")) {
    const name = fieldOf(manifest.properties, "spec", "resourceName");
    if (isUnknown(name)) at(manifest.cluster).unknownResources = true;
    else if (textOf(name)) at(manifest.cluster).sriov.set(textOf(name) ?? "", manifest);
  }
  for (const { manifest, property, value, state } of embeddedJson(view)) {
    if (!property.endsWith("DevicePlugin.config")) continue;
    const offers = at(manifest.cluster);
    if (state !== "read") offers.unknownResources = true;
    for (const name of pluginResources(value, property)) offers.resources.add(name);
  }
  collectNetworks(view, at);
  return clusters;
}

function pluginResources(config: Value | undefined, property: string): string[] {
  const shared = property.includes("rdmaShared");
  return listOf(fieldOf(config, shared ? "configList" : "resourceList")).flatMap((entry) => {
    const name = textOf(fieldOf(entry, "resourceName"));
    const prefix = textOf(fieldOf(entry, "resourcePrefix")) ?? (shared ? "rdma" : "nvidia.com");
    return name === undefined ? [] : [`${prefix}/${name}`];
  });
}

const operatorNetworks = [
  "SriovIBNetwork",
  "SriovNetwork",
  "IPoIBNetwork",
  "HostDeviceNetwork",
  "MacvlanNetwork",
];

function collectNetworks(view: View, at: (cluster: string) => Offers): void {
  for (const manifest of ofKind(view, ...operatorNetworks)) {
    const target = fieldOf(manifest.properties, "spec", "networkNamespace");
    const namespace = textOf(target) ?? manifest.namespace ?? "default";
    addNetwork(at(manifest.cluster), manifest, namespace, isUnknown(target), undefined);
  }
  for (const { manifest, value } of embeddedJson(view, "spec.config")) {
    addNetwork(at(manifest.cluster), manifest, manifest.namespace ?? "default", false, value);
  }
}

function addNetwork(
  offers: Offers,
  manifest: Manifest,
  namespace: string,
  unknown: boolean,
  config: Value | undefined,
): void {
  if (unknown || isUnknown(fieldOf(manifest.properties, "metadata", "name"))) offers.unknownNetworks = true;
  if (manifest.name !== undefined)
    offers.networks.set(`${namespace}/${manifest.name}`, { manifest, namespace, config });
}

/** The plugin of a network configuration that has a type: the configuration itself, or one of its list. */
export function pluginOf(config: Value | undefined, type: string): Value | undefined {
  const plugins = [...(config === undefined ? [] : [config]), ...listOf(fieldOf(config, "plugins"))];
  return plugins.find((plugin) => fieldOf(plugin, "type") === type);
}
