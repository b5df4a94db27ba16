import { type ResourceSpec, ref, type Spec, unborn } from "../../support/plan";
import type { RuleFixtures } from "../../support/rule-suite";
import {
  byCertificate,
  byPod,
  byToken,
  certificate,
  exact,
  issuer,
  object,
  podIdentity,
  provider,
  role,
  statement,
  subject,
} from "./documents";

type Properties = { [property: string]: Spec };
const one = (type: string, properties: Properties): ResourceSpec[] => [{ type, name: "it", properties }];

const oidcProvider = (properties: Properties) =>
  one("aws:iam/openIdConnectProvider:OpenIdConnectProvider", {
    url: `https://${issuer}`,
    clientIdLists: ["sts.amazonaws.com"],
    ...properties,
  });
const tokenRole = (condition: Spec): ResourceSpec[] => [
  role(
    "scorer",
    statement({
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: condition,
    }),
  ),
];
const association = (properties: Properties): ResourceSpec => ({
  type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  name: "triage",
  properties: { clusterName: "agents", namespace: "agents", serviceAccount: "triage", ...properties },
});
const queuePolicy = (policy: Spec) =>
  one("aws:sqs/queuePolicy:QueuePolicy", { queueUrl: "https://sqs.example/tasks", policy });
const gateway = (properties: Properties) =>
  one("aws:bedrock/agentcoreGateway:AgentcoreGateway", { name: "tools", ...properties });
const peers = (mode: Spec) => [
  object("security.istio.io/v1", "PeerAuthentication", "mesh", { mtls: { mode } }),
];
const device = (policy: Spec) => one("aws:iot/policy:Policy", { policy });
const iot = (resource: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["iot:Publish"], Resource: [resource] }] });
const kafka = (clientBroker: Spec) =>
  one("aws:msk/cluster:Cluster", {
    kafkaVersion: "3.9.x",
    clientAuthentication: { sasl: { iam: true } },
    encryptionInfo: { encryptionInTransit: { clientBroker } },
  });

export const fixtures: { [rule: string]: RuleFixtures } = {
  "agent-roles-are-bounded": {
    pass: [role("triage", byPod(podIdentity))],
    fail: [
      role("triage", byPod(podIdentity), {
        maxSessionDuration: 43200,
        tags: { "hybrid-ai:agent": "triage" },
      }),
    ],
    unknown: [role("triage", byPod(podIdentity), { maxSessionDuration: unborn })],
  },
  "brokers-authenticate-and-encrypt": {
    pass: kafka("TLS"),
    fail: kafka("TLS_PLAINTEXT"),
    unknown: kafka(unborn),
  },
  "certificate-trust-names-anchor-and-subject": {
    pass: [role("scorer", byCertificate(certificate))],
    fail: [role("scorer", byCertificate({ ArnEquals: certificate.ArnEquals ?? {} }))],
    unknown: [
      role("scorer", byCertificate(certificate)),
      {
        type: "aws:rolesanywhere/profile:Profile",
        name: "scorer",
        properties: { acceptRoleSessionName: unborn },
      },
    ],
  },
  "federated-conditions-need-their-keys": {
    pass: [role("scorer", byToken(exact))],
    fail: [role("scorer", byToken({ ...exact, StringEqualsIfExists: exact.StringEquals ?? {} }))],
    unknown: tokenRole({ ...exact, Null: { [`${issuer}:sub`]: unborn } }),
  },
  "devices-reach-only-their-own-topics": {
    pass: device(iot("arn:aws:iot:ap-northeast-1:111122223333:topic/agents/status")),
    fail: device(iot("*")),
    unknown: device(unborn),
  },
  "agent-endpoints-authenticate-callers": {
    pass: gateway({ authorizerType: "AWS_IAM" }),
    fail: gateway({ authorizerType: "NONE" }),
    unknown: gateway({ authorizerType: unborn }),
  },
  "meshes-deny-what-is-not-declared": {
    pass: peers("STRICT"),
    fail: peers("PERMISSIVE"),
    unknown: peers(unborn),
  },
  "workloads-have-no-static-keys": {
    pass: one("aws:iam/accessKey:AccessKey", { user: "former", status: "Inactive" }),
    fail: one("aws:iam/accessKey:AccessKey", { user: "triage" }),
    unknown: one("aws:iam/accessKey:AccessKey", { user: "triage", status: unborn }),
  },
  "pod-identity-trust-names-its-workload": {
    pass: [role("triage", byPod(podIdentity)), association({ roleArn: ref("triage") })],
    fail: [role("triage", byPod(undefined))],
    unknown: [
      role("triage", byPod(podIdentity)),
      association({ roleArn: ref("triage"), disableSessionTags: unborn }),
    ],
  },
  "identity-providers-are-expected": {
    pass: [
      ...oidcProvider({}),
      { type: "aws:eks/cluster:Cluster", name: "own", properties: {} },
      {
        type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        name: "of-own-cluster",
        properties: { url: ref("own"), clientIdLists: ["sts.amazonaws.com"] },
      },
    ],
    fail: oidcProvider({ url: "https://token.actions.githubusercontent.com" }),
    unknown: oidcProvider({ url: unborn }),
  },
  "resource-policies-name-who-may-call": {
    pass: queuePolicy(
      JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "sqs:SendMessage",
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-example" } },
          },
        ],
      }),
    ),
    fail: queuePolicy(
      JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sqs:SendMessage" }],
      }),
    ),
    unknown: queuePolicy(unborn),
  },
  "retired-meshes-are-left": {
    pass: [object("gateway.networking.k8s.io/v1", "Gateway", "agents", {})],
    fail: one("aws:appmesh/mesh:Mesh", { name: "agents" }),
    unknown: one("aws:appmesh/mesh:Mesh", { name: unborn }),
  },
  "roles-are-not-chained": {
    pass: [role("triage", byPod(podIdentity)), association({ roleArn: ref("triage") })],
    fail: [
      role(
        "triage",
        JSON.stringify({
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::111122223333:role/other" },
              Action: "sts:AssumeRole",
            },
          ],
        }),
        { tags: { "hybrid-ai:agent": "triage" } },
      ),
    ],
    unknown: [
      role("triage", byPod(podIdentity)),
      association({ roleArn: ref("triage"), targetRoleArn: unborn }),
    ],
  },
  "federated-subjects-are-exact": {
    pass: [role("scorer", byToken(exact))],
    fail: [
      role(
        "scorer",
        byToken({
          StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
          StringLike: { [`${issuer}:sub`]: [subject, "*"] },
        }),
      ),
    ],
    unknown: tokenRole({
      StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: [subject, unborn] },
    }),
  },
  "thumbprints-are-left-to-aws": {
    pass: oidcProvider({}),
    fail: oidcProvider({ thumbprintLists: ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"] }),
    unknown: oidcProvider({ thumbprintLists: unborn }),
  },
  "who-may-take-a-role-is-known": {
    pass: [role("scorer", byToken(exact))],
    fail: [role("scorer", null)],
    unknown: [role("scorer", unborn)],
  },
  "federated-trust-names-audience-and-subject": {
    pass: [role("scorer", byToken(exact))],
    fail: [role("scorer", byToken({ StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" } }))],
    unknown: tokenRole({
      StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: unborn },
    }),
  },
};
