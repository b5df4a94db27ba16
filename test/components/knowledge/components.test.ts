import assert from "node:assert/strict";
import * as components from "../../../components";
import { LONGEST_NAME, shortName } from "../../../components/knowledge/short-name";
import { only, readableIn, requestedBy } from "../../support/mocks";

const labels = { dataset: "manuals", classification: "confidential", kinds: [], residency: ["bloc:EEA"] };
const tags = {
  "hybrid-ai:dataset": "manuals",
  "hybrid-ai:classification": "confidential",
  "hybrid-ai:residency": "bloc:EEA",
};
const network = { vpcId: "vpc", subnetIds: ["a", "b", "c"], cidr: "10.32.0.0/16" };
const index = {
  region: "eu-central-1",
  accountId: "111122223333",
  vectors: 20_000_000,
  dimension: 1024,
  labels,
};

describe("VectorIndex", () => {
  it("is a domain with a standby, closed to all but roles, sized from its vectors", async () => {
    const openSearch = { network, adminRoleArn: "admin", readerArns: ["reader"] };
    let settings = "";
    const requested = await requestedBy(() => {
      settings = new components.VectorIndex("manuals", { ...index, openSearch }).indexSettings;
    });
    const { inputs } = only(requested, "aws:opensearch/domain:Domain");
    const cluster = inputs.clusterConfig as { [property: string]: unknown };
    // 1.1 x (4 x 1024 + 8 x 16) bytes x 20 million x 3 copies = 259.7 GiB.
    assert.deepEqual(
      [cluster.multiAzWithStandbyEnabled, cluster.instanceType, cluster.instanceCount],
      [true, "r7g.2xlarge.search", 18],
    );
    const group = only(requested, "aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual(group.tags, tags);
    const arn = `arn:aws:logs:eu-central-1:111122223333:log-group:${group.name}`;
    assert.deepEqual(
      inputs.logPublishingOptions,
      ["SEARCH_SLOW_LOGS", "INDEX_SLOW_LOGS", "ES_APPLICATION_LOGS", "AUDIT_LOGS"].map((logType) => ({
        logType,
        cloudwatchLogGroupArn: arn,
      })),
    );
    assert.deepEqual(inputs.advancedSecurityOptions, {
      enabled: true,
      internalUserDatabaseEnabled: false,
      masterUserOptions: { masterUserArn: "admin" },
    });
    assert.deepEqual(inputs.tags, tags);
    assert.equal(JSON.parse(settings).mappings.properties.vector.dimension, 1024);
  });

  it("is a collection whose encryption policy comes first, reached from its VPC alone", async () => {
    const serverless = { network, readerArns: ["reader"] };
    const requested = await requestedBy(
      () => void new components.VectorIndex("manuals", { ...index, serverless }),
    );
    const type = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy";
    assert.equal(only(requested, type, "manuals-encryption").inputs.type, "encryption");
    assert.equal(only(requested, type, "manuals-network").inputs.type, "network");
    const collection = only(requested, "aws:opensearch/serverlessCollection:ServerlessCollection").inputs;
    assert.deepEqual([collection.type, collection.standbyReplicas], ["VECTORSEARCH", "ENABLED"]);
  });

  it("is an index at Pinecone in a region that policies can read, with a secret key", async () => {
    const pinecone = { apiKey: "example" };
    const requested = await requestedBy(
      () => void new components.VectorIndex("manuals", { ...index, pinecone }),
    );
    const { inputs } = only(requested, "pinecone:index/index:Index");
    assert.deepEqual(inputs.spec, { serverless: { cloud: "aws", region: "eu-central-1" } });
    const provider = only(requested, "pulumi:providers:pinecone").inputs;
    // Pulumi's mark of a secret: it is encrypted in the state and shown nowhere.
    assert.equal(
      (provider.apiKey as { [key: string]: string })["4dabf18193072939515e22adb298388d"],
      "1b47061264138c4ac30d75fd1eb44270",
    );
    assert.doesNotMatch(readableIn(requested), /"example"/);
  });

  it("is a vector bucket of the cheap tier", async () => {
    const requested = await requestedBy(
      () => void new components.VectorIndex("manuals", { ...index, s3Vectors: {} }),
    );
    const { inputs } = only(requested, "aws:s3/vectorsIndex:VectorsIndex");
    assert.deepEqual([inputs.dimension, inputs.distanceMetric, inputs.dataType], [1024, "cosine", "float32"]);
  });

  it("refuses a dimension that the engine has not, two engines, and a Pinecone region abroad", () => {
    const reasons = (args: components.VectorIndexArgs) =>
      components.validateVectorIndex(args).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
    assert.match(
      reasons({ ...index, dimension: 8192, s3Vectors: {} }).join(),
      /dimension: 8192: s3Vectors takes .* 1 to 4096/,
    );
    assert.match(
      reasons({ ...index, s3Vectors: {}, pinecone: { apiKey: "x" } }).join(),
      /engine: pinecone and s3Vectors: exactly one of/,
    );
    assert.match(
      reasons({ ...index, region: "us-east-1", pinecone: { apiKey: "x" } }).join(),
      /region: "us-east-1" \(US\) is a Pinecone region outside bloc:EEA/,
    );
    assert.match(reasons(index).join(), /engine: none/);
  });
});

describe("FeatureStore", () => {
  const group: components.FeatureStoreGroup = {
    name: "customers",
    record: "customer",
    eventTime: "at",
    features: [
      { name: "customer", type: "String" },
      { name: "at", type: "String" },
      { name: "visits", type: "Integral" },
    ],
    onlineDays: 30,
  };

  it("keeps both stores in its region, with its key and a table of Iceberg", async () => {
    const args = { region: "eu-central-1", accountId: "111122223333", groups: [group], labels };
    const requested = await requestedBy(() => void new components.FeatureStore("customers", args));
    const { inputs } = only(requested, "aws:sagemaker/featureGroup:FeatureGroup");
    const online = inputs.onlineStoreConfig as { [property: string]: unknown };
    assert.deepEqual(online.ttlDuration, { unit: "Days", value: 30 });
    assert.equal((inputs.offlineStoreConfig as { tableFormat: string }).tableFormat, "Iceberg");
    assert.equal(inputs.region, "eu-central-1");
    assert.equal(only(requested, "aws:s3/bucket:Bucket").inputs.region, "eu-central-1");
    assert.deepEqual(inputs.tags, tags);
  });

  it("refuses records and times that are no features", () => {
    const wrong = { ...group, record: "user", eventTime: "when", storage: "Fast" };
    const args = { region: "eu-central-1", accountId: "111122223333", groups: [wrong], labels };
    assert.deepEqual(
      components.validateFeatureStore(args).map(({ propertyPath }) => propertyPath),
      ["groups[0].record", "groups[0].eventTime", "groups[0].storage"],
    );
  });
});

describe("names at OpenSearch Serverless", () => {
  it("fit, and differ where the names differ", () => {
    const long = "a-very-long-name-of-an-index-in-frankfurt";
    assert.equal(shortName("manuals"), "manuals");
    assert.ok(shortName(long).length <= LONGEST_NAME);
    assert.notEqual(shortName(long), shortName(`${long}-2`));
  });
});
