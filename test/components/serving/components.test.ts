import assert from "node:assert/strict";
import * as components from "../../../components";
import { only, type Requested, requestedBy } from "../../support/mocks";
import {
  accountId,
  door,
  endpoint,
  labels,
  model,
  network,
  point,
  region,
  resident,
  tags,
} from "./arguments";

function inRegion(requested: readonly Requested[], where: string): void {
  const global = /^aws:(iam|globalaccelerator|route53)\//;
  const without = requested.filter(
    ({ type, inputs }) => type.startsWith("aws:") && !global.test(type) && inputs.region !== where,
  );
  assert.deepEqual(
    without.map(({ type, name }) => `${type} ${name}`),
    [],
  );
}

describe("SageMakerEndpoint", () => {
  it("loads an uncompressed prefix, with time for it, and stays warm", async () => {
    const requested = await requestedBy(() => void new components.SageMakerEndpoint("assistant", endpoint));
    inRegion(requested, region);
    const { inputs } = only(requested, "aws:sagemaker/model:Model");
    assert.deepEqual((inputs.primaryContainer as { modelDataSource: unknown }).modelDataSource, {
      s3DataSources: [
        { s3DataType: "S3Prefix", s3Uri: "s3://models/assistant/v1/", compressionType: "None" },
      ],
    });
    const configuration = only(requested, "aws:sagemaker/endpointConfiguration:EndpointConfiguration").inputs;
    assert.equal(configuration.dataCaptureConfig, undefined);
    const [variant] = configuration.productionVariants as { [property: string]: unknown }[];
    // 22.3 s to download, 60 + 139.6 s to start: each twice, and 60 at least.
    assert.equal(variant?.modelDataDownloadTimeoutInSeconds, 60);
    assert.equal(variant?.containerStartupHealthCheckTimeoutInSeconds, 400);
    assert.equal(variant?.initialInstanceCount, 2);
    const target = only(requested, "aws:appautoscaling/target:Target").inputs;
    assert.deepEqual([target.minCapacity, target.maxCapacity], [2, 4]);
  });

  it("takes a new version back when an alarm says so", async () => {
    const requested = await requestedBy(() => void new components.SageMakerEndpoint("assistant", endpoint));
    const { deploymentConfig } = only(requested, "aws:sagemaker/endpoint:Endpoint").inputs as {
      deploymentConfig: { autoRollbackConfiguration: { alarms: unknown[] } };
    };
    assert.equal(deploymentConfig.autoRollbackConfiguration.alarms.length, 2);
    const alarms = requested.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    for (const { inputs } of alarms)
      assert.deepEqual(inputs.dimensions, { EndpointName: "assistant", VariantName: "main" });
  });

  it("captures into a labelled bucket of its own with a key of its own, where asked", async () => {
    const requested = await requestedBy(
      () => void new components.SageMakerEndpoint("assistant", { ...endpoint, capture: { percent: 10 } }),
    );
    inRegion(requested, region);
    const bucket = only(requested, "aws:s3/bucket:Bucket").inputs;
    assert.deepEqual(bucket.tags, tags);
    const { dataCaptureConfig } = only(requested, "aws:sagemaker/endpointConfiguration:EndpointConfiguration")
      .inputs as { dataCaptureConfig: { initialSamplingPercentage: number } };
    assert.equal(dataCaptureConfig.initialSamplingPercentage, 10);
    only(requested, "aws:kms/key:Key");
  });

  it("is reached through a proxy that signs for this endpoint", async () => {
    const requested = await requestedBy(() => void new components.SageMakerEndpoint("assistant", endpoint));
    only(requested, "aws:ecs/taskDefinition:TaskDefinition");
    const rule = only(requested, "aws:lb/listenerRule:ListenerRule").inputs;
    assert.deepEqual(rule.conditions, [{ pathPattern: { values: ["/assistant/*"] } }]);
    const service = only(requested, "aws:ecs/service:Service").inputs;
    assert.equal((service.networkConfiguration as { assignPublicIp: boolean }).assignPublicIp, false);
  });

  it("shares its instances among components where asked", async () => {
    const shared = {
      ...endpoint,
      inferenceComponents: [{ name: "chat", accelerators: 4, memoryMiB: 65536 }],
    };
    const requested = await requestedBy(() => void new components.SageMakerEndpoint("assistant", shared));
    const { inputs } = only(requested, "aws-native:sagemaker:InferenceComponent");
    assert.equal(inputs.inferenceComponentName, "assistant-chat");
    assert.deepEqual((inputs.specification as { dataCacheConfig: unknown }).dataCacheConfig, {
      enableCaching: true,
    });
    const configuration = only(requested, "aws-native:sagemaker:EndpointConfig").inputs;
    const [variant] = configuration.productionVariants as { managedInstanceScaling: unknown }[];
    assert.deepEqual(variant?.managedInstanceScaling, {
      status: "ENABLED",
      minInstanceCount: 2,
      maxInstanceCount: 4,
    });
  });

  it("carries the labels wherever its types have tags", async () => {
    const requested = await requestedBy(() => void new components.SageMakerEndpoint("assistant", endpoint));
    for (const type of [
      "aws:sagemaker/model:Model",
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
      "aws:sagemaker/endpoint:Endpoint",
      "aws:ecs/service:Service",
    ]) {
      assert.deepEqual(only(requested, type).inputs.tags, tags);
    }
  });

  it("refuses what cannot serve, with every reason", async () => {
    const wrong = {
      ...endpoint,
      instanceType: "ml.g5.12xlarge",
      floor: 0,
      model: { ...model, region: "us-east-1" },
      rollout: { kind: "hope" },
    };
    await requestedBy(() => {
      assert.throws(
        () => new components.SageMakerEndpoint("x", wrong),
        /model\.gib: 130 GiB need .*\n.*model\.region: "us-east-1".*\n.*floor: 0.*\n.*rollout\.kind: "hope"/,
      );
    });
  });
});

