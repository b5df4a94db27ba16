import { bucket, type ResourceSpec, ref, registry, unborn } from "../../../support/plan";
import type { RuleFixtures } from "../../../support/rule-suite";

const tokyo = "ap-northeast-1";
const osaka = "ap-northeast-3";
const frankfurt = "eu-central-1";

function model(
  region: string | undefined,
  uri: NonNullable<ResourceSpec["properties"]>[string],
): ResourceSpec {
  return {
    type: "aws:sagemaker/model:Model",
    name: "assistant",
    properties: {
      ...(region === undefined ? {} : { region }),
      primaryContainer: {
        modelDataSource: { s3DataSources: [{ s3Uri: uri, s3DataType: "S3Prefix", compressionType: "None" }] },
      },
    },
  };
}

function configuration(variant: { [key: string]: string | number }, region = tokyo): ResourceSpec {
  return {
    type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    name: "assistant",
    properties: { region, productionVariants: [{ instanceType: "ml.g6e.48xlarge", ...variant }] },
  };
}

/** A component that serves in Tokyo and reads stores. */
function service(
  stores: { name: string; region: NonNullable<ResourceSpec["outputs"]>[string] }[],
): ResourceSpec {
  return {
    type: "hybrid-ai-fabric:index:SageMakerEndpoint",
    name: "serving",
    properties: { region: tokyo, modelGiB: 500, stores },
  };
}

const listener: ResourceSpec = {
  type: "aws:globalaccelerator/listener:Listener",
  name: "door",
  properties: { protocol: "TCP" },
};

function group(name: string, region: NonNullable<ResourceSpec["properties"]>[string]): ResourceSpec {
  return {
    type: "aws:globalaccelerator/endpointGroup:EndpointGroup",
    name,
    properties: { listenerArn: ref("door"), endpointGroupRegion: region },
  };
}

const endpoint = (region: string | undefined): ResourceSpec => ({
  type: "aws:sagemaker/endpoint:Endpoint",
  name: "assistant",
  properties: { ...(region === undefined ? {} : { region }), endpointConfigName: "assistant" },
});

const users = (ms: number) => ({
  ...registry,
  budgets: { userRoundTripMs: { "aws:ap-northeast-1": ms } },
});

const egress = (usdPerYear: number) => ({
  ...registry,
  budgets: { egress: [{ match: "assistant", gbPerYear: 1_000_000, usdPerYear }] },
});

const scaling = (minCapacity: NonNullable<ResourceSpec["properties"]>[string]): ResourceSpec => ({
  type: "aws:appautoscaling/target:Target",
  name: "assistant",
  properties: {
    region: tokyo,
    serviceNamespace: "sagemaker",
    resourceId: "endpoint/assistant/variant/main",
    scalableDimension: "sagemaker:variant:DesiredInstanceCount",
    minCapacity,
    maxCapacity: 4,
  },
});

export const servingFixtures: { [rule: string]: RuleFixtures } = {
  "models-are-in-the-region-of-their-endpoint": {
    pass: [bucket("models", tokyo), model(tokyo, ref("models"))],
    fail: [bucket("models", osaka), model(tokyo, ref("models"))],
    unknown: [model(tokyo, unborn)],
  },
  "stores-are-in-the-region-of-what-reads-them": {
    pass: [service([{ name: "manuals", region: tokyo }])],
    fail: [service([{ name: "manuals", region: osaka }])],
    unknown: [service([{ name: "manuals", region: unborn }])],
  },
  "users-are-answered-within-their-budget": {
    pass: [listener, group("tokyo", tokyo), group("osaka", osaka)],
    fail: [listener, group("frankfurt", frankfurt)],
    unknown: [listener, group("somewhere", unborn)],
    settings: users(50),
  },
  "front-doors-stay-in-one-legal-bloc": {
    pass: [listener, group("tokyo", tokyo), group("osaka", osaka)],
    fail: [listener, group("tokyo", tokyo), group("frankfurt", frankfurt)],
    unknown: [listener, group("tokyo", tokyo), group("somewhere", unborn)],
  },
  "regions-offer-the-type-of-their-endpoint": {
    pass: [configuration({})],
    fail: [configuration({ instanceType: "ml.p6-b200.48xlarge" }, frankfurt)],
    unknown: [
      {
        ...configuration({}),
        properties: { region: tokyo, productionVariants: [{ instanceType: unborn }] },
      },
    ],
  },
  "answers-find-a-model-in-memory": {
    pass: [endpoint(tokyo), scaling(1)],
    fail: [endpoint(tokyo), scaling(0)],
    unknown: [endpoint(tokyo), scaling(unborn)],
    settings: users(50),
  },
  "models-have-time-to-load": {
    pass: [service([]), { ...configuration({ modelDataDownloadTimeoutInSeconds: 600 }), parent: "serving" }],
    fail: [service([]), { ...configuration({ modelDataDownloadTimeoutInSeconds: 30 }), parent: "serving" }],
    unknown: [
      service([]),
      {
        ...configuration({}),
        parent: "serving",
        properties: {
          region: tokyo,
          productionVariants: [
            { instanceType: "ml.g6e.48xlarge", modelDataDownloadTimeoutInSeconds: unborn },
          ],
        },
      },
    ],
  },
  "egress-stays-within-its-budget": {
    pass: [endpoint(frankfurt)],
    fail: [endpoint(tokyo)],
    unknown: [endpoint(undefined)],
    settings: egress(90_000),
  },
};
