import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ServingEntryPoint } from "./attachments";
import { createRollbackAlarms } from "./rollback-alarms";

/**
 * Alarms that take a new version back: the circuit breaker of ECS sees tasks that do not start, these see tasks that start
 * and answer with errors, or whose model does not stay in memory.
 */
export function watchResident(
  name: string,
  args: {
    region: string;
    point: ServingEntryPoint;
    group: aws.lb.TargetGroup;
    tags: { [tag: string]: string };
  },
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm[] {
  const { region, point, group, tags } = args;
  return createRollbackAlarms(
    name,
    {
      region,
      namespace: "AWS/ApplicationELB",
      dimensions: { LoadBalancer: point.metricName, TargetGroup: group.arnSuffix },
      errors: "HTTPCode_Target_5XX_Count",
      slow: {
        metricName: "TargetResponseTime",
        threshold: 30,
        alarmDescription: "The model takes longer than 30 s to begin its answer",
      },
      tags,
    },
    child,
  );
}

/** Copies follow the requests per minute, between floor and ceiling. */
export function scaleResident(
  name: string,
  args: {
    region: string;
    cluster: aws.ecs.Cluster;
    service: aws.ecs.Service;
    group: aws.lb.TargetGroup;
    point: ServingEntryPoint;
    floor: number;
    ceiling: number;
    requestsPerMinute: number;
    /** Seconds until a new copy is of use. */
    grace: number;
    tags: { [tag: string]: string };
  },
  child: pulumi.CustomResourceOptions,
): void {
  const { region, floor, ceiling, tags } = args;
  if (ceiling === floor) return;
  const by = {
    region,
    serviceNamespace: "ecs",
    resourceId: pulumi.interpolate`service/${args.cluster.name}/${args.service.name}`,
    scalableDimension: "ecs:service:DesiredCount",
  };
  const scalable = new aws.appautoscaling.Target(
    name,
    { ...by, minCapacity: floor, maxCapacity: ceiling, tags },
    child,
  );
  new aws.appautoscaling.Policy(
    name,
    {
      ...by,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: args.requestsPerMinute,
        predefinedMetricSpecification: {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: pulumi.interpolate`${args.point.metricName}/${args.group.arnSuffix}`,
        },
        scaleOutCooldown: 60,
        scaleInCooldown: Math.max(300, args.grace),
      },
    },
    { ...child, dependsOn: [scalable] },
  );
}
