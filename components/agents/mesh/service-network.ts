import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ServiceMeshLattice } from "../service-mesh";

/** A service network that takes signed calls from its own account only. */
export function createServiceNetwork(
  name: string,
  { region, accountId, vpcId, securityGroupIds }: ServiceMeshLattice,
  parent: pulumi.Resource,
): void {
  const network = new aws.vpclattice.ServiceNetwork(name, { region, authType: "AWS_IAM" }, { parent });
  const statement = {
    Effect: "Allow",
    Principal: "*",
    Action: "vpc-lattice-svcs:Invoke",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
  };
  new aws.vpclattice.AuthPolicy(
    name,
    {
      region,
      resourceIdentifier: network.arn,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    },
    { parent },
  );
  new aws.vpclattice.ServiceNetworkVpcAssociation(
    name,
    { region, serviceNetworkIdentifier: network.id, vpcIdentifier: vpcId, securityGroupIds },
    { parent },
  );
}
