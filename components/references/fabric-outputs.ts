import type { DatasetLabels } from "../labels";

/** What the stack of an environment exports, as another stack or project reads it. */
export interface FabricOutputs {
  hybridAi: ExportedHoldings;
  /** Networks by place. */
  networks: { [place: string]: ExportedNetwork };
  /** Stores of training data by `<dataset>-<place>`. */
  stores: { [store: string]: ExportedTrainingStore };
  /** Copies of model artefacts by `<model>-<place>`. */
  models: { [copy: string]: ExportedModel };
}

/** What a stack holds, for the packs of the stacks that read it: values that come from there are matched to it. */
export interface ExportedHoldings {
  /** Version of this shape: 1. */
  version: number;
  /** Stores of the stack; empty where it holds none. */
  stores: ExportedHolding[];
  /** Subnets, so that what is placed into one is known to be in its zone. */
  subnets?: ExportedSubnet[];
  /** Transit gateways, so that a path to one is known to lead to its region. */
  gateways?: ExportedGateway[];
}

/** A gateway of another stack that data passes through. */
export interface ExportedGateway {
  /** Id of the gateway, such as tgw-0123456789abcdef0. */
  id: string;
  /** `aws:<region>`. */
  place: string;
}

/** A subnet of another stack. */
export interface ExportedSubnet {
  /** Id of the subnet, such as subnet-0123456789abcdef0. */
  id: string;
  /** Availability Zone id, such as apne1-az1. */
  zone: string;
}

/** One store of a stack, with the facts by which its data may or may not be used elsewhere. */
export interface ExportedHolding {
  /** Pulumi's name of it in its own stack. */
  urn: string;
  /** ARN by which programs and policies name it. */
  arn: string;
  /** Physical name, where policies and programs name the store by it. */
  id?: string;
  /** Pulumi type, such as aws:s3/bucket:Bucket. */
  type: string;
  /** `aws:<region>`, `metro:<code>` or a country. */
  place: string;
  /** Name of the dataset. */
  dataset: string;
  /** Residencies that must all hold. */
  residency: string[];
}

/** The network of a region, as something that is placed into it needs it. */
export interface ExportedNetwork {
  /** AWS region. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** IPv4 prefix of the VPC. */
  cidr: string;
  vpcId: string;
  /** Private subnets, one for each zone, in the order of the environment. */
  subnetIds: string[];
  /** Route table of all private subnets. */
  routeTableId: string;
}

/** A store of training data. */
export interface ExportedTrainingStore {
  /** AWS region. */
  region: string;
  bucketArn: string;
  keyArn: string;
  /** Lustre in front of the bucket, where the environment asks for it. */
  fileSystemArn?: string;
  /** Group that clients of the file system must be let into. */
  fileSystemSecurityGroupId?: string;
  labels: DatasetLabels;
}

/** The copy of a model artefact in one region. */
export interface ExportedModel {
  /** AWS region. */
  region: string;
  bucketName: string;
  bucketArn: string;
  keyArn: string;
  /** Folder of the artefact, without slashes at its ends. */
  prefix: string;
  /** Size in GiB. */
  gib: number;
  labels: DatasetLabels;
}
