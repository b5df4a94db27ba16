import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { claims, plan, type ResourceSpec, ref, registry, type Spec, unborn } from "../../support/plan";
import { today } from "../../support/rule-suite";

const tokyo = "ap-northeast-1";
const found = (specs: readonly ResourceSpec[]): string[] =>
  judge(plan(specs), registry, sovereigntyRules, today)
    .violations.filter(({ level }) => level === "mandatory")
    .map(({ rule, verdict, urn }) => `${rule} ${verdict} ${urn.split("::").at(-1)}`);

/** A labelled network, and a template of another one whose volumes have a key abroad. */
const beside = (template: { [property: string]: Spec }): ResourceSpec[] => [
  { type: "aws:ec2/vpc:Vpc", name: "labelled", properties: { region: tokyo, tags: claims } },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    properties: {
      region: tokyo,
      blockDeviceMappings: [{ ebs: { kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/0000" } }],
      ...template,
    },
  },
];

describe("networks that name something outside the plan", () => {
  it("are joined with no other one by the image of a machine", () => {
    for (const imageId of ["ami-0123456789abcdef0", "resolve:ssm:/aws/service/ecs/image_id"])
      assert.deepEqual(found(beside({ imageId })), []);
    const stated = beside({ tags: claims });
    assert.match(found(stated).join(), /keys-stay-where-the-data-may-be/);
  });
});

describe("the far end of a path", () => {
  const labelled = (type: string): ResourceSpec => ({
    type,
    name: "ours",
    properties: { region: tokyo, tags: claims },
  });
  const path = (type: string, properties: { [property: string]: Spec }): ResourceSpec => ({
    type,
    name: "path",
    properties,
  });
  const vpc = labelled("aws:ec2/vpc:Vpc");
  const gateway = labelled("aws:ec2transitgateway/transitGateway:TransitGateway");
  const peering = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";

  it("is judged whoever asked for the path", () => {
    const asked = path(peering, { region: "us-east-1", vpcId: "vpc-1", peerVpcId: ref("ours") });
    assert.match(found([vpc, asked]).join(), /data-travels-where-it-may-be cannotBeShown path/);
    const unknown = path(peering, { region: unborn, vpcId: "vpc-1", peerVpcId: ref("ours") });
    assert.match(found([vpc, unknown]).join(), /places-of-labelled-data-are-known/);
    assert.deepEqual(
      found([vpc, path(peering, { region: tokyo, vpcId: "vpc-1", peerVpcId: ref("ours") })]),
      [],
    );
  });

  it("of a Direct Connect gateway or a VPN is somewhere that has to be shown", () => {
    const association = "aws:directconnect/gatewayAssociation:GatewayAssociation";
    const ends = { region: tokyo, associatedGatewayId: ref("ours") };
    for (const dxGatewayId of ["0123abcd", unborn])
      assert.notDeepEqual(found([gateway, path(association, { ...ends, dxGatewayId })]), []);
    const router: ResourceSpec = {
      type: "aws:ec2/customerGateway:CustomerGateway",
      name: "router",
      properties: { region: tokyo },
    };
    const tunnel = path("aws:ec2/vpnConnection:VpnConnection", {
      region: tokyo,
      customerGatewayId: ref("router"),
      transitGatewayId: ref("ours"),
    });
    assert.match(
      found([gateway, router, tunnel]).join(),
      /places-of-labelled-data-are-known cannotBeShown router/,
    );
  });

  it("accepted from outside the plan joins a network of its region", () => {
    const accepter = path("aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter", {
      region: tokyo,
      vpcPeeringConnectionId: "pcx-1",
    });
    assert.match(found([vpc, accepter]).join(), /places-of-labelled-data-are-known/);
  });

  it("is no leak where a route or a gateway belongs to a VPC of its own region", () => {
    const routes = path("aws:ec2/routeTable:RouteTable", {
      region: tokyo,
      vpcId: unborn,
      routes: [{ transitGatewayId: ref("ours") }],
    });
    assert.deepEqual(found([gateway, routes]), []);
  });
});

describe("a circuit at an end that nothing shows", () => {
  const circuit = (uuid: Spec): ResourceSpec[] => [
    { type: "example:index:Labelled", name: "site", properties: { labels: { dataset: "claims" } } },
    {
      type: "equinix:index/fabricCloudRouter:FabricCloudRouter",
      name: "router",
      parent: "site",
      properties: { location: { metroCode: "TY" } },
    },
    {
      type: "equinix:index/fabricConnection:FabricConnection",
      name: "circuit",
      properties: {
        aSide: { accessPoint: { router: { uuid }, location: { metroCode: "TY" } } },
        zSide: { accessPoint: { location: { metroCode: "SG" } } },
      },
    },
  ];

  it("may carry what any port of the plan holds", () => {
    for (const uuid of [ref("router"), unborn])
      assert.match(found(circuit(uuid)).join(), /data-travels-where-it-may-be \w+ circuit/);
  });
});

describe("a cluster whose address is unknown", () => {
  const objects = (kubeconfig: Spec): ResourceSpec[] => [
    { type: "pulumi:providers:kubernetes", name: "cluster", properties: { kubeconfig } },
    { type: "example:index:Site", name: "site", properties: { place: "metro:TY" } },
    {
      type: "kubernetes:core/v1:Secret",
      name: "notes",
      parent: "site",
      provider: "cluster",
      properties: { metadata: { annotations: { "hybrid-ai/dataset": "claims" } } },
    },
  ];

  it("stands where no component can say", () => {
    assert.deepEqual(found(objects("apiVersion: v1")), []);
    assert.match(found(objects(unborn)).join(), /places-of-labelled-data-are-known cannotBeShown notes/);
  });
});

describe("an unknown model", () => {
  const type = "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase";
  const bases = (embeddingModelArn: Spec): ResourceSpec[] => [
    {
      type: "aws:kendra/index:Index",
      name: "texts",
      properties: { region: tokyo, tags: claims },
    },
    {
      type,
      name: "base",
      properties: {
        region: tokyo,
        knowledgeBaseConfiguration: {
          kendraKnowledgeBaseConfiguration: { kendraIndexArn: ref("texts") },
          vectorKnowledgeBaseConfiguration: { embeddingModelArn },
        },
      },
    },
  ];

  it("is not taken for what a value beside it was computed from", () => {
    const model = `arn:aws:bedrock:${tokyo}::foundation-model/amazon.titan-embed-text-v2:0`;
    assert.deepEqual(found(bases(model)), []);
    assert.match(found(bases(unborn)).join(), /places-of-labelled-data-are-known cannotBeShown base/);
  });
});

describe("MirrorMaker 2", () => {
  const mirror = (spec: { [property: string]: Spec }): ResourceSpec[] => [
    {
      type: "example:index:Cluster",
      name: "cluster",
      properties: { place: "aws:ap-northeast-1" },
    },
    {
      type: "kubernetes:kafka.strimzi.io/v1:KafkaMirrorMaker2",
      name: "mirror",
      parent: "cluster",
      properties: { metadata: { annotations: { "hybrid-ai/dataset": "claims" } }, spec },
    },
  ];
  const abroad = "kafka.us-east-1.amazonaws.com:9094";
  const home = "kafka.ap-northeast-1.amazonaws.com:9094";

  it("writes to the target of the stable version and to the clusters of the one before", () => {
    const stable = (to: string) => ({
      target: { alias: "t", bootstrapServers: to },
      mirrors: [{ source: { alias: "s", bootstrapServers: home } }],
    });
    assert.deepEqual(found(mirror(stable(home))), []);
    assert.match(found(mirror(stable(abroad))).join(), /copies-stay-where-their-source-may-be broken/);
    const before = { clusters: [{ alias: "t", bootstrapServers: abroad }] };
    assert.match(found(mirror(before)).join(), /copies-stay-where-their-source-may-be broken/);
  });

  it("reads what another stack declares of its sources", () => {
    const specs = mirror({
      target: { bootstrapServers: abroad },
      mirrors: [{ source: { bootstrapServers: "kafka.example.com:9094" } }],
    }).map((spec) =>
      spec.name === "mirror" ? { ...spec, properties: { ...spec.properties, metadata: {} } } : spec,
    );
    const externalStores = [{ match: "kafka.example.com", place: "JP", dataset: ["claims"] }];
    const { violations } = judge(plan(specs), { ...registry, externalStores }, sovereigntyRules, today);
    assert.ok(violations.some(({ rule, verdict }) => rule.startsWith("copies-stay") && verdict === "broken"));
  });
});
