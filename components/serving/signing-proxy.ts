import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ServingEntryPoint, ServingNetwork } from "./attachments";
import { letReachPrivateServices } from "./egress";
import { createTarget } from "./target";

/** The proxy that signs requests for the runtime of SageMaker, which a load balancer cannot. */
export interface SigningProxy {
  region: string;
  accountId: string;
  /** Image of aws-sigv4-proxy: it streams what it forwards. Envoy with its request signing filter takes the same place. */
  image: pulumi.Input<string>;
  endpointArn: pulumi.Input<string>;
  point: ServingEntryPoint;
  network: ServingNetwork;
  tags: { [tag: string]: string };
}

const PORT = 8080;

/** Two small tasks in different zones, stateless, that reach the runtime by its private endpoint in the VPC. */
export function createSigningProxy(
  name: string,
  args: SigningProxy,
  child: pulumi.CustomResourceOptions,
): { service: aws.ecs.Service } {
  const { region, network, tags } = args;
  const proxy = `${name}-proxy`;
  const cluster = new aws.ecs.Cluster(proxy, { region, tags }, child);
  const roles = createRoles();
  // Known before creation: a task definition that held an unknown name could not be read by any rule.
  const logGroupName = `/hybrid-ai/serving/${proxy}`;
  const log = new aws.cloudwatch.LogGroup(
    proxy,
    { region, name: logGroupName, retentionInDays: 30, tags },
    child,
  );
  const task = createTask();
  const group = closeNetwork();
  const target = createTarget(
    proxy,
    {
      region,
      port: PORT,
      targetType: "ip",
      healthPath: "/",
      // It has no page of its own: whatever the runtime answers, the proxy and its way are alive.
      healthMatcher: "200-499",
      // The runtime of SageMaker has no gRPC.
      grpc: false,
      slowStartSeconds: 0,
      point: args.point,
      network,
      securityGroupId: group.id,
      tags,
    },
    child,
  );
  const service = new aws.ecs.Service(
    proxy,
    {
      region,
      cluster: cluster.arn,
      taskDefinition: task.arn,
      launchType: "FARGATE",
      desiredCount: 2,
      networkConfiguration: {
        subnets: network.subnetIds,
        securityGroups: [group.id],
        assignPublicIp: false,
      },
      loadBalancers: [{ targetGroupArn: target.group.arn, containerName: "proxy", containerPort: PORT }],
      deploymentCircuitBreaker: { enable: true, rollback: true },
      propagateTags: "SERVICE",
      tags,
    },
    // A target group must hang at a listener before a service may use it.
    { ...child, dependsOn: [target.rule, log] },
  );
  return { service };

  function createRoles(): { execution: aws.iam.Role; task: aws.iam.Role } {
    const assumeRolePolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
        },
      ],
    });
    const execution = new aws.iam.Role(
      `${proxy}-start`,
      {
        assumeRolePolicy,
        managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"],
      },
      child,
    );
    const running = new aws.iam.Role(`${proxy}-sign`, { assumeRolePolicy }, child);
    new aws.iam.RolePolicy(
      `${proxy}-sign`,
      {
        role: running.id,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointWithResponseStream"],
              Resource: args.endpointArn,
            },
          ],
        }),
      },
      child,
    );
    return { execution, task: running };
  }

  function createTask(): aws.ecs.TaskDefinition {
    return new aws.ecs.TaskDefinition(
      proxy,
      {
        region,
        family: proxy,
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: "512",
        memory: "1024",
        executionRoleArn: roles.execution.arn,
        taskRoleArn: roles.task.arn,
        containerDefinitions: pulumi.jsonStringify([
          {
            name: "proxy",
            image: args.image,
            essential: true,
            command: [
              "--name",
              "sagemaker",
              "--region",
              region,
              "--host",
              `runtime.sagemaker.${region}.amazonaws.com`,
              "--port",
              `:${PORT}`,
            ],
            portMappings: [{ containerPort: PORT, protocol: "tcp" }],
            readonlyRootFilesystem: true,
            logConfiguration: {
              logDriver: "awslogs",
              options: {
                "awslogs-group": logGroupName,
                "awslogs-region": region,
                "awslogs-stream-prefix": "proxy",
              },
            },
          },
        ]),
        tags,
      },
      child,
    );
  }

  function closeNetwork(): aws.ec2.SecurityGroup {
    const created = new aws.ec2.SecurityGroup(
      proxy,
      {
        region,
        vpcId: network.vpcId,
        description: "Proxy that signs requests for the runtime",
        tags: { Name: proxy, ...tags },
      },
      child,
    );
    letReachPrivateServices(proxy, region, created.id, network, child);
    return created;
  }
}
