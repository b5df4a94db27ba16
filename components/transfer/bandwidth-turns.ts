import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type BulkTransferDayLimit, timeOf } from "./day-limits";
import type { Shard } from "./shards";
import { turnsOfTasks } from "./task-options";

/** The tasks whose limit turns with the time of day. */
export interface BandwidthTurns {
  region: string;
  accountId: string;
  limits: readonly BulkTransferDayLimit[];
  /** Mbps outside of the limits; none when absent. */
  otherwise: number | undefined;
  taskArns: readonly pulumi.Output<string>[];
  /** Share of each of the tasks. */
  shards: readonly Shard[];
}

/**
 * Turns the limit of running executions at hours of the day. A DataSync task has one limit and no hours, and a new limit
 * of a task reaches only its next execution; UpdateTaskExecution reaches the one that runs. So at every turn a schedule
 * starts a state machine, which asks each task for its running execution and changes it. No code runs in it.
 */
export function createBandwidthTurns(
  name: string,
  turning: BandwidthTurns,
  child: pulumi.CustomResourceOptions,
): void {
  const { region, accountId, taskArns } = turning;
  const turns = turnsOfTasks(turning.limits, turning.otherwise, turning.shards);
  if (turns.length === 0 || taskArns.length === 0) return;
  const machine = new aws.sfn.StateMachine(
    `${name}-limit`,
    {
      region,
      roleArn: turnerRole().arn,
      // Constant, so that policies read it before anything exists: which tasks it turns comes with each start.
      definition: JSON.stringify(turnRunningExecutions),
    },
    child,
  );
  const starter = starterRole();
  for (const { minute, mbps, bytesPerSecond } of turns) {
    const [hours, minutes] = timeOf(minute).split(":");
    new aws.scheduler.Schedule(
      `${name}-limit-${hours}${minutes}`,
      {
        region,
        description: `Limit of ${name} from ${timeOf(minute)} UTC on: ${mbps === undefined ? "none" : `${mbps} Mbps`}`,
        scheduleExpression: `cron(${Number(minutes)} ${Number(hours)} * * ? *)`,
        scheduleExpressionTimezone: "UTC",
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: machine.arn,
          roleArn: starter.arn,
          input: pulumi.jsonStringify({
            tasks: taskArns.map((taskArn, index) => ({ taskArn, bytesPerSecond: bytesPerSecond[index] })),
          }),
          retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 900 },
        },
      },
      child,
    );
  }

  function turnerRole(): aws.iam.Role {
    return roleOf("turn", "states.amazonaws.com", [
      { Effect: "Allow", Action: "datasync:DescribeTask", Resource: taskArns },
      {
        Effect: "Allow",
        Action: "datasync:UpdateTaskExecution",
        Resource: taskArns.map((arn) => pulumi.interpolate`${arn}/execution/*`),
      },
    ]);
  }

  function starterRole(): aws.iam.Role {
    return roleOf("start", "scheduler.amazonaws.com", [
      { Effect: "Allow", Action: "states:StartExecution", Resource: machine.arn },
    ]);
  }

  function roleOf(role: string, principal: string, statements: { [key: string]: unknown }[]): aws.iam.Role {
    const created = new aws.iam.Role(
      `${name}-${role}`,
      {
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: principal },
              Action: "sts:AssumeRole",
              Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
          ],
        }),
      },
      child,
    );
    new aws.iam.RolePolicy(
      `${name}-${role}`,
      {
        role: created.id,
        policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }),
      },
      child,
    );
    return created;
  }
}

/** In the language of Step Functions: for each task of the input, the execution that runs, if one does, gets its limit. */
const turnRunningExecutions = {
  Comment: "Changes the bandwidth limit of running DataSync executions",
  StartAt: "EachTask",
  States: {
    EachTask: {
      Type: "Map",
      ItemsPath: "$.tasks",
      ItemProcessor: {
        StartAt: "FindExecution",
        States: {
          FindExecution: {
            Type: "Task",
            Resource: "arn:aws:states:::aws-sdk:datasync:describeTask",
            Parameters: { "TaskArn.$": "$.taskArn" },
            ResultPath: "$.task",
            Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2 }],
            Next: "IsOneRunning",
          },
          IsOneRunning: {
            Type: "Choice",
            Choices: [
              {
                And: [
                  { Variable: "$.task.CurrentTaskExecutionArn", IsPresent: true },
                  { Variable: "$.task.Status", StringEquals: "RUNNING" },
                ],
                Next: "TurnLimit",
              },
            ],
            Default: "NothingRuns",
          },
          TurnLimit: {
            Type: "Task",
            Resource: "arn:aws:states:::aws-sdk:datasync:updateTaskExecution",
            Parameters: {
              "TaskExecutionArn.$": "$.task.CurrentTaskExecutionArn",
              Options: { "BytesPerSecond.$": "$.bytesPerSecond" },
            },
            Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2 }],
            End: true,
          },
          NothingRuns: { Type: "Succeed" },
        },
      },
      End: true,
    },
  },
};
