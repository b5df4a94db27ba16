import * as pulumi from "@pulumi/pulumi";
import type { ServingModel } from "./attachments";
import type { CaptureDestination } from "./endpoint-capture";
import { createModelReader } from "./model-reader";

/** The role of an endpoint: it reads its model and its image, writes its logs, and captures only where it was told to. */
export function createEndpointRole(
  name: string,
  args: {
    accountId: string;
    model: ServingModel;
    capture: CaptureDestination | undefined;
    tags: { [tag: string]: string };
  },
  child: pulumi.CustomResourceOptions,
) {
  const { accountId, model, capture, tags } = args;
  return createModelReader(
    `${name}-model`,
    {
      principal: "sagemaker.amazonaws.com",
      accountId,
      model,
      statements: [
        {
          Effect: "Allow",
          Action: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          Resource: "*",
        },
        {
          Effect: "Allow",
          Action: [
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "logs:CreateLogGroup",
            "cloudwatch:PutMetricData",
            "ec2:CreateNetworkInterface",
            "ec2:CreateNetworkInterfacePermission",
            "ec2:DeleteNetworkInterface",
            "ec2:DeleteNetworkInterfacePermission",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeVpcs",
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
          ],
          Resource: "*",
        },
        ...(capture
          ? [
              {
                Effect: "Allow",
                Action: "s3:PutObject",
                Resource: pulumi.interpolate`arn:aws:s3:::${capture.bucketName}/*`,
              },
              { Effect: "Allow", Action: "kms:GenerateDataKey", Resource: capture.keyArn },
            ]
          : []),
      ],
      tags,
    },
    child,
  );
}
