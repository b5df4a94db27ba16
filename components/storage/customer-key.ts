import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

const encrypts = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"];

/** A key of the customer for one region, which the account administers and the named services use. */
export function createCustomerKey(
  name: string,
  args: {
    region: string;
    accountId: string;
    description: string;
    /** Service principals that encrypt with it for this account. */
    services?: string[];
    /** ARN patterns of roles of the account that encrypt and decrypt with it. */
    users?: string[];
    /** Log groups of the account are encrypted with it. Default: false. */
    logGroups?: boolean;
    tags: { [tag: string]: string };
  },
  opts: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const { region, accountId, description, services = [], users = [], logGroups = false, tags } = args;
  return new aws.kms.Key(
    name,
    {
      region,
      description,
      enableKeyRotation: true,
      // Never multi-region: a replica would hold the key material in another place.
      multiRegion: false,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Account",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          ...(services.length === 0
            ? []
            : [
                {
                  Sid: "Services",
                  Effect: "Allow",
                  Principal: { Service: services },
                  Action: encrypts,
                  Resource: "*",
                  Condition: { StringEquals: { "aws:SourceAccount": accountId } },
                },
              ]),
          ...(users.length === 0
            ? []
            : [
                {
                  Sid: "Users",
                  Effect: "Allow",
                  Principal: { AWS: "*" },
                  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                  Resource: "*",
                  Condition: {
                    StringEquals: { "aws:PrincipalAccount": accountId },
                    ArnLike: { "aws:PrincipalArn": users },
                  },
                },
              ]),
          ...(logGroups
            ? [
                {
                  Sid: "LogGroups",
                  Effect: "Allow",
                  Principal: { Service: `logs.${region}.amazonaws.com` },
                  Action: encrypts,
                  Resource: "*",
                  // CloudWatch Logs says which log group it encrypts, and no account.
                  Condition: {
                    ArnLike: {
                      "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:*`,
                    },
                  },
                },
              ]
            : []),
        ],
      }),
      tags,
    },
    opts,
  );
}
