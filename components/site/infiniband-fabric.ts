import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { sealed } from "../sealed";
import type {
  FabricAttachments,
  FabricHosts,
  FabricOperators,
  FabricRails,
  FabricStorage,
  FabricTenant,
} from "./fabric-args";
import { attachmentsOf, createRails, joinNvlink, namespacesOf, placeOf, prepareFabric } from "./fabric-base";
import { createObject } from "./objects/custom-object";
import { nicClusterPolicy } from "./objects/nic-cluster-policy";
import { addressPool, ipoibNetwork, OPERATOR_NAMESPACE } from "./objects/rail-objects";
import { partitionedAttachment } from "./objects/tenant-networks";
import { ADAPTER_LABEL } from "./operators";
import { openSmPartitions } from "./plans/opensm-partitions";
import { planPKeys } from "./plans/pkeys";
import type { Rail } from "./plans/rails";
import { validateInfiniBand } from "./validate-fabric";

/** InfiniBand for the GPUs of a pool, with a partition per tenant. */
export interface InfiniBandFabricArgs {
  /** The hosts that it serves. */
  hosts: FabricHosts;
  /** How the hosts are cabled: rails and their speed. */
  rails: FabricRails;
  /** Who shares it, each apart from the others. */
  tenants: FabricTenant[];
  /** What assigns addresses, routes and partitions: exactly one. */
  subnetManager: InfiniBandFabricSubnetManager;
  /** Keys of former tenants, which nobody gets again. Default: none. */
  retiredPkeys?: string[];
  /** Default: no storage over InfiniBand. */
  storage?: FabricStorage;
  /** Versions of the operators that run it. Default: those that were tested together. */
  operators?: FabricOperators;
  /** Data that the fabric carries. */
  labels?: DatasetLabels;
}

/** Who brings ports up and keeps partitions apart. Exactly one. */
export interface InfiniBandFabricSubnetManager {
  /** UFM: pods are put into their partition one by one. */
  ufm?: InfiniBandFabricUfm;
  /** OpenSM: partitions are a file, which the output partitionsConf holds. */
  openSm?: InfiniBandFabricOpenSm;
}

/** Access of ib-kubernetes to UFM. */
export interface InfiniBandFabricUfm {
  /** Host name or address. */
  address: string;
  /** User of UFM, a secret. */
  username: pulumi.Input<string>;
  /** Password of that user, a secret. */
  password: pulumi.Input<string>;
  /** First GUID that this cluster gives out, such as 02:00:00:00:00:00:00:00. Clusters on one UFM must not overlap. */
  guidPoolStart: string;
  /** Last GUID that virtual functions may get. */
  guidPoolEnd: string;
}

/** OpenSM on a host of the site. */
export interface InfiniBandFabricOpenSm {
  /** Where it runs: for people. */
  host: string;
}

export class InfiniBandFabric extends pulumi.ComponentResource {
  public readonly rdmaResources: pulumi.Output<string[]>;
  public readonly networks: pulumi.Output<{ [tenant: string]: string }>;
  public readonly namespaces: pulumi.Output<{ [tenant: string]: string }>;
  public readonly ncclEnvironment: pulumi.Output<{ [variable: string]: string }>;
  /** GB/s that nccl-tests must at least show over all hosts. */
  public readonly expectedBusBandwidthGBps: pulumi.Output<number>;
  /** Partition key of each tenant. */
  public readonly pkeys: pulumi.Output<{ [tenant: string]: string }>;
  /** Text of partitions.conf, for OpenSM. */
  public readonly partitionsConf: pulumi.Output<string>;

