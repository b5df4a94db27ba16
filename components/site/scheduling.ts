import { gpuHost } from "@hybrid-ai-fabric/locality";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelAnnotations, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { sealed } from "../sealed";
import type { FabricHosts } from "./fabric-args";
import { placeOf } from "./fabric-base";
import { createObject } from "./objects/custom-object";
import { ncclTests } from "./objects/nccl-tests";
import { clusterQueue, HOST_LABEL, localQueue, resourceFlavor, topology } from "./objects/queues";
import { versions } from "./versions";

/** Queues for the GPUs of a pool, and a proof of their bandwidth. */
export interface SchedulingArgs {
  /** The hosts that it serves. */
  hosts: FabricHosts;
  /** Who shares it, each apart from the others. */
  tenants: SchedulingTenant[];
  /** Node labels from the widest to the narrowest; the host itself is added. Default: the rack. */
  topologyLevels?: string[];
  /** Resources of the fabric that a pod takes one of each; a pool of plain Ethernet has none. */
  rdmaResources?: string[];
  /** Per tenant: value of the annotation k8s.v1.cni.cncf.io/networks. Decided before creation. */
  networks?: { [tenant: string]: string };
  /** Variables of NCCL. */
  ncclEnvironment?: { [variable: string]: string };
  /** GB/s that the proof must at least show. */
  expectedBusBandwidthGBps?: number;
  /** Private SSH key of the proof: its launcher reaches its workers with it. Default: no proof is made. */
  proofSshKey?: pulumi.Input<string>;
  /** False when Kueue and JobSet are in the cluster already. Default: true. */
  installOperators?: boolean;
  /** Data that the jobs process. */
  labels?: DatasetLabels;
}

/** What a tenant may use at once. */
export interface SchedulingTenant {
  /** Name of the tenant. */
  name: string;
  /** Namespace that its jobs run in. */
  namespace: string;
  /** GPUs that are its own; more are lent while nobody else asks. */
  gpus: number;
}

const RACK_LABEL = "hybrid-ai/rack";

export class Scheduling extends pulumi.ComponentResource {
  /** Queue of each tenant, in its namespace. */
  public readonly queues: pulumi.Output<{ [tenant: string]: string }>;
  /** The command that starts the proof; empty without one. */
  public readonly proofCommand: pulumi.Output<string>;
  /** GB/s that the proof must at least show in the column busbw. */
  public readonly expectedBusBandwidthGBps: pulumi.Output<number>;

  constructor(name: string, args: SchedulingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:Scheduling", name, sealed(args, "proofSshKey"), opts);
    refuse(`Scheduling ${name}`, validate(args));
    const parent = this;
    const { hosts, tenants } = args;
    const annotations = args.labels ? labelAnnotations(args.labels) : {};
    const levels = args.topologyLevels ?? [RACK_LABEL];

    const operators = (args.installOperators ?? true) ? [install("kueue"), install("jobset")] : [];
    const made = { parent, dependsOn: operators };
    createObject(`${name}-topology`, topology(name, levels), made);
    const flavor = createObject(`${name}-flavor`, resourceFlavor(name, hosts.nodeSelector, name), made);
    const queued = tenants.map(queue);
    const proof = proveBandwidth();

    const queues = Object.fromEntries(tenants.map((tenant) => [tenant.name, tenant.name]));
    this.queues = pulumi.output(queues);
    this.proofCommand = pulumi.output(proof);
    this.expectedBusBandwidthGBps = pulumi.output(args.expectedBusBandwidthGBps ?? 0);
    this.registerOutputs({
      ...placeOf(hosts),
      queues,
      proofCommand: proof,
      expectedBusBandwidthGBps: args.expectedBusBandwidthGBps ?? 0,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function install(chart: "kueue" | "jobset"): kubernetes.helm.v3.Release {
      return new kubernetes.helm.v3.Release(
        `${name}-${chart}`,
        {
          name: chart,
          chart: `oci://registry.k8s.io/${chart}/charts/${chart}`,
          version: chart === "kueue" ? versions.kueue : versions.jobSet,
          namespace: `${chart}-system`,
          createNamespace: true,
        },
        { parent },
      );
    }

    function queue(tenant: SchedulingTenant): pulumi.Resource {
      const quotas = quotasOf(tenant, args);
      const shared = createObject(
        `${name}-${tenant.name}`,
        clusterQueue(`${name}-${tenant.name}`, name, tenant.namespace, name, quotas),
        { parent, dependsOn: [flavor] },
      );
      const own = localQueue(tenant.name, tenant.namespace, `${name}-${tenant.name}`, false);
      createObject(`${name}-${tenant.name}-queue`, own, { parent, dependsOn: [shared] });
      return shared;
    }

    /** The proof waits in a queue of its own that is held: nothing runs until somebody lets it go. */
    function proveBandwidth(): string {
      const [tenant] = tenants;
      if (!tenant || args.proofSshKey === undefined) return "";
      const { namespace } = tenant;
      const job = "nccl-tests";
      const secret = new kubernetes.core.v1.Secret(
        `${name}-proof`,
        {
          metadata: { name: `${job}-ssh`, namespace, annotations },
          type: "Opaque",
          stringData: { id: args.proofSshKey },
        },
        { parent },
      );
      const held = localQueue(job, namespace, `${name}-${tenant.name}`, true);
      const queue = createObject(`${name}-proof-queue`, held, { parent, dependsOn: queued });
      const rack = (gpuHost(hosts.gpuModel)?.hostsPerNvlinkDomain ?? 1) > 1;
      const proof = ncclTests({
        ...hosts,
        name: job,
        namespace,
        queue: job,
        rdmaResources: args.rdmaResources ?? [],
        networks: args.networks?.[tenant.name] ?? "",
        topologyLabel: levels.at(-1) ?? HOST_LABEL,
        environment: args.ncclEnvironment ?? {},
        sshSecret: `${job}-ssh`,
        ...(rack && hosts.hosts > 1 ? { computeDomain: `${tenant.name}-nvlink` } : {}),
        annotations,
      });
      createObject(`${name}-proof`, proof, { parent, dependsOn: [queue, secret] });
      return `kubectl -n ${namespace} patch localqueue ${job} --type merge -p '{"spec":{"stopPolicy":"None"}}'`;
    }
  }
}

/** GPUs of a tenant, and for each resource of the fabric as many as the pods on its hosts can take. */
function quotasOf(
  { gpus }: SchedulingTenant,
  { hosts, rdmaResources }: SchedulingArgs,
): { [name: string]: number } {
  const pods = Math.ceil(gpus / hosts.gpusPerHost);
  return {
    "nvidia.com/gpu": gpus,
    ...Object.fromEntries((rdmaResources ?? []).map((resource) => [resource, pods])),
  };
}

function validate({ hosts, tenants }: SchedulingArgs): ArgumentProblem[] {
  const there = hosts.hosts * hosts.gpusPerHost;
  const asked = tenants.reduce((sum, { gpus }) => sum + gpus, 0);
  return [
    ...(tenants.length > 0 ? [] : [{ propertyPath: "tenants", reason: "is empty: nobody could queue" }]),
    ...tenants.flatMap(({ name, gpus }, index) =>
      Number.isInteger(gpus) && gpus >= 0
        ? []
        : [{ propertyPath: `tenants[${index}].gpus`, reason: `${gpus} of ${name} must be 0 or more` }],
    ),
    ...(asked <= there
      ? []
      : [{ propertyPath: "tenants", reason: `${asked} GPUs are promised, but there are ${there}` }]),
  ];
}
