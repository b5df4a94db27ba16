import { isRecord, isUnknown, type PlannedResource, type Value } from "@hybrid-ai-fabric/graph";

/** Terraform's names of the types that the programs of the comparison use. */
const types: { [token: string]: string } = {
  "aws:s3/bucket:Bucket": "aws_s3_bucket",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": "aws_s3_bucket_replication_configuration",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "aws_s3_bucket_server_side_encryption_configuration",
  "aws:s3/bucketLogging:BucketLogging": "aws_s3_bucket_logging",
  "aws:kms/key:Key": "aws_kms_key",
  "aws:kms/replicaKey:ReplicaKey": "aws_kms_replica_key",
  "aws:cloudwatch/eventBus:EventBus": "aws_cloudwatch_event_bus",
  "aws:cloudwatch/eventRule:EventRule": "aws_cloudwatch_event_rule",
  "aws:cloudwatch/eventTarget:EventTarget": "aws_cloudwatch_event_target",
  "aws:rds/instance:Instance": "aws_db_instance",
  "aws:backup/vault:Vault": "aws_backup_vault",
  "aws:backup/plan:Plan": "aws_backup_plan",
  "aws:backup/selection:Selection": "aws_backup_selection",
  "aws:dynamodb/table:Table": "aws_dynamodb_table",
  "aws:bedrock/inferenceProfile:InferenceProfile": "aws_bedrock_inference_profile",
  "aws:cloudwatch/logGroup:LogGroup": "aws_cloudwatch_log_group",
  "aws:cloudwatch/logDestination:LogDestination": "aws_cloudwatch_log_destination",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": "aws_cloudwatch_log_subscription_filter",
  "aws:kinesis/stream:Stream": "aws_kinesis_stream",
  "aws:ec2/vpc:Vpc": "aws_vpc",
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": "aws_vpc_peering_connection",
};

/** Lists of blocks: Terraform names them in the singular. */
const blocks: { [property: string]: string } = {
  rules: "rule",
  copyActions: "copy_action",
  replicas: "replica",
  attributes: "attribute",
};

/**
 * The same plan as `terraform show -json` would print it, with unknowns in `after_unknown` and the references of the
 * configuration: all that Terraform gives its checkers.
 */
export function terraformPlan(resources: readonly PlannedResource[]): unknown {
  const managed = resources.filter(({ type }) => !type.startsWith("pulumi:"));
  const addresses = new Map(managed.map((resource) => [resource.urn, addressOf(resource)]));
  const provider = "registry.terraform.io/hashicorp/aws";
  const heads = managed.map((resource) => {
    const head = { address: addressOf(resource), mode: "managed", type: typeOf(resource) };
    return { resource, head: { ...head, name: identifier(resource.name), provider_name: provider } };
  });
  return {
    format_version: "1.2",
    terraform_version: "1.9.8",
    planned_values: {
      root_module: {
        resources: heads.map(({ head, resource }) => ({
          ...{ ...head, schema_version: 0 },
          ...{ values: known(resource.inputs, ""), sensitive_values: {} },
        })),
      },
    },
    resource_changes: heads.map(({ head, resource }) => ({
      ...head,
      change: {
        ...{ actions: ["create"], before: null, after: known(resource.inputs, "") },
        ...{
          after_unknown: { ...unknownsOf(resource.inputs), id: true, arn: true },
          before_sensitive: false,
        },
      },
    })),
    configuration: {
      provider_config: {
        aws: {
          name: "aws",
          full_name: provider,
          expressions: { region: { constant_value: "ap-northeast-1" } },
        },
      },
      root_module: {
        resources: heads.map(({ head, resource }) => ({
          ...{ ...head, provider_config_key: "aws", schema_version: 0 },
          expressions: Object.fromEntries(
            Object.entries(resource.inputs).map(([property, value]) => {
              const references = (resource.propertyDependencies[property] ?? [])
                .map((urn) => addresses.get(urn))
                .flatMap((address) => (address ? [`${address}.arn`, address] : []));
              return [snake(property), expression(value, references)];
            }),
          ),
        })),
      },
    },
  };
}

function typeOf({ type }: PlannedResource): string {
  const found = types[type];
  if (found === undefined) throw new Error(`${type} has no name in Terraform here`);
  return found;
}

function addressOf(resource: PlannedResource): string {
  return `${typeOf(resource)}.${identifier(resource.name)}`;
}

function identifier(name: string): string {
  return name.replaceAll(/\W/g, "_");
}

function snake(property: string): string {
  return blocks[property] ?? property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Blocks are lists in Terraform, also where there can be only one; tags are a map. */
function known(value: Value, property: string): unknown {
  if (isUnknown(value)) return undefined;
  if (Array.isArray(value)) return value.map((element) => known(element, "[]"));
  if (!isRecord(value)) return value;
  if (property === "tags") return value;
  const block = Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => !isUnknown(child))
      .map(([key, child]) => [snake(key), known(child, key)]),
  );
  return property === "" || property === "[]" ? block : [block];
}

function unknownsOf(value: Value, property = ""): { [key: string]: unknown } {
  if (!isRecord(value) || property === "tags") return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => {
      const found = unknownIn(child, key);
      return found === undefined ? [] : [[snake(key), found]];
    }),
  );
}

function unknownIn(value: Value, property: string): unknown {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) {
    const elements = value.map((element) => (isUnknown(element) ? true : unknownsOf(element)));
    return elements.some((element) => element === true || Object.keys(element).length > 0)
      ? elements
      : undefined;
  }
  const nested = unknownsOf(value, property);
  return Object.keys(nested).length > 0 ? [nested] : undefined;
}

function expression(value: Value, references: readonly string[]): unknown {
  if (isUnknown(value)) return references.length > 0 ? { references } : {};
  if (Array.isArray(value)) return value.map((element) => expressionsIn(element, references));
  if (isRecord(value) && Object.values(value).some((child) => isUnknown(child) || isRecord(child)))
    return [expressionsIn(value, references)];
  return { constant_value: value };
}

function expressionsIn(value: Value, references: readonly string[]): unknown {
  if (!isRecord(value)) return expression(value, references);
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [snake(key), expression(child, references)]),
  );
}
