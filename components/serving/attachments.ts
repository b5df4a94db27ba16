import type * as pulumi from "@pulumi/pulumi";

/** The network that a service stands in, as far as serving needs it. */
export interface ServingNetwork {
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** Private subnets, one per zone. */
  subnetIds: pulumi.Input<string>[];
  /** IPv4 prefix of the VPC: what may ask inside it. */
  cidr: string;
  /** Prefix list of the gateway endpoint of S3. Default: none, and its addresses are reached by the route alone. */
  s3PrefixListId?: pulumi.Input<string>;
}

/** A model artefact in the region of the service that loads it. */
export interface ServingModel {
  /** Region of the bucket: SageMaker and ECS load from their own. */
  region: string;
  /** Name of the bucket. */
  bucketName: pulumi.Input<string>;
  /** ARN of the bucket. */
  bucketArn: pulumi.Input<string>;
  /** ARN of the key that encrypts it, in the same region. */
  keyArn: pulumi.Input<string>;
  /** Folder of the artefact, uncompressed, without slashes at its ends. */
  prefix: string;
  /** Size in GiB. */
  gib: number;
}

/** The way in of a region: a service adds its own rule to the listener. */
export interface ServingEntryPoint {
  /** Listener of the load balancer. */
  listenerArn: pulumi.Input<string>;
  /** Security group of the load balancer. */
  securityGroupId: pulumi.Input<string>;
  /** Dimension of the load balancer's metrics. */
  metricName: pulumi.Input<string>;
  /** Path that leads to this service, such as /assistant/*. */
  path: string;
  /** Header that requests must carry besides: for gRPC, whose path names a service and no model. Default: none. */
  header?: ServingHeader;
  /** Place of the rule among those of the listener: 1 to 50000, each once. */
  priority: number;
}

/** A header and its value. */
export interface ServingHeader {
  /** Name of the header, such as x-endpoint. */
  name: string;
  /** Value that the rule demands. */
  value: string;
}

/** Stores that a service reads while it answers, so that policies can see them beside it. */
export interface ServingStore {
  /** Name of the store in its environment. */
  name: string;
  /** AWS region of the store. */
  region: string;
}
