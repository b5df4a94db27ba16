import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { HybridJoinEks, HybridJoinSsm, JoinSite } from "./hybrid-join";
import { certificateTrust, offerRole, trustAuthority } from "./site-certificates";

/** A node can only take the session name that its certificate says, so that logs name it. */
const OWN_NAME = { StringEquals: { "sts:RoleSessionName": `\${aws:PrincipalTag/x509Subject/CN}` } };

/** Role of the nodes on site, and how they prove that they may take it: certificates or an activation, never both. */
export function createNodeIdentity(
  site: JoinSite,
  eks: HybridJoinEks,
  cluster: aws.eks.Cluster,
): { role: aws.iam.Role; nodeConfig: pulumi.Output<string> } {
  const { name, region, accountId, tags, parent } = site;
  const child = { parent };
  const anchor = eks.rolesAnywhere ? trustAuthority(site, eks.rolesAnywhere.certificateBundle) : undefined;
  const role = new aws.iam.Role(
    `${name}-nodes`,
    { assumeRolePolicy: anchor ? certificateTrust(anchor, OWN_NAME) : activationTrust(), tags },
    child,
  );
  grant();
  return { role, nodeConfig: eks.ssm ? activate(eks.ssm) : enrol() };

  function activationTrust(): string {
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ssm.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnEquals: { "aws:SourceArn": `arn:aws:ssm:${region}:${accountId}:*` },
          },
        },
      ],
    });
  }

  function grant(): void {
    const managed = [
      "AmazonEC2ContainerRegistryPullOnly",
      ...(eks.ssm ? ["AmazonSSMManagedInstanceCore"] : []),
    ];
    for (const policy of managed) {
      new aws.iam.RolePolicyAttachment(
        `${name}-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        child,
      );
    }
    new aws.iam.RolePolicy(
      `${name}-nodes`,
      {
        role: role.name,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "eks:DescribeCluster", Resource: cluster.arn },
            ...(eks.ssm
              ? [
                  { Effect: "Allow", Action: "ssm:DescribeInstanceInformation", Resource: "*" },
                  {
                    Effect: "Allow",
                    Action: "ssm:DeregisterManagedInstance",
                    Resource: `arn:aws:ssm:${region}:${accountId}:managed-instance/*`,
                  },
                ]
              : []),
          ],
        }),
      },
      child,
    );
  }

  /** The code registers nodes until it expires, after 24 hours. */
  function activate({ registrationLimit }: HybridJoinSsm): pulumi.Output<string> {
    const activation = new aws.ssm.Activation(
      `${name}-nodes`,
      { region, iamRole: role.name, registrationLimit, tags },
      { ...child, additionalSecretOutputs: ["activationCode"] },
    );
    return pulumi.secret(
      nodeConfig(
        pulumi.interpolate`    ssm:\n      activationId: ${activation.id}\n      activationCode: ${activation.activationCode}\n`,
      ),
    );
  }

  function enrol(): pulumi.Output<string> {
    const profile = offerRole(`${name}-nodes`, site, role, true);
    const trustAnchor = anchor?.arn ?? "";
    return nodeConfig(
      pulumi.interpolate`    iamRolesAnywhere:\n      nodeName: HOSTNAME\n      trustAnchorArn: ${trustAnchor}\n      profileArn: ${profile.arn}\n      roleArn: ${role.arn}\n`,
    );
  }

  function nodeConfig(credentials: pulumi.Output<string>): pulumi.Output<string> {
    const labels = Object.entries(eks.nodeLabels ?? {}).map(([label, value]) => `${label}=${value}`);
    const kubelet =
      labels.length === 0 ? "" : `  kubelet:\n    flags:\n      - --node-labels=${labels.join(",")}\n`;
    return pulumi.interpolate`apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  cluster:\n    name: ${cluster.name}\n    region: ${region}\n  hybrid:\n${credentials}${kubelet}`;
  }
}
