import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ServingEntryPoint, ServingNetwork } from "./attachments";

/** What a load balancer sends requests to, and when it counts as able to answer. */
export interface ServiceTarget {
  region: string;
  port: number;
  /** ip for tasks with an address of their own, instance for tasks that use that of their instance. */
  targetType: "ip" | "instance";
  healthPath: string;
  /** HTTP codes that count as healthy, such as 200; for gRPC its own codes, such as 0. */
  healthMatcher: string;
  /** Speaks gRPC, which needs HTTP/2 on both sides of the load balancer. */
  grpc: boolean;
  /** Seconds in which a target that just became healthy gets a growing share: 30 to 900, or 0. */
  slowStartSeconds: number;
  point: ServingEntryPoint;
  network: ServingNetwork;
  /** Security group of the service. */
  securityGroupId: pulumi.Input<string>;
  tags: { [tag: string]: string };
}

/** A target group with its rule at the listener of the region, and the way from the load balancer to it. */
export function createTarget(
  name: string,
  args: ServiceTarget,
  child: pulumi.CustomResourceOptions,
): { group: aws.lb.TargetGroup; rule: aws.lb.ListenerRule } {
  const { region, port, point, tags } = args;
  const group = new aws.lb.TargetGroup(
    name,
    {
      region,
      vpcId: args.network.vpcId,
      targetType: args.targetType,
      protocol: "HTTP",
      protocolVersion: args.grpc ? "GRPC" : "HTTP1",
      port,
      slowStart: args.slowStartSeconds,
      // Answers are streamed: a connection that drains may still be speaking.
      deregistrationDelay: 120,
      // Slow start excludes the balancing by outstanding requests, and answers differ in length by orders of magnitude.
      loadBalancingAlgorithmType: args.slowStartSeconds > 0 ? "round_robin" : "least_outstanding_requests",
      healthCheck: {
        path: args.healthPath,
        protocol: "HTTP",
        matcher: args.healthMatcher,
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      tags,
    },
    child,
  );
  const rule = new aws.lb.ListenerRule(
    name,
    {
      region,
      listenerArn: point.listenerArn,
      priority: point.priority,
      conditions: [
        { pathPattern: { values: [point.path] } },
        ...(point.header
          ? [{ httpHeader: { httpHeaderName: point.header.name, values: [point.header.value] } }]
          : []),
      ],
      actions: [{ type: "forward", targetGroupArn: group.arn }],
      tags,
    },
    child,
  );
  const between = { region, ipProtocol: "tcp", fromPort: port, toPort: port };
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-from-entry`,
    {
      ...between,
      securityGroupId: args.securityGroupId,
      referencedSecurityGroupId: point.securityGroupId,
    },
    child,
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-from-entry`,
    {
      ...between,
      securityGroupId: point.securityGroupId,
      referencedSecurityGroupId: args.securityGroupId,
    },
    child,
  );
  return { group, rule };
}
