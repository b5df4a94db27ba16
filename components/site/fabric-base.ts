import { gpuHost } from "@hybrid-ai-fabric/locality";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelAnnotations } from "../labels";
import type {
  FabricAttachments,
  FabricHosts,
  FabricOperators,
  FabricRails,
  FabricTenant,
} from "./fabric-args";
import { createObject } from "./objects/custom-object";
import { addressPool, exclusiveRdma, railPolicy } from "./objects/rail-objects";
import { ADAPTER_LABEL, createNvlinkDomains, installGpuOperator, installNetworkOperator } from "./operators";
import { expectedBusBandwidth } from "./plans/bus-bandwidth";
import { planRails, type Rail, railRatioDoubt } from "./plans/rails";

/** What InfiniBand and RoCE have in common. */
export interface FabricRequest {
  hosts: FabricHosts;
  rails: FabricRails;
  tenants: FabricTenant[];
  operators?: FabricOperators;
  annotations: { [annotation: string]: string };
}

/** What both kinds of fabric begin with: the operators that are not there, and a namespace per tenant. */
export function prepareFabric(
  name: string,
  args: Omit<FabricRequest, "annotations"> & { labels?: DatasetLabels },
  parent: pulumi.Resource,
): { request: FabricRequest; operators: pulumi.Resource[]; namespaces: pulumi.Resource[] } {
  const request = { ...args, annotations: args.labels ? labelAnnotations(args.labels) : {} };
  warnOfRatio(request, parent);
  const operators = installOperators(name, request, parent);
  return { request, operators, namespaces: createTenantNamespaces(name, request, parent) };
}

/** Installs the operators that are not there, and returns what must exist before their objects. */
function installOperators(
  name: string,
  { hosts, operators }: FabricRequest,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const network = operators?.network ?? true;
  const gpu = operators?.gpu ?? true;
  const installed = network ? [installNetworkOperator(name, hosts.nodeSelector, { parent })] : [];
  return gpu
    ? [
        ...installed,
        installGpuOperator(name, operators?.migStrategy ?? "none", { parent, dependsOn: installed }),
      ]
    : installed;
}

/** Annotation by which rules know that locked memory is unlimited on the hosts of a namespace. */
const MEMLOCK = { "hybrid-ai/memlock": "unlimited" };

/** A namespace per tenant: its attachments are found nowhere else. */
function createTenantNamespaces(
  name: string,
  { hosts, tenants, ...request }: FabricRequest,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const annotations = { ...request.annotations, ...(hosts.memlockUnlimited ? MEMLOCK : {}) };
  return Object.entries(namespacesOf(tenants)).map(
    ([tenant, namespace]) =>
      new kubernetes.core.v1.Namespace(
        `${name}-${tenant}`,
        { metadata: { name: namespace, labels: { "hybrid-ai/tenant": tenant }, annotations } },
        { parent },
      ),
  );
}

/** Where what runs on the hosts is, in the words that rules read. */
export function placeOf({ country }: FabricHosts): { place?: string } {
  return country === undefined ? {} : { place: country };
}

export function namespacesOf(tenants: readonly FabricTenant[]): { [tenant: string]: string } {
  return Object.fromEntries(tenants.map(({ name, namespace }) => [name, namespace ?? name]));
}

/** Ports and addresses of every rail. */
export function createRails(
  name: string,
  { hosts, rails }: FabricRequest,
  link: { linkType: string; mtu?: number },
  opts: pulumi.CustomResourceOptions,
): Rail[] {
  const nodeSelector = { ...ADAPTER_LABEL, ...hosts.nodeSelector };
  const planned = railsOf({ hosts, rails });
  createObject(`${name}-rdma`, exclusiveRdma(`${name}-rdma`, nodeSelector), opts);
  for (const rail of planned) {
    createObject(`${name}-${rail.name}`, railPolicy(rail, nodeSelector, link), opts);
    const pool = addressPool(rail.name, rail.subnet, rail.addressesPerHost, nodeSelector);
    createObject(`${name}-${rail.name}-addresses`, pool, opts);
  }
  return planned;
}

function railsOf({ hosts, rails }: Pick<FabricRequest, "hosts" | "rails">): Rail[] {
  return planRails({ ...rails, vfsPerRail: rails.vfsPerRail ?? 1, hosts: hosts.hosts });
}

/** A domain per tenant, when the hosts of the pool share memory over NVLink. */
export function joinNvlink(
  name: string,
  { hosts, tenants }: FabricRequest,
  parent: pulumi.Resource,
  dependsOn: pulumi.Resource[],
): void {
  if ((gpuHost(hosts.gpuModel)?.hostsPerNvlinkDomain ?? 1) === 1) return;
  createNvlinkDomains(name, namespacesOf(tenants), { parent, dependsOn });
}

/** Says what is odd but may be meant. */
function warnOfRatio({ hosts, rails }: FabricRequest, parent: pulumi.Resource): void {
  const doubt = railRatioDoubt(hosts.gpuModel, hosts.gpusPerHost, rails.pfNames.length);
  if (doubt !== undefined) void pulumi.log.warn(doubt, parent);
}

/** What pods need to use the rails. */
export function attachmentsOf(
  { hosts, rails, tenants }: Pick<FabricRequest, "hosts" | "rails" | "tenants">,
  ncclEnvironment: { [variable: string]: string },
): FabricAttachments {
  const planned = railsOf({ hosts, rails });
  const namespaces = namespacesOf(tenants);
  const networks = Object.entries(namespaces).map(([tenant, namespace]) => [
    tenant,
    planned.map((rail) => `${namespace}/${tenant}-${rail.name}`).join(","),
  ]);
  const { GBps } = expectedBusBandwidth({ ...hosts, rails: planned.length, gbps: rails.gbps });
  return {
    rdmaResources: planned.map((rail) => `nvidia.com/${rail.name}`),
    networks: Object.fromEntries(networks),
    namespaces,
    ncclEnvironment: { NCCL_IB_HCA: "mlx5", NCCL_SOCKET_IFNAME: "eth0", ...ncclEnvironment },
    expectedBusBandwidthGBps: GBps,
  };
}
