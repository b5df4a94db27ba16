import * as aws from "@pulumi/aws";
import type { HybridJoinEks, JoinSite } from "./hybrid-join";

/** A cluster that takes nodes from outside the region. Only the private endpoint is open: sites come over their circuit. */
export function createHybridCluster(
  { name, region, tags, parent }: JoinSite,
  eks: HybridJoinEks,
): aws.eks.Cluster {
  const role = createClusterRole();
  const reachable = openToSite();
  return new aws.eks.Cluster(
    name,
    {
      region,
      version: eks.kubernetesVersion,
      roleArn: role.arn,
      accessConfig: { authenticationMode: "API" },
      vpcConfig: {
        subnetIds: eks.subnetIds,
        securityGroupIds: [reachable.id],
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
      },
      kubernetesNetworkConfig: { serviceIpv4Cidr: eks.serviceCidr },
      remoteNetworkConfig: {
        remoteNodeNetworks: { cidrs: eks.remoteNodeCidrs },
        ...(eks.remotePodCidrs.length > 0 ? { remotePodNetworks: { cidrs: eks.remotePodCidrs } } : {}),
      },
      enabledClusterLogTypes: ["api", "audit", "authenticator"],
      ...(eks.keyArn === undefined
        ? {}
        : { encryptionConfig: { resources: ["secrets"], provider: { keyArn: eks.keyArn } } }),
      tags,
    },
    { parent },
  );

  function createClusterRole(): aws.iam.Role {
    const created = new aws.iam.Role(
      `${name}-control-plane`,
      {
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        }),
        tags,
      },
      { parent },
    );
    new aws.iam.RolePolicyAttachment(
      `${name}-control-plane`,
      { role: created.name, policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" },
      { parent },
    );
    return created;
  }

  /** Kubelets and pods of the site reach the API server, which reaches kubelets back. */
  function openToSite(): aws.ec2.SecurityGroup {
    const cidrBlocks = [...eks.remoteNodeCidrs, ...eks.remotePodCidrs];
    const rule = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks });
    return new aws.ec2.SecurityGroup(
      `${name}-site`,
      {
        region,
        vpcId: eks.vpcId,
        description: "Nodes of the site and the control plane",
        ingress: [rule(443)],
        egress: [rule(443), rule(10250)],
        tags,
      },
      { parent },
    );
  }
}
