import * as components from "../../../components";

export const labels = {
  dataset: "assistant",
  classification: "confidential",
  kinds: [],
  residency: ["japan-only"],
};
export const tags = {
  "hybrid-ai:dataset": "assistant",
  "hybrid-ai:classification": "confidential",
  "hybrid-ai:residency": "japan-only",
};
export const region = "ap-northeast-1";
export const accountId = "111122223333";
export const network = { vpcId: "vpc", subnetIds: ["a", "b", "c"], cidr: "10.16.0.0/16" };
export const model = {
  region,
  bucketName: "models",
  bucketArn: "arn:aws:s3:::models",
  keyArn: "arn:aws:kms:ap-northeast-1:111122223333:key/k",
  prefix: "assistant/v1",
  gib: 130,
};
export const point = {
  listenerArn: "listener",
  securityGroupId: "sg",
  metricName: "app/door/1",
  path: "/assistant/*",
  priority: 10,
};

export const endpoint: components.SageMakerEndpointArgs = {
  region,
  accountId,
  model,
  image: "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/serve:1",
  instanceType: "ml.g6e.48xlarge",
  floor: 2,
  network,
  entry: { point, proxyImage: "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/aws-sigv4-proxy:1" },
  labels,
};

export const resident: components.ResidentModelServiceArgs = {
  region,
  accountId,
  model,
  image: endpoint.image,
  preloadImage: "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/aws-cli:2",
  instanceType: "g6e.48xlarge",
  floor: 2,
  network,
  entry: point,
  labels,
};

export const door: components.FrontDoorArgs = {
  domainName: "assistant.example.com",
  zoneId: "Z1",
  entries: [region, "ap-northeast-3"].map((one) => ({
    region: one,
    loadBalancerArn: `alb-${one}`,
    dnsName: `alb-${one}.example.com`,
    dnsZoneId: "Z2",
    metricName: `app/${one}/1`,
  })),
  carries: labels,
};

/** One of each component of serving and knowledge. */
export function createEach(): void {
  const groups = [
    {
      name: "customers",
      record: "customer",
      eventTime: "at",
      features: [
        { name: "customer", type: "String" },
        { name: "at", type: "String" },
      ],
    },
  ];
  new components.SageMakerEndpoint("assistant", endpoint);
  new components.ResidentModelService("chat", resident);
  new components.FrontDoor("japan", door);
  new components.ServingEntry("entry", { region, network, certificateArn: "certificate", labels });
  new components.ModelCache("cache", { region, accountId, gib: 1, labels });
  new components.VectorIndex("manuals", {
    region,
    accountId,
    vectors: 1000,
    dimension: 1024,
    s3Vectors: {},
    labels,
  });
  new components.FeatureStore("features", { region, accountId, groups, labels });
}
