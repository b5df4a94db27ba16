import assert from "node:assert/strict";
import { identityRules } from "@hybrid-ai-fabric/policy-identity/rules";
import type { ResourceSpec, Spec } from "../../support/plan";
import { violationsOf } from "../../support/rule-suite";
import { byCertificate, byPod, byToken, certificate, exact, object, podIdentity, role } from "./documents";

const endpoints = "agent-endpoints-authenticate-callers";
const mesh = "meshes-deny-what-is-not-declared";
const brokers = "brokers-authenticate-and-encrypt";
const keys = "workloads-have-no-static-keys";
const certificates = "certificate-trust-names-anchor-and-subject";
const pods = "pod-identity-trust-names-its-workload";
const policies = "resource-policies-name-who-may-call";

const one = (type: string, properties: { [property: string]: Spec }): ResourceSpec[] => [
  { type, name: "it", properties },
];
const gateway = (properties: { [property: string]: Spec }) =>
  one("aws:bedrock/agentcoreGateway:AgentcoreGateway", properties);
const runtime = (networkMode: string, authorizer?: Spec) =>
  one("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", {
    networkConfiguration: { networkMode },
    ...(authorizer ? { authorizerConfiguration: { customJwtAuthorizer: authorizer } } : {}),
  });
const tokens = (jwtRules: Spec) =>
  object("security.istio.io/v1", "RequestAuthentication", "site", { jwtRules });
const allow = (source: Spec, action = "ALLOW") =>
  object("security.istio.io/v1", "AuthorizationPolicy", "callers", {
    action,
    rules: [{ from: [{ source }] }],
  });
const discoveryUrl = "https://idp.example/.well-known/openid-configuration";
const rule = { issuer: "https://idp.example", audiences: ["agents"] };

