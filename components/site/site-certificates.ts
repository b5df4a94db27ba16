import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { JoinSite } from "./hybrid-join";

/**
 * IAM Roles Anywhere: AWS takes certificates of the site's own authority for credentials. Trust anchors and profiles know
 * no region of their own: they are made where their provider is.
 */
export function trustAuthority(
  { name, tags, parent }: JoinSite,
  certificateBundle: string,
): aws.rolesanywhere.TrustAnchor {
  return new aws.rolesanywhere.TrustAnchor(
    `${name}-site`,
    {
      enabled: true,
      source: {
        sourceType: "CERTIFICATE_BUNDLE",
        sourceData: { x509CertificateData: certificateBundle },
      },
      tags,
    },
    { parent },
  );
}

/** Lets holders of certificates of one authority take a role, as far as a condition on them allows. */
export function certificateTrust(
  { arn }: aws.rolesanywhere.TrustAnchor,
  condition: { [operator: string]: { [key: string]: string } },
): pulumi.Output<string> {
  const principal = { Service: "rolesanywhere.amazonaws.com" };
  const anchored = { ArnEquals: { "aws:SourceArn": arn } };
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: principal,
        Action: ["sts:TagSession", "sts:SetSourceIdentity"],
        Condition: anchored,
      },
      {
        Effect: "Allow",
        Principal: principal,
        Action: "sts:AssumeRole",
        Condition: { ...anchored, ...condition },
      },
    ],
  });
}

/** The profile through which a role is taken. */
export function offerRole(
  profileName: string,
  { tags, parent }: JoinSite,
  role: aws.iam.Role,
  acceptRoleSessionName: boolean,
): aws.rolesanywhere.Profile {
  return new aws.rolesanywhere.Profile(
    profileName,
    { roleArns: [role.arn], acceptRoleSessionName, enabled: true, tags },
    { parent },
  );
}