describe("ResidentModelService", () => {
  it("is healthy only when the model is in memory, and is left alone until then", async () => {
    const requested = await requestedBy(() => void new components.ResidentModelService("chat", resident));
    inRegion(requested, region);
    const group = only(requested, "aws:lb/targetGroup:TargetGroup").inputs;
    assert.equal((group.healthCheck as { path: string }).path, "/ready");
    assert.ok(Number(group.slowStart) >= 30 && Number(group.slowStart) <= 900);
    const service = only(requested, "aws:ecs/service:Service", "chat").inputs;
    // 60 s for the container, 22.3 s for the network, 139.6 s for the disk; twice.
    assert.equal(service.healthCheckGracePeriodSeconds, 444);
    assert.equal(service.deploymentMinimumHealthyPercent, 100);
    assert.equal(only(requested, "aws:autoscaling/group:Group").inputs.minSize, 2);
  });

  it("speaks gRPC where asked, by a path of its service and a header of its model", async () => {
    const header = { name: "x-endpoint", value: "chat" };
    const entry = { ...point, path: "/inference.GRPCInferenceService/*", header };
    const requested = await requestedBy(
      () => void new components.ResidentModelService("chat", { ...resident, grpc: true, entry }),
    );
    const group = only(requested, "aws:lb/targetGroup:TargetGroup").inputs;
    assert.equal(group.protocolVersion, "GRPC");
    const { path, matcher } = group.healthCheck as { path: string; matcher: string };
    assert.deepEqual([path, matcher], ["/grpc.health.v1.Health/Check", "0"]);
    const rule = only(requested, "aws:lb/listenerRule:ListenerRule").inputs;
    assert.deepEqual(rule.conditions, [
      { pathPattern: { values: ["/inference.GRPCInferenceService/*"] } },
      { httpHeader: { httpHeaderName: "x-endpoint", values: ["chat"] } },
    ]);
  });

  it("takes a new version back when its alarms say so", async () => {
    const requested = await requestedBy(() => void new components.ResidentModelService("chat", resident));
    const { alarms } = only(requested, "aws:ecs/service:Service", "chat").inputs as {
      alarms: { enable: boolean; rollback: boolean; alarmNames: unknown[] };
    };
    assert.deepEqual([alarms.enable, alarms.rollback, alarms.alarmNames.length], [true, true, 2]);
  });

  it("is preloaded from a file system where there is one, and from the bucket otherwise", async () => {
    const preload = async (change: Partial<components.ResidentModelServiceArgs>) => {
      const requested = await requestedBy(
        () => void new components.ResidentModelService("chat", { ...resident, ...change }),
      );
      const task = only(requested, "aws:ecs/taskDefinition:TaskDefinition").inputs;
      const template = only(requested, "aws:ec2/launchTemplate:LaunchTemplate").inputs;
      const [container] = JSON.parse(String(task.containerDefinitions)) as { command: string[] }[];
      const userData = Buffer.from(String(template.userData), "base64").toString();
      return { command: container?.command.join(" ") ?? "", volumes: task.volumes, userData };
    };
    const bucket = await preload({});
    assert.match(bucket.command, /^aws s3 sync "\$MODEL_URI" \/models\/assistant\/v1$/);
    assert.doesNotMatch(bucket.userData, /lustre/);
    const preloadFrom = {
      dnsName: "fs.example",
      mountName: "abc",
      path: "/assistant/v1",
      securityGroupId: "fs",
    };
    const files = await preload({ preloadFrom });
    assert.match(files.command, /cp -ru "\/fsx\/assistant\/v1\/\." \/models\/assistant\/v1/);
    assert.equal((files.volumes as unknown[]).length, 2);
    assert.match(files.userData, /mount -t lustre .* fs\.example@tcp:\/abc \/fsx/);
  });

  it("spans instances over EFA in one zone and one placement group", async () => {
    const large = {
      ...resident,
      instanceType: "p5en.48xlarge",
      instancesPerCopy: 2,
      floor: 1,
      model: { ...model, gib: 1300 },
    };
    const requested = await requestedBy(() => void new components.ResidentModelService("large", large));
    assert.equal(only(requested, "aws:ec2/placementGroup:PlacementGroup").inputs.strategy, "cluster");
    const fleet = only(requested, "aws:autoscaling/group:Group").inputs;
    assert.deepEqual([fleet.vpcZoneIdentifiers, fleet.minSize], [["a"], 2]);
    const services = requested.filter(({ type }) => type === "aws:ecs/service:Service");
    assert.deepEqual(
      services.map(({ name, inputs }) => [name, inputs.desiredCount]),
      [
        ["large", 1],
        ["large-worker", 1],
      ],
    );
    const template = only(requested, "aws:ec2/launchTemplate:LaunchTemplate").inputs;
    const interfaces = template.networkInterfaces as { interfaceType: string }[];
    assert.equal(interfaces.filter(({ interfaceType }) => interfaceType === "efa-only").length, 16);
  });

  it("refuses a copy that spans instances without EFA, and one of many", async () => {
    const wrong = { ...resident, instanceType: "g6e.xlarge", instancesPerCopy: 8 };
    await requestedBy(() => {
      assert.throws(
        () => new components.ResidentModelService("x", wrong),
        /instancesPerCopy: 8: g6e\.xlarge has no EFA.*\n.*floor: 2: a copy that spans/,
      );
    });
  });
});