/** Plans as they are met, and the rules that refuse them. */
const plans: { what: string; plan: ResourceSpec[]; refusedBy: string[] }[] = [
  {
    what: "a gateway that knows its callers and lets all of them",
    plan: gateway({
      authorizerType: "AUTHENTICATE_ONLY",
      policyEngineConfiguration: { arn: "a", mode: "LOG_ONLY" },
    }),
    refusedBy: [endpoints],
  },
  {
    what: "a gateway that enforces its policies",
    plan: gateway({
      authorizerType: "AUTHENTICATE_ONLY",
      policyEngineConfiguration: { arn: "a", mode: "ENFORCE" },
    }),
    refusedBy: [],
  },
  { what: "a runtime on the internet", plan: runtime("PUBLIC"), refusedBy: [endpoints] },
  { what: "a runtime in a VPC behind IAM", plan: runtime("VPC"), refusedBy: [] },
  {
    what: "a runtime that takes every token of an issuer",
    plan: runtime("VPC", { discoveryUrl }),
    refusedBy: [endpoints],
  },
  {
    what: "a runtime that takes tokens made for it",
    plan: runtime("VPC", { discoveryUrl, allowedAudiences: ["agents"] }),
    refusedBy: [],
  },
  {
    what: "a Lattice service without authorization",
    plan: one("aws:vpclattice/service:Service", { authType: "NONE" }),
    refusedBy: [endpoints],
  },
  { what: "tokens that nobody asks for", plan: [tokens([rule])], refusedBy: [mesh] },
  {
    what: "tokens of any audience",
    plan: [tokens([{ issuer: rule.issuer }]), allow({ requestPrincipals: ["https://idp.example/scorer"] })],
    refusedBy: [mesh],
  },
  {
    what: "tokens with their ALLOW",
    plan: [tokens([rule]), allow({ requestPrincipals: ["https://idp.example/scorer"] })],
    refusedBy: [],
  },
  { what: "a mesh that allows everybody", plan: [allow({ principals: ["*"] })], refusedBy: [mesh] },
  {
    what: "a mesh that asks for no caller",
    plan: [
      object("security.istio.io/v1", "AuthorizationPolicy", "callers", {
        action: "ALLOW",
        rules: [{ to: [{ operation: { paths: ["/a2a"] } }] }],
      }),
    ],
    refusedBy: [mesh],
  },
  {
    what: "a mesh that allows nothing",
    plan: [object("security.istio.io/v1", "AuthorizationPolicy", "deny-by-default", { action: "ALLOW" })],
    refusedBy: [],
  },
  {
    what: "an agent gateway that takes tokens of any audience",
    plan: [
      object("agentgateway.dev/v1alpha1", "AgentgatewayPolicy", "tools", {
        traffic: { jwtAuthentication: { mode: "Strict", providers: [{ issuer: rule.issuer }] } },
      }),
    ],
    refusedBy: [mesh],
  },
  {
    what: "an agent gateway that takes tokens made for it",
    plan: [
      object("agentgateway.dev/v1alpha1", "AgentgatewayPolicy", "tools", {
        traffic: { jwtAuthentication: { mode: "Strict", providers: [rule] } },
      }),
    ],
    refusedBy: [],
  },
  { what: "a mesh that denies everybody", plan: [allow({ principals: ["*"] }, "DENY")], refusedBy: [] },
  {
    what: "one port in plain text",
    plan: [
      object("security.istio.io/v1", "PeerAuthentication", "mesh", {
        mtls: { mode: "STRICT" },
        portLevelMtls: { "8080": { mode: "DISABLE" } },
      }),
    ],
    refusedBy: [mesh],
  },
  {
    what: "a broker on site whose listener knows no clients",
    plan: [
      object("kafka.strimzi.io/v1", "Kafka", "site", {
        kafka: { listeners: [{ name: "plain", port: 9092, tls: false }] },
      }),
    ],
    refusedBy: [brokers, brokers],
  },
  {
    what: "a cluster of MSK without client authentication",
    plan: one("aws:msk/cluster:Cluster", { kafkaVersion: "3.9.x" }),
    refusedBy: [brokers],
  },
  {
    what: "a key of Bedrock",
    plan: one("aws:iam/serviceSpecificCredential:ServiceSpecificCredential", {
      serviceName: "bedrock.amazonaws.com",
    }),
    refusedBy: [keys],
  },
  {
    what: "a profile with two roles and names of the caller's choice",
    plan: one("aws:rolesanywhere/profile:Profile", { roleArns: ["a", "b"], acceptRoleSessionName: true }),
    refusedBy: [certificates, certificates],
  },
  {
    what: "every certificate of every anchor of an account",
    plan: [
      role(
        "it",
        byCertificate({
          ...certificate,
          ArnEquals: { "aws:SourceArn": "arn:aws:rolesanywhere:ap-northeast-1:111122223333:trust-anchor/*" },
        }),
      ),
    ],
    refusedBy: [certificates],
  },
  {
    what: "a pod of any cluster",
    plan: [
      role(
        "it",
        byPod({
          ...podIdentity,
          StringEquals: { ...podIdentity.StringEquals, "aws:SourceArn": "" },
          ArnLike: { "aws:SourceArn": "arn:aws:eks:*:111122223333:cluster/*" },
        }),
      ),
    ],
    refusedBy: [pods],
  },
  {
    what: "an association whose session policy drops the tags",
    plan: one("aws:eks/podIdentityAssociation:PodIdentityAssociation", {
      roleArn: "arn:aws:iam::111122223333:role/triage",
      policy: "{}",
      disableSessionTags: true,
    }),
    refusedBy: [pods],
  },
  {
    what: "a bus that everybody may write to",
    plan: one("aws:cloudwatch/eventPermission:EventPermission", { principal: "*", statementId: "all" }),
    refusedBy: [policies],
  },
  {
    what: "a policy that fences everybody by a wildcard",
    plan: one("aws:sns/topicPolicy:TopicPolicy", {
      policy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "sns:Publish",
            Condition: { StringLike: { "aws:SourceArn": "*" } },
          },
        ],
      }),
    }),
    refusedBy: [policies],
  },
  { what: "a role of an agent that is bounded", plan: [role("it", byToken(exact))], refusedBy: [] },
];

describe("identity in plans as they are met", () => {
  for (const { what, plan, refusedBy } of plans) {
    it(`${refusedBy.length > 0 ? "refuses" : "takes"} ${what}`, () => {
      assert.deepEqual(
        violationsOf(identityRules, plan).map(({ rule }) => rule),
        refusedBy,
      );
    });
  }
});
