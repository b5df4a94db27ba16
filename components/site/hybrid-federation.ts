import { awsRegion } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { HybridJoinCertificates, HybridJoinOnSite, JoinSite } from "./hybrid-join";
import { certificateTrust, offerRole, trustAuthority } from "./site-certificates";

/** A role for workloads of a cluster whose control plane stays on site. No key of AWS is stored there. */
export interface Federated {
  role: aws.iam.Role;
  /** What gives credentials on site for a certificate; empty where tokens do. */
  credentialCommand: pulumi.Input<string>;
}

/** AWS believes what the site says of its workloads: by tokens of their service accounts, or by certificates. */
export function federate(site: JoinSite, onSite: HybridJoinOnSite): Federated {
  const { certificates, issuerUrl, serviceAccount } = onSite;
  if (certificates) return byCertificate(site, onSite, certificates);
  if (issuerUrl === undefined || serviceAccount === undefined)
    throw new RangeError("a federation that nothing proves");
  return { role: byToken(site, onSite, issuerUrl, serviceAccount), credentialCommand: "" };
}

function byToken(
  { name, region, accountId, tags, parent }: JoinSite,
  { permissionsBoundary }: HybridJoinOnSite,
  issuerUrl: string,
  serviceAccount: string,
): aws.iam.Role {
  const issuer = issuerUrl.replace(/^https:\/\//, "").replace(/\/$/, "");
  // Composed, not taken from the provider: so the trust can be read before either exists.
  const partition = awsRegion(region)?.partition ?? "aws";
  const providerArn = `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`;
  const provider = new aws.iam.OpenIdConnectProvider(
    name,
    { url: issuerUrl, clientIdLists: ["sts.amazonaws.com"], tags },
    { parent },
  );
  const trust = {
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: "sts.amazonaws.com",
        [`${issuer}:sub`]: `system:serviceaccount:${serviceAccount}`,
      },
    },
  };
  return new aws.iam.Role(
    name,
    {
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
      tags,
    },
    { parent, dependsOn: [provider] },
  );
}

/** Where nothing of the site may be published, so that AWS could not fetch the keys of an issuer. */
function byCertificate(
  site: JoinSite,
  { permissionsBoundary }: HybridJoinOnSite,
  { certificateBundle, commonName }: HybridJoinCertificates,
): Federated {
  const { name, tags, parent } = site;
  const anchor = trustAuthority(site, certificateBundle);
  const only = { StringEquals: { "aws:PrincipalTag/x509Subject/CN": commonName } };
  const role = new aws.iam.Role(
    name,
    {
      assumeRolePolicy: certificateTrust(anchor, only),
      ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
      tags,
    },
    { parent },
  );
  const profile = offerRole(name, site, role, false);
  const credentialCommand = pulumi.interpolate`aws_signing_helper credential-process --trust-anchor-arn ${anchor.arn} --profile-arn ${profile.arn} --role-arn ${role.arn}`;
  return { role, credentialCommand };
}