  constructor(name: string, args: InfiniBandFabricArgs, opts?: pulumi.ComponentResourceOptions) {
    super(
      "hybrid-ai-fabric:index:InfiniBandFabric",
      name,
      sealed(args, "subnetManager.ufm.username", "subnetManager.ufm.password"),
      opts,
    );
    refuse(`InfiniBandFabric ${name}`, validateInfiniBand(args));
    const parent = this;
    const { ufm } = args.subnetManager;
    const { pkeys } = planPKeys(args.tenants, args.retiredPkeys);

    const { request, operators, namespaces } = prepareFabric(name, args, parent);
    const policy = configureAdapters();
    const rails = createRails(name, request, { linkType: "ib" }, { parent, dependsOn: [policy] });
    for (const tenant of args.tenants) partition(tenant, rails);
    if (args.storage) attachStorage(args.storage);
    joinNvlink(name, request, parent, [...operators, ...namespaces]);

    const attachments = infiniBandAttachments(args);
    this.rdmaResources = pulumi.output(attachments.rdmaResources);
    this.networks = pulumi.output(attachments.networks);
    this.namespaces = pulumi.output(attachments.namespaces);
    this.ncclEnvironment = pulumi.output(attachments.ncclEnvironment);
    this.expectedBusBandwidthGBps = pulumi.output(attachments.expectedBusBandwidthGBps);
    this.pkeys = pulumi.output(pkeys);
    this.partitionsConf = pulumi.output(renderPartitions());
    this.registerOutputs({
      ...attachments,
      pkeys,
      partitionsConf: this.partitionsConf,
      ...placeOf(args.hosts),
      fabricKind: "infiniband",
      gpuModel: args.hosts.gpuModel,
      gpusPerHost: args.hosts.gpusPerHost,
      subnetManager: ufm ? "ufm" : "openSm",
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function configureAdapters(): pulumi.Resource {
      const access = ufm && {
        secretName: `${name}-ufm`,
        guidPoolStart: ufm.guidPoolStart,
        guidPoolEnd: ufm.guidPoolEnd,
      };
      // The secret first: ib-kubernetes does not start without it, and the policy is never ready.
      const secret = ufm ? [keepUfmAccess(ufm)] : [];
      const adapters = nicClusterPolicy(args.storage?.port, access, ufm ? "ufm" : "opensm");
      return createObject(`${name}-adapters`, adapters, {
        parent,
        dependsOn: [...operators, ...secret],
      });
    }

    function keepUfmAccess({ address, username, password }: InfiniBandFabricUfm): kubernetes.core.v1.Secret {
      return new kubernetes.core.v1.Secret(
        `${name}-ufm`,
        {
          metadata: {
            name: `${name}-ufm`,
            namespace: OPERATOR_NAMESPACE,
            annotations: request.annotations,
          },
          type: "Opaque",
          stringData: {
            UFM_USERNAME: username,
            UFM_PASSWORD: password,
            UFM_ADDRESS: address,
            UFM_HTTP_SCHEMA: "https",
            UFM_PORT: "443",
          },
        },
        { parent, dependsOn: operators },
      );
    }

    function partition(tenant: FabricTenant, planned: readonly Rail[]): void {
      const member = {
        name: tenant.name,
        namespace: tenant.namespace ?? tenant.name,
        pkey: pkeys[tenant.name] ?? "",
      };
      for (const rail of planned) {
        const attachment = partitionedAttachment(member, rail, ufm !== undefined);
        createObject(`${name}-${attachment.metadata.name}`, attachment, {
          parent,
          dependsOn: [policy, ...namespaces],
        });
      }
    }

    function attachStorage({ port, cidr }: FabricStorage): void {
      const made = { parent, dependsOn: [policy, ...namespaces] };
      const nodes = { ...ADAPTER_LABEL, ...args.hosts.nodeSelector };
      createObject(`${name}-storage-addresses`, addressPool("storage", cidr, 16, nodes), made);
      for (const [tenant, namespace] of Object.entries(namespacesOf(args.tenants))) {
        const network = ipoibNetwork(`${tenant}-storage`, port, namespace, "storage");
        createObject(`${name}-${tenant}-storage`, network, made);
      }
    }

    function renderPartitions(): string {
      if (ufm) return "";
      return openSmPartitions(
        args.tenants.map(({ name, portGuids }) => ({
          name,
          pkey: pkeys[name] ?? "",
          portGuids: portGuids ?? [],
        })),
      );
    }
  }
}

/** What pods need to use the fabric, decided before it exists: also for other components and stacks. */
export function infiniBandAttachments(args: InfiniBandFabricArgs): FabricAttachments {
  return attachmentsOf(args, {});
}
