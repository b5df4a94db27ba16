import assert from "node:assert/strict";
import { localityRules } from "@hybrid-ai-fabric/policy-locality/rules";
import { bucket, claims, type ResourceSpec, ref, registry } from "../../../support/plan";
import { violationsOf } from "../../../support/rule-suite";

const tokyo = "ap-northeast-1";
const frankfurt = "eu-central-1";

const listener: ResourceSpec = { type: "aws:globalaccelerator/listener:Listener", name: "door" };
const group = (name: string, endpointGroupRegion: string): ResourceSpec => ({
  type: "aws:globalaccelerator/endpointGroup:EndpointGroup",
  name,
  properties: { listenerArn: ref("door"), endpointGroupRegion },
});
const record = (name: string, properties: NonNullable<ResourceSpec["properties"]>): ResourceSpec => ({
  type: "aws:route53/record:Record",
  name,
  properties: { zoneId: "Z1", name: "assistant.example.com", type: "A", ...properties },
});
const balancer = (name: string, region: string): ResourceSpec => ({
  type: "aws:lb/loadBalancer:LoadBalancer",
  name,
  properties: { region },
});
const endpoint: ResourceSpec = {
  type: "aws:sagemaker/endpoint:Endpoint",
  name: "assistant",
  properties: { region: tokyo, endpointConfigName: "assistant", tags: claims },
};

function messages(specs: ResourceSpec[], settings: unknown = registry): string[] {
  return violationsOf(localityRules, specs, settings).map(
    ({ rule, verdict, level, message }) => `${rule} ${verdict} ${level}: ${message}`,
  );
}

const users = (budget: { [population: string]: number }) => ({
  ...registry,
  budgets: { userRoundTripMs: budget },
});

describe("serving rules of the locality pack", () => {
  it("propose the cheapest regions that answer in time", () => {
    const [found = ""] = messages(
      [listener, group("frankfurt", frankfurt)],
      users({ "aws:ap-northeast-1": 50 }),
    );
    assert.match(found, /Users in ap-northeast-1 \(JP\) are \d+ ms there and back from eu-central-1/);
    assert.match(found, /Proposed: ap-northeast-1 \(about \d+ USD a year by list prices\)/);
  });

  it("tell the demands that exclude each other when no region can answer in time", () => {
    const far = { ...endpoint, properties: { ...endpoint.properties, region: frankfurt } };
    const [found = ""] = messages([far], users({ "aws:eu-west-1": 5 }));
    // The data of this endpoint may only be in Japan, and the users are in Europe.
    assert.match(found, /these demands exclude each other: residency japan-only; aws:eu-west-1 within 5 ms/);
  });

  it("count the way from the serving region to the store that it reads", () => {
    const service: ResourceSpec = {
      type: "hybrid-ai-fabric:index:SageMakerEndpoint",
      name: "service",
      properties: { region: tokyo, stores: [{ name: "manuals", region: "us-east-1" }] },
    };
    const found = messages([endpoint, service], users({ "aws:ap-northeast-1": 50 })).join("\n");
    assert.match(found, /stores-are-in-the-region-of-what-reads-them broken mandatory/);
    assert.match(found, /\d+ ms of it to a store and back/);
  });

  it("ask the regions of the users' own bloc, even when another one is nearer", () => {
    const doors = [listener, group("hongkong", "ap-east-1"), group("osaka", "ap-northeast-3")];
    const found = messages(doors, users({ "aws:ap-northeast-1": 20 }));
    assert.deepEqual(
      found.filter((message) => message.startsWith("users-are-answered")),
      [],
    );
  });

  it("let an estimate decide only where light would be too slow", () => {
    const near = messages([listener, group("tokyo", tokyo)], users({ "metro:OS": 5 }));
    assert.match(near[0] ?? "", /users-are-answered-within-their-budget cannotBeShown/);
    const far = messages([listener, group("tokyo", tokyo)], users({ "metro:FR": 20 }));
    assert.match(far[0] ?? "", /users-are-answered-within-their-budget broken/);
  });

  it("keep latency and failover records in one bloc, and let geolocation records differ", () => {
    const latency = [
      record("tokyo", { setIdentifier: "tokyo", latencyRoutingPolicies: [{ region: tokyo }] }),
      record("frankfurt", { setIdentifier: "frankfurt", latencyRoutingPolicies: [{ region: frankfurt }] }),
    ];
    assert.match(messages(latency)[0] ?? "", /front-doors-stay-in-one-legal-bloc broken/);
    const failover = [
      balancer("tokyo-alb", tokyo),
      record("primary", {
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        aliases: [{ name: ref("tokyo-alb"), zoneId: "Z2" }],
      }),
      record("secondary", {
        failoverRoutingPolicies: [{ type: "SECONDARY" }],
        aliases: [{ name: "internal-x-1.eu-central-1.elb.amazonaws.com", zoneId: "Z3" }],
      }),
    ];
    assert.match(messages(failover)[0] ?? "", /ap-northeast-1 \(JP\) and eu-central-1 \(EEA\)/);
    const geolocation = ["JP", "DE"].map((country) =>
      record(country, { setIdentifier: country, geolocationRoutingPolicies: [{ country }] }),
    );
    assert.deepEqual(messages(geolocation), []);
  });

  it("find a bucket by its name, in the plan and in the settings", () => {
    const model = (uri: string): ResourceSpec => ({
      type: "aws:sagemaker/model:Model",
      name: "assistant",
      properties: { region: tokyo, primaryContainer: { modelDataUrl: uri } },
    });
    const named = bucket("models", frankfurt);
    const here = { ...named, properties: { ...named.properties, bucket: "acme-models" } };
    assert.match(
      messages([here, model("s3://acme-models/a.tar.gz")])[0] ?? "",
      /loads its artefact from models in eu-central-1/,
    );
    const outside = {
      ...registry,
      externalStores: [{ match: "s3://vendor-*", place: "aws:ap-northeast-1" }],
    };
    assert.deepEqual(messages([model("s3://vendor-models/a.tar.gz")], outside), []);
    assert.match(messages([model("s3://nobody/a.tar.gz")])[0] ?? "", /cannotBeShown/);
    const elsewhere = (region: string): ResourceSpec => ({
      type: "hybrid-ai-fabric:index:FabricReference",
      name: "fabric",
      properties: {
        hybridAi: {
          version: 1,
          stores: [
            { id: "of-another-stack", place: `aws:${region}`, dataset: "claims", residency: ["japan-only"] },
          ],
        },
      },
    });
    const ofAnother = model("s3://of-another-stack/a");
    assert.deepEqual(messages([elsewhere(tokyo), ofAnother]), []);
    assert.match(
      messages([elsewhere(frankfurt), ofAnother])[0] ?? "",
      /models-are-in-the-region-of-their-endpoint broken .* in eu-central-1/,
    );
  });

  it("propose regions of the residency that offer the type", () => {
    const configuration: ResourceSpec = {
      type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
      name: "assistant",
      properties: {
        region: "ap-northeast-3",
        tags: claims,
        productionVariants: [{ instanceType: "ml.p5en.48xlarge" }],
      },
    };
    assert.match(
      messages([configuration])[0] ?? "",
      /regions-offer-the-type-of-their-endpoint broken advisory: ap-northeast-3 does not offer p5en\.48xlarge .* Proposed: ap-northeast-1/,
    );
  });
});
