import { type EfaStyle, efaLayout, type InstanceType } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EfaClusterCapacity } from "./capacity";

/** What the nodes of a cluster have in common, whoever orchestrates them. */
export interface NodeTemplate {
  region: string;
  type: InstanceType;
  style: EfaStyle;
  securityGroupId: pulumi.Input<string>;
  capacity?: EfaClusterCapacity;
  placementGroupName?: pulumi.Input<string>;
  tags: { [tag: string]: string };
  /** Set where no service brings its own: ECS. */
  imageId?: pulumi.Input<string>;
  instanceProfileArn?: pulumi.Input<string>;
  userData?: pulumi.Input<string>;
}

/** Root volume in GiB: images of frameworks are large. */
const ROOT_GIB = 500;

/**
 * One interface on every card that carries EFA, no public address, IMDSv2. No subnet: managed node groups refuse a
 * template that names one, and the group that uses the template names exactly one.
 */
export function createLaunchTemplate(
  name: string,
  node: NodeTemplate,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate {
  const { region, type, capacity, tags } = node;
  const reservationId = capacity?.capacityBlock?.id ?? capacity?.reservation?.id;
  return new aws.ec2.LaunchTemplate(
    `${name}-nodes`,
    {
      region,
      instanceType: type.id,
      updateDefaultVersion: true,
      networkInterfaces: efaLayout(type, node.style).map(({ card, device, kind }) => ({
        networkCardIndex: card,
        deviceIndex: device,
        interfaceType: kind,
        securityGroups: [node.securityGroupId],
        // With several interfaces EC2 refuses a public address.
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
      })),
      // Pods are one hop behind the node.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { encrypted: "true", volumeSize: ROOT_GIB, volumeType: "gp3", deleteOnTermination: "true" },
        },
      ],
      ...(type.ultraServer ? { cpuOptions: { threadsPerCore: 1 } } : {}),
      ...(node.placementGroupName === undefined ? {} : { placement: { groupName: node.placementGroupName } }),
      ...(capacity?.capacityBlock ? { instanceMarketOptions: { marketType: "capacity-block" } } : {}),
      ...(reservationId === undefined
        ? {}
        : {
            capacityReservationSpecification: {
              capacityReservationTarget: { capacityReservationId: reservationId },
            },
          }),
      ...(node.imageId === undefined ? {} : { imageId: node.imageId }),
      ...(node.instanceProfileArn === undefined
        ? {}
        : { iamInstanceProfile: { arn: node.instanceProfileArn } }),
      ...(node.userData === undefined ? {} : { userData: inBase64(node.userData) }),
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({
        resourceType,
        tags: { Name: name, ...tags },
      })),
      tags: { Name: name, ...tags },
    },
    opts,
  );
}

/** Plain where it is plain, so that rules read it before anything exists. */
function inBase64(text: pulumi.Input<string>): pulumi.Input<string> {
  const encode = (plain: string) => Buffer.from(plain).toString("base64");
  return typeof text === "string" ? encode(text) : pulumi.output(text).apply(encode);
}
