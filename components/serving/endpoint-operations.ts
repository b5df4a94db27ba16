import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createRollbackAlarms } from "./rollback-alarms";
import type { SageMakerEndpointRollout } from "./sagemaker-endpoint";

/** Never below the floor: an instance that starts only when somebody asks answers a cold start too late. */
export function scaleEndpoint(
  name: string,
  args: {
    region: string;
    resourceId: pulumi.Output<string>;
    dimension: string;
    metric: string;
    floor: number;
    ceiling: number;
    concurrency: number;
    coldStartSeconds: number;
    tags: { [tag: string]: string };
  },
  child: pulumi.CustomResourceOptions,
): void {
  const { region, resourceId, tags } = args;
  const target = new aws.appautoscaling.Target(
    name,
    {
      region,
      serviceNamespace: "sagemaker",
      resourceId,
      scalableDimension: args.dimension,
      minCapacity: args.floor,
      maxCapacity: args.ceiling,
      tags,
    },
    child,
  );
  new aws.appautoscaling.Policy(
    name,
    {
      region,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      resourceId: target.resourceId,
      scalableDimension: target.scalableDimension,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: args.concurrency,
        predefinedMetricSpecification: { predefinedMetricType: args.metric },
        scaleOutCooldown: 60,
        // A new instance is of use only when the model is resident: going in too early pays the cold start twice.
        scaleInCooldown: Math.max(300, Math.ceil(args.coldStartSeconds * 2)),
      },
    },
    child,
  );
}

/** Errors and slow answers of the endpoint, by a name that the rollout needs before the endpoint exists. */
export function watchEndpoint(
  name: string,
  args: { region: string; endpointName: string; variant: string; tags: { [tag: string]: string } },
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm[] {
  const { region, endpointName, variant, tags } = args;
  return createRollbackAlarms(
    name,
    {
      region,
      namespace: "AWS/SageMaker",
      dimensions: { EndpointName: endpointName, VariantName: variant },
      errors: "Invocation5XXErrors",
      slow: {
        metricName: "ModelLatency",
        threshold: 30_000_000,
        alarmDescription: "The model takes longer than 30 s, in microseconds",
      },
      tags,
    },
    child,
  );
}

/** Blue/green by a canary, or one part of the fleet after the other; an alarm takes the new version back. */
export function rollout(
  chosen: SageMakerEndpointRollout | undefined,
  alarms: readonly aws.cloudwatch.MetricAlarm[],
): aws.types.input.sagemaker.EndpointDeploymentConfig {
  const { kind = "canary", percent = 10, waitSeconds = 600 } = chosen ?? {};
  const size = { type: "CAPACITY_PERCENT", value: percent };
  const autoRollbackConfiguration = { alarms: alarms.map((alarm) => ({ alarmName: alarm.name })) };
  if (kind === "rolling") {
    return {
      rollingUpdatePolicy: { maximumBatchSize: size, waitIntervalInSeconds: waitSeconds },
      autoRollbackConfiguration,
    };
  }
  return {
    blueGreenUpdatePolicy: {
      trafficRoutingConfiguration: { type: "CANARY", canarySize: size, waitIntervalInSeconds: waitSeconds },
      terminationWaitInSeconds: 300,
    },
    autoRollbackConfiguration,
  };
}
