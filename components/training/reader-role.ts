import { awsRegion } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Path of the roles that may read a dataset. The bucket refuses everybody else by this path, which is known before any
 * role is, so that bucket and roles do not wait for each other.
 */
export function readerPath(dataset: string): string {
  return `/hybrid-ai/${dataset.split(" ")[0] ?? dataset}/`;
}

/** What a role may read. */
export interface ReaderRoleArgs {
  dataset: string;
  bucketArn: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  /** Services that may take the role, such as pods.eks.amazonaws.com. */
  principals: string[];
  /** The workload of a cluster, where the role is that of pods. */
  pods?: PodIdentity;
  managedPolicyArns?: string[];
  tags: { [tag: string]: string };
}

/** One service account of one EKS cluster. */
export interface PodIdentity {
  accountId: string;
  /** ARN of the cluster, known before the cluster is. */
  clusterArn: string;
  namespace: string;
  serviceAccount: string;
}

/** A role that reads a dataset in its bucket, and writes nothing to it. */
export function createReaderRole(
  name: string,
  args: ReaderRoleArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  const reads = readPolicy(args);
  const role = new aws.iam.Role(
    name,
    {
      path: readerPath(args.dataset),
      // Nodes hold what their orchestrator needs besides; what pods hold ends here, whoever attaches more.
      ...(args.pods ? { permissionsBoundary: boundary(name, reads, args.tags, opts).arn } : {}),
      assumeRolePolicy: args.pods ? podTrust(args.pods) : trust(args.principals),
      tags: args.tags,
    },
    opts,
  );
  attach(name, role, args.managedPolicyArns ?? [], opts);
  new aws.iam.RolePolicy(name, { role: role.id, policy: reads }, opts);
  return role;
}

function readPolicy(args: ReaderRoleArgs): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: args.bucketArn },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: pulumi.interpolate`${args.bucketArn}/*`,
      },
      { Effect: "Allow", Action: "kms:Decrypt", Resource: args.keyArn },
    ],
  });
}

function boundary(
  name: string,
  policy: pulumi.Output<string>,
  tags: { [tag: string]: string },
  opts: pulumi.CustomResourceOptions,
): aws.iam.Policy {
  return new aws.iam.Policy(`${name}-boundary`, { policy, tags }, opts);
}

/** A role of a service, with policies that AWS keeps. */
export function createServiceRole(
  name: string,
  principal: string,
  managedPolicyArns: readonly string[],
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  const role = new aws.iam.Role(name, { assumeRolePolicy: trust([principal]) }, opts);
  attach(name, role, managedPolicyArns, opts);
  return role;
}

/** ARN of a policy that AWS keeps, in the partition of a region. */
export function managedPolicy(region: string, policy: string): string {
  return `arn:${partitionOfRegion(region)}:iam::aws:policy/${policy}`;
}

export function partitionOfRegion(region: string): string {
  return awsRegion(region)?.partition ?? "aws";
}

function attach(
  name: string,
  role: aws.iam.Role,
  policyArns: readonly string[],
  opts: pulumi.CustomResourceOptions,
): void {
  for (const policyArn of policyArns) {
    const suffix = policyArn.split("/").at(-1) ?? policyArn;
    new aws.iam.RolePolicyAttachment(`${name}-${suffix}`, { role: role.name, policyArn }, opts);
  }
}

function trust(principals: readonly string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: principals }, Action: "sts:AssumeRole" }],
  });
}

/** Only this workload of this cluster may take the role: EKS asks for it in the name of every pod of the account. */
function podTrust({ accountId, clusterArn, namespace, serviceAccount }: PodIdentity): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": accountId,
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": serviceAccount,
          },
          ArnEquals: { "aws:SourceArn": clusterArn },
        },
      },
    ],
  });
}
