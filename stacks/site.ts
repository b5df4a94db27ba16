import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  BareMetalPool,
  type FabricAttachments,
  HybridJoin,
  InfiniBandFabric,
  infiniBandAttachments,
  RoceFabric,
  roceAttachments,
  Scheduling,
} from "../components";
import type { Environment } from "./environment";
import type { GpuPool } from "./environment/gpu-pools";
import type { RegionLayer } from "./network";
import {
  hostsOf,
  infiniBandDecisions,
  joinDecisions,
  labelsOfPool,
  poolDecisions,
  roceDecisions,
} from "./site-decisions";

/** GPU hosts on site with what connects them, who queues for them and the region that they work with. */
export function createGpuPools(environment: Environment, regions: { [place: string]: RegionLayer }): void {
  const clusters = new Map<string, kubernetes.Provider>();
  for (const [name, pool] of Object.entries(environment.gpuPools)) {
    const joined = joinRegion(environment, name, pool, regions);
    const hosts = provideHosts(environment, name, pool, joined, clusters);
    const provider = clusterOf(pool.cluster.kubeconfigKey, clusters);
    const fabric = connect(environment, name, pool, provider, hosts);
    if (fabric && pool.scheduling) schedule(environment, name, pool, fabric, provider);
  }
}

interface Connected {
  fabric: pulumi.Resource;
  attachments: FabricAttachments;
}

/** A cluster by the secret that holds its kubeconfig: known before anything is created, or policies would be blind. */
function clusterOf(key: string, clusters: Map<string, kubernetes.Provider>): kubernetes.Provider {
  const known = clusters.get(key);
  if (known) return known;
  const kubeconfig = new pulumi.Config().requireSecret(key);
  const provider = new kubernetes.Provider(key, { kubeconfig, enableServerSideApply: true });
  clusters.set(key, provider);
  return provider;
}

function joinRegion(
  environment: Environment,
  name: string,
  pool: GpuPool,
  regions: { [place: string]: RegionLayer },
): HybridJoin | undefined {
  const region = pool.join && regions[pool.join.to];
  if (!pool.join || !region) return undefined;
  const { vpcId, subnetIds } = region.network;
  const decisions = joinDecisions(environment, name, pool, pool.join, { vpcId, subnetIds });
  return decisions && new HybridJoin(`${name}-join`, decisions, { provider: region.provider });
}

function provideHosts(
  environment: Environment,
  name: string,
  pool: GpuPool,
  joined: HybridJoin | undefined,
  clusters: Map<string, kubernetes.Provider>,
): BareMetalPool {
  const config = new pulumi.Config();
  const args = poolDecisions(environment, pool, "");
  const { metal3, equinixMetal } = pool;
  if (metal3 && args.metal3) {
    args.metal3.bmcUsername = config.requireSecret(metal3.bmcUsernameKey);
    args.metal3.bmcPassword = config.requireSecret(metal3.bmcPasswordKey);
    args.metal3.userData =
      metal3.userDataKey === undefined
        ? cloudInit(joined?.nodeConfig ?? pulumi.output(""))
        : config.requireSecret(metal3.userDataKey);
  }
  if (equinixMetal && args.equinixMetal)
    args.equinixMetal.userData = config.requireSecret(equinixMetal.userDataKey);
  const key = metal3?.kubeconfigKey ?? pool.cluster.kubeconfigKey;
  const provider = equinixMetal ? {} : { provider: clusterOf(key, clusters) };
  return new BareMetalPool(name, args, provider);
}

/** Writes the configuration of nodeadm and joins at the first boot. */
function cloudInit(nodeConfig: pulumi.Output<string>): pulumi.Output<string> {
  const file = "/etc/nodeadm/node-config.yaml";
  const content = nodeConfig.apply((text) => Buffer.from(text).toString("base64"));
  const named = `sed -i "s/HOSTNAME/$(hostname)/" ${file}`;
  return pulumi.interpolate`#cloud-config\nwrite_files:\n  - path: ${file}\n    permissions: "0600"\n    encoding: b64\n    content: ${content}\nruncmd:\n  - ${named}\n  - nodeadm init -c file://${file}\n`;
}

function connect(
  environment: Environment,
  name: string,
  pool: GpuPool,
  provider: kubernetes.Provider,
  hosts: BareMetalPool,
): Connected | undefined {
  const { infiniband, roce } = pool.fabric;
  const opts = { provider, dependsOn: [hosts] };
  if (infiniband) {
    const args = infiniBandDecisions(environment, name, pool, infiniband);
    const { ufm } = args.subnetManager;
    if (ufm && infiniband.ufm) {
      ufm.username = new pulumi.Config().requireSecret(infiniband.ufm.usernameKey);
      ufm.password = new pulumi.Config().requireSecret(infiniband.ufm.passwordKey);
    }
    return {
      fabric: new InfiniBandFabric(`${name}-fabric`, args, opts),
      attachments: infiniBandAttachments(args),
    };
  }
  if (!roce) return undefined;
  const args = roceDecisions(environment, name, pool, roce);
  return { fabric: new RoceFabric(`${name}-fabric`, args, opts), attachments: roceAttachments(args) };
}

function schedule(
  environment: Environment,
  name: string,
  pool: GpuPool,
  { fabric, attachments }: Connected,
  provider: kubernetes.Provider,
): void {
  const { topologyLevels, proofKey } = pool.scheduling ?? {};
  const { rdmaResources, networks, namespaces, ncclEnvironment, expectedBusBandwidthGBps } = attachments;
  new Scheduling(
    name,
    {
      hosts: hostsOf(environment, name, pool),
      tenants: Object.entries(pool.tenants).map(([tenant, { gpus }]) => ({
        name: tenant,
        namespace: namespaces[tenant] ?? tenant,
        gpus,
      })),
      rdmaResources,
      networks,
      ncclEnvironment,
      expectedBusBandwidthGBps,
      ...(topologyLevels ? { topologyLevels } : {}),
      ...(proofKey === undefined ? {} : { proofSshKey: new pulumi.Config().requireSecret(proofKey) }),
      ...labelsOfPool(environment, pool),
    },
    { provider, dependsOn: [fabric] },
  );
}
