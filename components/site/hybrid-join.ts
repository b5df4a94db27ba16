import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { createHybridCluster } from "./hybrid-cluster";
import { type Federated, federate } from "./hybrid-federation";
import { createNodeIdentity } from "./hybrid-identity";
import { validateJoin } from "./validate-join";

/** How the nodes of a site and an AWS region work together. */
export interface HybridJoinArgs {
  /** AWS region of the control plane, or of the roles. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** Nodes join a cluster whose control plane, and so every secret and object, is in the region. */
  eks?: HybridJoinEks;
  /** The control plane stays on site; its pods get roles by federation. */
  onSite?: HybridJoinOnSite;
  /** Data that the nodes process. */
  labels?: DatasetLabels;
}

/** EKS with Hybrid Nodes. */
export interface HybridJoinEks {
  /** Subnets of the region, in two zones at least. */
  subnetIds: pulumi.Input<string>[];
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** IPv4 prefix of that VPC. */
  vpcCidr: string;
  /** Prefixes of the nodes on site. */
  remoteNodeCidrs: string[];
  /** Prefixes of their pods; Cilium or Calico hand them out, the VPC CNI does not run there. */
  remotePodCidrs: string[];
  /** Default: 172.20.0.0/16 is EKS's own choice, but it must be known to be compared. */
  serviceCidr: string;
  /** Such as 1.35. */
  kubernetesVersion: string;
  /** Labels that the nodes register with. Default: none. */
  nodeLabels?: { [label: string]: string };
  /** Key for the secrets in the control plane. Default: a key of AWS. */
  keyArn?: pulumi.Input<string>;
  /** Certificates of the site prove who a node is. Exactly one of rolesAnywhere and ssm. */
  rolesAnywhere?: HybridJoinRolesAnywhere;
  /** Activations of Systems Manager, for sites without a certificate authority. */
  ssm?: HybridJoinSsm;
}

/** Certificates that AWS trusts. */
export interface HybridJoinRolesAnywhere {
  /** PEM of the certificate authority of the site. */
  certificateBundle: string;
}

/** An activation code, which is a credential. */
export interface HybridJoinSsm {
  /** Nodes that may register with one code. */
  registrationLimit: number;
}

/** A cluster on site whose workloads AWS believes: by tokens of their service accounts, or by certificates. */
export interface HybridJoinOnSite {
  /** Issuer of the cluster's service account tokens; AWS must reach its keys. Exactly one of issuerUrl and certificates. */
  issuerUrl?: string;
  /** With issuerUrl: namespace and service account, such as training:trainer, that may take the role. */
  serviceAccount?: string;
  /** Certificates of the site, where nothing may be published. */
  certificates?: HybridJoinCertificates;
  /** ARN of the policy that bounds what the role may ever be granted. Default: none. */
  permissionsBoundary?: pulumi.Input<string>;
}

/** Certificates that stand for one workload. */
export interface HybridJoinCertificates {
  /** PEM of the certificate authority of the site. */
  certificateBundle: string;
  /** Common name of the certificate that may take the role. */
  commonName: string;
}

export class HybridJoin extends pulumi.ComponentResource {
  /** Role of the nodes, or of the service account on site. */
  public readonly roleArn: pulumi.Output<string>;
  /** Name of the EKS cluster; empty when the control plane is on site. */
  public readonly clusterName: pulumi.Output<string>;
  /** Configuration of nodeadm, the program that joins a node; a secret, because it may hold an activation code. */
  public readonly nodeConfig: pulumi.Output<string>;
  /** The credential_process of a profile on site; empty unless certificates give the role. */
  public readonly credentialCommand: pulumi.Output<string>;

  constructor(name: string, args: HybridJoinArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:HybridJoin", name, args, opts);
    refuse(`HybridJoin ${name}`, validateJoin(args));
    const { region, labels } = args;
    const tags = labels ? labelTags(labels) : {};
    const site = { name, region, accountId: args.accountId, tags, parent: this };

    const joined = args.eks ? joinEks(args.eks) : keepOnSite(args.onSite);
    this.roleArn = joined.role.arn;
    this.clusterName = pulumi.output(joined.clusterName);
    this.nodeConfig = pulumi.secret(joined.nodeConfig);
    this.credentialCommand = pulumi.output(joined.credentialCommand);
    this.registerOutputs({
      region,
      roleArn: this.roleArn,
      clusterName: this.clusterName,
      controlPlane: args.eks ? "region" : "site",
      ...(labels ? { labels: registeredLabels(labels) } : {}),
    });

    function joinEks(eks: HybridJoinEks): Joined {
      const cluster = createHybridCluster(site, eks);
      const { role, nodeConfig } = createNodeIdentity(site, eks, cluster);
      new aws.eks.AccessEntry(
        `${name}-nodes`,
        { region, clusterName: cluster.name, principalArn: role.arn, type: "HYBRID_LINUX" },
        { parent: site.parent },
      );
      return { role, clusterName: cluster.name, nodeConfig, credentialCommand: "" };
    }

    function keepOnSite(onSite: HybridJoinOnSite | undefined): Joined {
      if (!onSite) throw new RangeError("a join without a control plane");
      return { ...federate(site, onSite), clusterName: "", nodeConfig: "" };
    }
  }
}

interface Joined extends Federated {
  clusterName: pulumi.Input<string>;
  nodeConfig: pulumi.Input<string>;
}

/** What every part of a join needs. */
export interface JoinSite {
  name: string;
  region: string;
  accountId: string;
  tags: { [tag: string]: string };
  parent: pulumi.Resource;
}
