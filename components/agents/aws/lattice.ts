import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { joinedLabels, labelTags } from "../../labels";
import type { Edge } from "../expansion";
import type { AgentTopology } from "../topology";
import {
  type AgentRegion,
  arn,
  channelTags,
  type FabricContext,
  type Granted,
  onlyAgent,
  policyOf,
  regionOf,
} from "./region";

/** Days that calls are kept in the log: long enough to look into one, short enough to be no store. */
const LOG_DAYS = 30;

/** HTTP and gRPC to agents in AWS: a service of VPC Lattice per channel, so that each opens and closes alone. */
export function renderLattice(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
): Granted[] {
  const here = edges.filter(({ carrier }) => carrier === "lattice");
  const places = [...new Set(here.map(({ to }) => to.at ?? ""))];
  return places.flatMap((place) => {
    const local = here.filter(({ to }) => to.at === place);
    const region = regionOf(context, place);
    const network = createNetwork(context, region, local);
    return local.map((edge) => openService(context, region, network, edge, topology));
  });
}

function createNetwork(
  { name, parent }: FabricContext,
  { place, region, accountId, vpcId, subnetIds, callerCidrs, keyArn, labels: beside }: AgentRegion,
  edges: readonly Edge[],
): aws.vpclattice.ServiceNetwork {
  const child = { parent };
  const carried = edges.map((edge) => edge.labels);
  const labels = joinedLabels(carried);
  const logged = joinedLabels([...carried, ...(beside ? [beside] : [])]);
  const tags = labels ? labelTags(labels) : {};
  const prefix = `${name}-${place}`;
  const network = new aws.vpclattice.ServiceNetwork(prefix, { region, authType: "AWS_IAM", tags }, child);
  new aws.vpclattice.AuthPolicy(
    prefix,
    {
      region,
      resourceIdentifier: network.arn,
      policy: JSON.stringify(
        policyOf({
          Effect: "Allow",
          Principal: "*",
          Action: "vpc-lattice-svcs:Invoke",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
        }),
      ),
    },
    child,
  );
  const callers = new aws.ec2.SecurityGroup(
    `${prefix}-callers`,
    {
      region,
      vpcId,
      description: "Agents that call agents over VPC Lattice",
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: callerCidrs }],
      tags,
    },
    child,
  );
  new aws.vpclattice.ServiceNetworkVpcAssociation(
    prefix,
    {
      region,
      serviceNetworkIdentifier: network.id,
      vpcIdentifier: vpcId,
      securityGroupIds: [callers.id],
      tags,
    },
    child,
  );
  const log = new aws.cloudwatch.LogGroup(
    `${prefix}-calls`,
    {
      region,
      retentionInDays: LOG_DAYS,
      ...(keyArn ? { kmsKeyId: keyArn } : {}),
      tags: logged ? labelTags(logged) : {},
    },
    child,
  );
  new aws.vpclattice.AccessLogSubscription(
    prefix,
    { region, resourceIdentifier: network.arn, destinationArn: log.arn, tags },
    child,
  );
  // Callers on site and in other regions are outside the VPC: they reach the network by an endpoint only.
  if (edges.some(({ crosses }) => crosses)) {
    new aws.ec2.VpcEndpoint(
      prefix,
      {
        region,
        vpcEndpointType: "ServiceNetwork",
        serviceNetworkArn: network.arn,
        vpcId,
        subnetIds,
        securityGroupIds: [callers.id],
        tags,
      },
      child,
    );
  }
  return network;
}

function openService(
  { name, channels, parent }: FabricContext,
  region: AgentRegion,
  network: aws.vpclattice.ServiceNetwork,
  edge: Edge,
  topology: AgentTopology,
): Granted {
  const child = { parent: channels[edge.channel] ?? parent };
  const prefix = `${name}-${edge.channel}`;
  const tags = channelTags(edge);
  const port = topology.agents[edge.to.name]?.port ?? 8080;
  const protocolVersion = edge.transport === "grpc" ? "GRPC" : "HTTP1";
  const inRegion = { region: region.region, tags };
  const targets = new aws.vpclattice.TargetGroup(
    prefix,
    {
      ...inRegion,
      type: "IP",
      // TLS as far as the mesh, which takes nothing else.
      config: { port, protocol: "HTTPS", protocolVersion, vpcIdentifier: region.vpcId },
    },
    child,
  );
  const service = new aws.vpclattice.Service(prefix, { ...inRegion, authType: "AWS_IAM" }, child);
  new aws.vpclattice.Listener(
    prefix,
    {
      ...inRegion,
      protocol: "HTTPS",
      port: 443,
      serviceIdentifier: service.id,
      defaultAction: { forwards: [{ targetGroups: [{ targetGroupIdentifier: targets.id }] }] },
    },
    child,
  );
  new aws.vpclattice.AuthPolicy(
    prefix,
    {
      region: region.region,
      resourceIdentifier: service.arn,
      policy: JSON.stringify(policyOf(...callerStatements(name, region, edge))),
    },
    child,
  );
  new aws.vpclattice.ServiceNetworkServiceAssociation(
    prefix,
    { ...inRegion, serviceIdentifier: service.id, serviceNetworkIdentifier: network.id },
    child,
  );
  return {
    agent: edge.from.name,
    channel: edge.channel,
    actions: ["vpc-lattice-svcs:Invoke"],
    resources: [pulumi.interpolate`${service.arn}/*`],
  };
}

/** One caller, its paths and its methods; whatever is not said is denied. */
function callerStatements(fabric: string, region: AgentRegion, { from, declaration }: Edge): object[] {
  const { http, grpc } = declaration;
  const paths = http?.paths ?? (grpc?.methods ?? ["*"]).map((method) => `/${grpc?.service}/${method}`);
  return [
    {
      Sid: "Caller",
      Effect: "Allow",
      Principal: "*",
      Action: "vpc-lattice-svcs:Invoke",
      Resource: arn(region, "vpc-lattice", "service/*"),
      Condition: {
        ...onlyAgent(fabric, from.name, region),
        StringLike: { "vpc-lattice-svcs:RequestPath": paths },
        StringEquals: { "vpc-lattice-svcs:RequestMethod": http?.methods ?? ["POST"] },
      },
    },
  ];
}
