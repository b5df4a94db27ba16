import type { ArgumentProblem } from "../problems";
import { type AgentIdentityArgs, partitionOf, principalPattern } from "./agent-identity";

/** How an agent proves who it is: exactly one. All of it is plain, so that the trust can be read before it exists. */
export interface AgentIdentityTrust {
  /** A pod of an EKS cluster; the default there. */
  podIdentity?: AgentTrustPodIdentity;
  /** A token of any issuer of OpenID Connect: EKS, a cluster on site, SPIRE. */
  oidc?: AgentTrustOidc;
  /** A certificate of the site, such as an X.509-SVID: nothing has to be published. */
  rolesAnywhere?: AgentTrustRolesAnywhere;
  /** A runtime of Bedrock AgentCore. */
  agentcore?: AgentTrustAgentCore;
  /** A task of ECS. */
  ecs?: AgentTrustEcs;
}

export interface AgentTrustPodIdentity {
  /** Name of the EKS cluster. */
  clusterName: string;
  /** Namespace of the workload. */
  namespace: string;
  /** Service account of the workload in that namespace. */
  serviceAccount: string;
}

export interface AgentTrustOidc {
  /** https address of the issuer; its provider must exist in the account. */
  issuerUrl: string;
  /** Such as system:serviceaccount:agents:scorer, exactly. */
  subject: string;
  /** Default: sts.amazonaws.com. */
  audience?: string;
}

export interface AgentTrustRolesAnywhere {
  /** ARN of the trust anchor of the site. */
  trustAnchorArn: string;
  /** SPIFFE id, exactly: spiffe://ty-cage.example/ns/agents/sa/scorer. */
  spiffeId: string;
}

export interface AgentTrustAgentCore {
  /** Name of the runtime. */
  runtimeName: string;
}

export interface AgentTrustEcs {
  /** Name of the ECS cluster. */
  clusterName: string;
}

/** Rules that no type expresses. */
export function validateTrust(trust: AgentIdentityTrust): ArgumentProblem[] {
  const { podIdentity, oidc, rolesAnywhere, agentcore, ecs } = trust;
  const ways = Object.entries({ podIdentity, oidc, rolesAnywhere, agentcore, ecs }).flatMap(([way, value]) =>
    value ? [way] : [],
  );
  const exact = (propertyPath: string, value: string, legal: RegExp) =>
    legal.test(value)
      ? []
      : [{ propertyPath, reason: `"${value}" must name one workload, without wildcards (${legal.source})` }];
  return [
    ...(ways.length === 1
      ? []
      : [{ propertyPath: "trust", reason: `takes exactly one way, not ${ways.join(" and ") || "none"}` }]),
    ...(oidc ? exact("trust.oidc.issuerUrl", oidc.issuerUrl, /^https:\/\/[^\s*?]+$/) : []),
    ...(oidc ? exact("trust.oidc.subject", oidc.subject, /^[^\s*?]+$/) : []),
    ...(rolesAnywhere
      ? [
          ...exact("trust.rolesAnywhere.spiffeId", rolesAnywhere.spiffeId, /^spiffe:\/\/[^\s*?]+\/[^\s*?]+$/),
          ...exact(
            "trust.rolesAnywhere.trustAnchorArn",
            rolesAnywhere.trustAnchorArn,
            /^arn:[a-z-]+:rolesanywhere:[a-z0-9-]+:\d{12}:trust-anchor\/[A-Za-z0-9-]+$/,
          ),
        ]
      : []),
  ];
}

type Trusting = Pick<AgentIdentityArgs, "agent" | "fabric" | "accountId" | "region" | "trust">;

/**
 * The trust policy: who the agent is, and the agent itself. The second statement lets it narrow a session to one task:
 * the same role again, with fewer permissions and tags that say for which task and on whose behalf.
 */
export function trustPolicy(args: Trusting): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [proof(args), narrowing(args)] });
}

function proof({ trust, accountId, region }: Trusting): object {
  const partition = partitionOf(region);
  const service = (principal: string, condition: object, action = ["sts:AssumeRole", "sts:TagSession"]) => ({
    Sid: "Workload",
    Effect: "Allow",
    Principal: { Service: principal },
    Action: action,
    Condition: condition,
  });
  const { podIdentity, oidc, rolesAnywhere, agentcore, ecs } = trust;
  if (podIdentity)
    return service("pods.eks.amazonaws.com", {
      StringEquals: {
        "aws:SourceAccount": accountId,
        "aws:SourceArn": `arn:${partition}:eks:${region}:${accountId}:cluster/${podIdentity.clusterName}`,
        "aws:RequestTag/kubernetes-namespace": podIdentity.namespace,
        "aws:RequestTag/kubernetes-service-account": podIdentity.serviceAccount,
      },
    });
  if (oidc) {
    const issuer = oidc.issuerUrl.replace(/^https:\/\//, "").replace(/\/$/, "");
    return {
      Sid: "Workload",
      Effect: "Allow",
      Principal: { Federated: `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: oidc.audience ?? "sts.amazonaws.com",
          [`${issuer}:sub`]: oidc.subject,
        },
      },
    };
  }
  if (rolesAnywhere)
    return service(
      "rolesanywhere.amazonaws.com",
      {
        ArnEquals: { "aws:SourceArn": rolesAnywhere.trustAnchorArn },
        StringEquals: { "aws:PrincipalTag/x509SAN/URI": rolesAnywhere.spiffeId },
      },
      ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    );
  if (agentcore)
    return service(
      "bedrock-agentcore.amazonaws.com",
      {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: {
          "aws:SourceArn": `arn:${partition}:bedrock-agentcore:${region}:${accountId}:runtime/${agentcore.runtimeName}-*`,
        },
      },
      ["sts:AssumeRole"],
    );
  return service(
    "ecs-tasks.amazonaws.com",
    {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${accountId}:task/${ecs?.clusterName}/*` },
    },
    ["sts:AssumeRole"],
  );
}

function narrowing({ agent, fabric, accountId, region }: Trusting): object {
  return {
    Sid: "NarrowedSession",
    Effect: "Allow",
    Principal: { AWS: `arn:${partitionOf(region)}:iam::${accountId}:root` },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      ArnLike: { "aws:PrincipalArn": principalPattern(fabric, agent, accountId, region) },
      StringEquals: { "sts:ExternalId": agent },
      // A session without the two tags is not narrowed, it is only chained.
      StringLike: { "aws:RequestTag/hybrid-ai:task": "?*", "aws:RequestTag/hybrid-ai:on-behalf-of": "?*" },
    },
  };
}
