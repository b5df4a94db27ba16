import type { ResourceSpec, Spec } from "../../support/plan";

export const issuer = "oidc.ty-cage.example/cluster";
export const provider = `arn:aws:iam::111122223333:oidc-provider/${issuer}`;
const region = "ap-northeast-1";

/** A role with a boundary, so that only its trust is in question. */
export function role(
  name: string,
  assumeRolePolicy: Spec,
  more: { [property: string]: Spec } = {},
): ResourceSpec {
  const permissionsBoundary = "arn:aws:iam::111122223333:policy/agents";
  return {
    type: "aws:iam/role:Role",
    name,
    properties: { assumeRolePolicy, permissionsBoundary, ...more },
  };
}

type Block = { [operator: string]: { [key: string]: string | string[] } };

export function trust(
  principal: { [kind: string]: string },
  action: string | string[],
  condition: Block | undefined,
): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: principal,
        Action: action,
        ...(condition ? { Condition: condition } : {}),
      },
    ],
  });
}

/** The trust in tokens of the cluster on site, under the given conditions. */
export function byToken(condition: Block | undefined): string {
  return trust({ Federated: provider }, "sts:AssumeRoleWithWebIdentity", condition);
}

export const subject = "system:serviceaccount:agents:scorer";
export const exact: Block = {
  StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject },
};

export const podIdentity: Block = {
  StringEquals: {
    "aws:SourceAccount": "111122223333",
    "aws:SourceArn": `arn:aws:eks:${region}:111122223333:cluster/agents`,
    "aws:RequestTag/kubernetes-namespace": "agents",
    "aws:RequestTag/kubernetes-service-account": "triage",
  },
};

export function byPod(condition: Block | undefined): string {
  return trust({ Service: "pods.eks.amazonaws.com" }, ["sts:AssumeRole", "sts:TagSession"], condition);
}

export function byCertificate(condition: Block | undefined): string {
  return trust(
    { Service: "rolesanywhere.amazonaws.com" },
    ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    condition,
  );
}

export const certificate: Block = {
  ArnEquals: { "aws:SourceArn": `arn:aws:rolesanywhere:${region}:111122223333:trust-anchor/ty-cage` },
  StringEquals: { "aws:PrincipalTag/x509SAN/URI": "spiffe://ty-cage.example/ns/agents/sa/scorer" },
};

/** An object of Kubernetes. */
export function object(apiVersion: string, kind: string, name: string, spec: Spec): ResourceSpec {
  return {
    type: `kubernetes:${apiVersion}:${kind}`,
    name,
    properties: { apiVersion, kind, metadata: { name, namespace: "agents" }, spec },
  };
}

/** An unknown inside a document that is written as an object. */
export function statement(body: { [key: string]: Spec }): Spec {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...body }] };
}
