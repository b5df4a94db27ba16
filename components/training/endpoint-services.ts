/** Who starts the work of a cluster, as far as its private endpoints depend on it. */
export interface OrchestratorChoice {
  eks?: object;
  ecs?: object;
  hyperPod?: object;
}

/** Services that nodes of every orchestrator reach: images, credentials and logs. */
const everywhere = ["ecr.api", "ecr.dkr", "sts", "logs", "ec2"];

/**
 * Services that need an interface endpoint, because the subnets of a cluster have no way to the Internet (EKS, ECS and
 * HyperPod user guides: private clusters, 2026).
 */
export function endpointServices({ eks, ecs, hyperPod }: OrchestratorChoice): string[] {
  return [
    ...everywhere,
    ...(eks ? ["eks", "eks-auth", "autoscaling"] : []),
    ...(ecs ? ["ecs", "ecs-agent", "ecs-telemetry", "ssm", "ssmmessages", "ec2messages"] : []),
    ...(hyperPod ? ["sagemaker.api", "ssm", "ssmmessages", "ec2messages"] : []),
  ].sort();
}
