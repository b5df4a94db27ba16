import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What is watched of a served model, by the names of the service that counts it. */
export interface Watched {
  region: string;
  namespace: string;
  dimensions: { [dimension: string]: pulumi.Input<string> };
  /** Metric of answers that are errors. */
  errors: string;
  /** Metric of the time of an answer; thresholds differ, because services count in different units. */
  slow: { metricName: string; threshold: number; alarmDescription: string };
  tags: { [tag: string]: string };
}

/** Alarms that take a new version back: errors, and slow answers, in two of three minutes. */
export function createRollbackAlarms(
  name: string,
  watched: Watched,
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm[] {
  const { region, namespace, dimensions, errors, slow, tags } = watched;
  const common = {
    region,
    namespace,
    comparisonOperator: "GreaterThanThreshold",
    period: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: "notBreaching",
    dimensions,
    tags,
  };
  return [
    new aws.cloudwatch.MetricAlarm(
      `${name}-errors`,
      {
        ...common,
        alarmDescription: "The model answers with errors",
        metricName: errors,
        statistic: "Sum",
        threshold: 5,
      },
      child,
    ),
    new aws.cloudwatch.MetricAlarm(`${name}-slow`, { ...common, ...slow, extendedStatistic: "p90" }, child),
  ];
}