describe("ModelCache", () => {
  const cache: components.ModelCacheArgs = {
    region,
    accountId,
    gib: 130,
    instanceType: "ml.g6e.48xlarge",
    labels,
    copies: [{ name: "osaka", region: "ap-northeast-3", bucketArn: "arn:aws:s3:::o", keyArn: "k" }],
  };

  it("replicates inside its residency, encrypted there with the key of the copy", async () => {
    const requested = await requestedBy(() => void new components.ModelCache("assistant", cache));
    const { rules } = only(requested, "aws:s3/bucketReplicationConfig:BucketReplicationConfig").inputs as {
      rules: { destination: unknown }[];
    };
    assert.deepEqual(
      rules.map(({ destination }) => destination),
      [{ bucket: "arn:aws:s3:::o", encryptionConfiguration: { replicaKmsKeyId: "k" } }],
    );
  });

  it("predicts the cold start", async () => {
    let seconds = 0;
    await requestedBy(() => {
      seconds = new components.ModelCache("assistant", cache).coldStartSeconds;
    });
    assert.equal(seconds, 222);
  });

  it("refuses a copy outside its residency", async () => {
    const abroad = { name: "abroad", region: "us-east-1", bucketArn: "a", keyArn: "k" };
    await requestedBy(() => {
      assert.throws(
        () => new components.ModelCache("x", { ...cache, copies: [abroad] }),
        /copies\[0\]\.region: "us-east-1" \(US\) is outside japan-only/,
      );
    });
  });
});

