import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { sealed } from "../sealed";
import { createEquinixMetalDevices } from "./equinix-metal-devices";
import { labelNodes } from "./existing-nodes";
import { createMetal3Hosts } from "./metal3-hosts";
import { validatePool } from "./validate-pool";

/** GPU hosts of one site, all alike: provisioned by Metal3, adopted, or what is left of Equinix Metal. */
export interface BareMetalPoolArgs {
  /** Place of the site, such as ty-cage: written on every host, so that policies know where it stands. */
  site: string;
  /** Country of the site: ISO 3166-1 alpha-2. */
  country: string;
  /** A100, H100, H200, B200, B300, GB200, GB300 or L40S. */
  gpuModel: string;
  /** GPUs in each host. */
  gpusPerHost: number;
  /** infiniband, roce or ethernet: what the hosts are cabled to. Declared, because no server can show it before it runs. */
  fabricKind: string;
  /** Servers that Metal3 provisions. Exactly one of metal3, existing and equinixMetal. */
  metal3?: BareMetalPoolMetal3;
  /** Nodes that are in the cluster already. */
  existing?: BareMetalPoolExisting;
  /** Devices of Equinix Metal, which ended on 2026-06-30. */
  equinixMetal?: BareMetalPoolEquinixMetal;
  /** Data that the hosts process. */
  labels?: DatasetLabels;
}

/** Servers that Metal3 provisions through their management controllers. */
export interface BareMetalPoolMetal3 {
  /** Machines by their management controllers. */
  hosts: BareMetalPoolHost[];
  /** What is written to their disks. */
  image: BareMetalPoolImage;
  /** User of the management controllers. */
  bmcUsername: pulumi.Input<string>;
  /** Password of the management controllers. */
  bmcPassword: pulumi.Input<string>;
  /** cloud-init of the hosts: what makes them join a cluster. */
  userData: pulumi.Input<string>;
  /** Network data in the format of cloud-init. Default: DHCP on every port. */
  networkData?: pulumi.Input<string>;
  /** Settings of the firmware by their vendor's names, such as SriovGlobalEnable. Default: none are touched. */
  firmware?: { [setting: string]: string };
  /** Default: metal3. */
  namespace?: string;
  /** metadata wipes partition tables only; disabled wipes nothing. Neither erases data. Default: metadata. */
  automatedCleaningMode?: string;
  /** Trusts a management controller without proof of who it is. Default: false. */
  disableCertificateVerification?: boolean;
  /** Seconds until a host must be provisioned. Default: 5400. */
  readyTimeoutSeconds?: number;
}

/** One server. */
export interface BareMetalPoolHost {
  /** Name of the machine, and of its object in Kubernetes. */
  name: string;
  /** Such as redfish-virtualmedia+https://192.0.2.10/redfish/v1/Systems/1; the scheme chooses the driver. */
  bmcAddress: string;
  /** MAC address that it boots from; needed by every driver that boots over the network. */
  bootMacAddress?: string;
  /** UEFI, UEFISecureBoot or legacy. Default: UEFI. */
  bootMode?: string;
  /** The disk that the image is written to. */
  rootDevice: BareMetalPoolRootDevice;
  /** Rack that it stands in, for scheduling by topology. Default: none is told. */
  rack?: string;
  /** Name of the NVLink domain (NVL72 rack) that it belongs to. */
  nvlinkDomain?: string;
}

/** Hints that choose one disk; all given must hold. */
export interface BareMetalPoolRootDevice {
  /** /dev/x or /dev/disk/by-path/x. */
  deviceName?: string;
  /** Serial number of the disk. Default: any. */
  serialNumber?: string;
  /** World Wide Name of the disk. Default: any. */
  wwn?: string;
  /** Model of the disk. Default: any. */
  model?: string;
  /** Vendor of the disk. Default: any. */
  vendor?: string;
  /** Smallest disk that is taken, in GB. Default: any. */
  minSizeGigabytes?: number;
}

/** The image of the hosts' system. */
export interface BareMetalPoolImage {
  /** Where the management network fetches the image. */
  url: string;
  /** Digest of the image, or the https URL of a file with it. */
  checksum: string;
  /** sha256, sha512 or md5. Default: sha256. */
  checksumType?: string;
  /** raw or qcow2. Default: qcow2. */
  format?: string;
}

/** Nodes that somebody else provisioned. */
export interface BareMetalPoolExisting {
  /** Labels by which the nodes are known. */
  nodeSelector: { [label: string]: string };
  /** How many there are. */
  hosts: number;
  /** Names of nodes that get those labels. Default: they carry them already. */
  nodes?: string[];
}

/** Devices of Equinix Metal: kept for what is left of it. */
export interface BareMetalPoolEquinixMetal {
  /** Must be true: the service ended on 2026-06-30. */
  acknowledgeRetired: boolean;
  /** Number of machines. */
  hosts: number;
  /** Equinix metro, such as TY. */
  metro: string;
  /** Plan of the devices, such as g2.large.x86. */
  plan: string;
  /** Operating system by the name that Equinix Metal gives it. */
  operatingSystem: string;
  /** Configuration for the first boot, a secret where it holds one. */
  userData: pulumi.Input<string>;
  /** VLANs that every device is attached to. */
  vlans: number[];
  /** Default: a project is created. */
  projectId?: pulumi.Input<string>;
}

/** What opens the machines, or what they join a cluster with: secret in state as well. */
const secretsOfPool = [
  "metal3.bmcUsername",
  "metal3.bmcPassword",
  "metal3.userData",
  "equinixMetal.userData",
] as const;

export class BareMetalPool extends pulumi.ComponentResource {
  /** Labels by which Kubernetes finds the nodes of the pool. */
  public readonly nodeSelector: pulumi.Output<{ [label: string]: string }>;
  public readonly hosts: pulumi.Output<number>;
  /** infiniband, roce or ethernet. */
  public readonly fabricKind: pulumi.Output<string>;
  /** What stands behind the word: nothing of it is measured before the hosts run. */
  public readonly fabricEvidence: pulumi.Output<string>;

  constructor(name: string, args: BareMetalPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:BareMetalPool", name, sealed(args, ...secretsOfPool), opts);
    refuse(`BareMetalPool ${name}`, validatePool(args));
    const hosts = provideHosts(this);

    this.nodeSelector = pulumi.output(hosts.nodeSelector);
    this.hosts = pulumi.output(hosts.count);
    this.fabricKind = pulumi.output(args.fabricKind);
    this.fabricEvidence = pulumi.output(hosts.evidence);
    this.registerOutputs({
      site: args.site,
      country: args.country,
      place: args.country,
      gpuModel: args.gpuModel,
      nodeSelector: this.nodeSelector,
      hosts: this.hosts,
      fabricKind: this.fabricKind,
      fabricEvidence: this.fabricEvidence,
      ...(args.labels ? { labels: registeredLabels(args.labels) } : {}),
    });

    function provideHosts(parent: pulumi.Resource): ProvidedHosts {
      if (args.metal3) return createMetal3Hosts(name, args, args.metal3, parent);
      if (args.equinixMetal) return createEquinixMetalDevices(name, args, args.equinixMetal, parent);
      if (args.existing) return labelNodes(name, args, args.existing, parent);
      throw new RangeError("a pool without hosts");
    }
  }
}

/** What a backend answers for. */
export interface ProvidedHosts {
  nodeSelector: { [label: string]: string };
  count: number;
  evidence: string;
}

/** The label by which the nodes of a provisioned pool are found. */
export const POOL_LABEL = "hybrid-ai/pool";
