import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { refuse } from "../problems";
import type {
  FabricAttachments,
  FabricHosts,
  FabricOperators,
  FabricRails,
  FabricTenant,
} from "./fabric-args";
import { attachmentsOf, createRails, joinNvlink, placeOf, prepareFabric } from "./fabric-base";
import { createObject } from "./objects/custom-object";
import { nicClusterPolicy } from "./objects/nic-cluster-policy";
import { vlanNetwork } from "./objects/tenant-networks";
import type { Rail } from "./plans/rails";
import { validateRoce } from "./validate-fabric";

/** RDMA over Ethernet for the GPUs of a pool, with a VLAN per tenant and rail. */
export interface RoceFabricArgs {
  /** The hosts that it serves. */
  hosts: FabricHosts;
  /** How the hosts are cabled: rails and their speed. */
  rails: FabricRails;
  /** Who shares it, each apart from the others. */
  tenants: FabricTenant[];
  /** Bytes; the switches must take as much. Default: 9000. */
  mtu?: number;
  /** Index of the RoCE v2 address in the table of a port. Default: 3. */
  gidIndex?: number;
  /** Versions of the operators that run it. Default: those that were tested together. */
  operators?: FabricOperators;
  /** Data that the fabric carries. */
  labels?: DatasetLabels;
}

export class RoceFabric extends pulumi.ComponentResource {
  public readonly rdmaResources: pulumi.Output<string[]>;
  public readonly networks: pulumi.Output<{ [tenant: string]: string }>;
  public readonly namespaces: pulumi.Output<{ [tenant: string]: string }>;
  public readonly ncclEnvironment: pulumi.Output<{ [variable: string]: string }>;
  /** GB/s that nccl-tests must at least show over all hosts. */
  public readonly expectedBusBandwidthGBps: pulumi.Output<number>;

  constructor(name: string, args: RoceFabricArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:RoceFabric", name, args, opts);
    refuse(`RoceFabric ${name}`, validateRoce(args));
    const parent = this;
    const mtu = args.mtu ?? 9000;

    const { request, operators, namespaces } = prepareFabric(name, args, parent);
    const policy = createObject(`${name}-adapters`, nicClusterPolicy(), { parent, dependsOn: operators });
    const rails = createRails(name, request, { linkType: "eth", mtu }, { parent, dependsOn: [policy] });
    for (const tenant of args.tenants) separate(tenant, rails);
    joinNvlink(name, request, parent, [...operators, ...namespaces]);

    const attachments = roceAttachments(args);
    this.rdmaResources = pulumi.output(attachments.rdmaResources);
    this.networks = pulumi.output(attachments.networks);
    this.namespaces = pulumi.output(attachments.namespaces);
    this.ncclEnvironment = pulumi.output(attachments.ncclEnvironment);
    this.expectedBusBandwidthGBps = pulumi.output(attachments.expectedBusBandwidthGBps);
    this.registerOutputs({
      ...attachments,
      ...placeOf(args.hosts),
      fabricKind: "roce",
      gpuModel: args.hosts.gpuModel,
      gpusPerHost: args.hosts.gpusPerHost,
      mtu,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function separate({ name: tenant, namespace, vlan }: FabricTenant, planned: readonly Rail[]): void {
      for (const rail of planned) {
        const network = vlanNetwork({ name: tenant, namespace: namespace ?? tenant, vlan: vlan ?? 0 }, rail);
        createObject(`${name}-${network.metadata.name}`, network, {
          parent,
          dependsOn: [policy, ...namespaces],
        });
      }
    }
  }
}

/** What pods need to use the fabric, decided before it exists: also for other components and stacks. */
export function roceAttachments(args: RoceFabricArgs): FabricAttachments {
  return attachmentsOf(args, { NCCL_IB_GID_INDEX: String(args.gidIndex ?? 3) });
}