describe("ServingEntry", () => {
  it("is internal, speaks TLS, and writes down who asked without their credentials", async () => {
    const args = { region, network, certificateArn: "certificate", trustStoreArn: "store", labels };
    const requested = await requestedBy(() => void new components.ServingEntry("tokyo", args));
    inRegion(requested, region);
    const balancer = only(requested, "aws:lb/loadBalancer:LoadBalancer").inputs;
    assert.equal(balancer.internal, true);
    assert.equal((balancer.accessLogs as { enabled: boolean }).enabled, true);
    const listener = only(requested, "aws:lb/listener:Listener").inputs;
    assert.deepEqual(listener.mutualAuthentication, { mode: "verify", trustStoreArn: "store" });
    const log = only(requested, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs;
    assert.deepEqual(log.redactedFields, [
      { singleHeader: { name: "authorization" } },
      { singleHeader: { name: "cookie" } },
    ]);
    for (const { inputs } of requested.filter(({ type }) => type === "aws:s3/bucket:Bucket"))
      assert.deepEqual(inputs.tags, tags);
  });
});

describe("FrontDoor", () => {
  it("has one listener, one group for each region, and latency records with health checks beside it", async () => {
    const requested = await requestedBy(() => void new components.FrontDoor("japan", door));
    only(requested, "aws:globalaccelerator/listener:Listener");
    const groups = requested.filter(({ type }) => type.endsWith(":EndpointGroup"));
    assert.deepEqual(
      groups.map(({ inputs }) => inputs.endpointGroupRegion),
      ["ap-northeast-1", "ap-northeast-3"],
    );
    const latency = requested.filter(
      ({ type, inputs }) => type === "aws:route53/record:Record" && inputs.latencyRoutingPolicies,
    );
    assert.deepEqual(
      latency.map(({ inputs }) => [inputs.name, inputs.latencyRoutingPolicies]),
      ["ap-northeast-1", "ap-northeast-3"].map((one) => ["regions.assistant.example.com", [{ region: one }]]),
    );
    assert.equal(requested.filter(({ type }) => type === "aws:route53/healthCheck:HealthCheck").length, 2);
  });

  it("answers the countries of its bloc alone where asked", async () => {
    const only = { ...door, countries: ["JP"] };
    const requested = await requestedBy(() => void new components.FrontDoor("japan", only));
    const records = requested.filter(({ inputs }) => inputs.name === "assistant.example.com");
    assert.deepEqual(
      records.map(({ inputs }) => inputs.geolocationRoutingPolicies),
      [[{ country: "JP" }]],
    );
  });

  it("refuses two blocs behind one listener", async () => {
    const [tokyo] = door.entries;
    assert.ok(tokyo);
    const wrong = { ...door, entries: [tokyo, { ...tokyo, region: "eu-central-1" }], countries: ["DE"] };
    await requestedBy(() => {
      assert.throws(
        () => new components.FrontDoor("x", wrong),
        /entries: ap-northeast-1, eu-central-1 are in JP and EEA.*\n.*countries: DE are outside JP/,
      );
    });
  });
});
