import * as aws from "@pulumi/aws";
import { joinedLabels, labelTags } from "../../labels";
import { isAws } from "../ends";
import type { Edge } from "../expansion";
import type { AgentTopology } from "../topology";
import { channelTags, type FabricContext, type Granted, regionOf } from "./region";

/** Address of an agent on site, which its mesh and its callers agree on. */
export function siteHost(agent: string, { site }: { site?: { trustDomain: string } }): string {
  return `${agent}.agents.${site?.trustDomain ?? ""}`;
}

/**
 * Calls from AWS to agents on site: Lattice hands on to an address behind Direct Connect, and the caller brings a token
 * of its role that is made for this one agent. No secret of the site is kept in AWS.
 */
export function renderSiteCalls(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
): Granted[] {
  const ways = edges.filter(
    ({ carrier, from }) => carrier === "gatewayApi" && isAws(topology.places[from.at ?? ""]),
  );
  const { name, parent } = context;
  for (const place of new Set(ways.map(({ from }) => from.at ?? ""))) {
    const region = regionOf(context, place);
    const local = ways.filter(({ from }) => from.at === place);
    const labels = joinedLabels(local.map((edge) => edge.labels));
    const tags = labels ? labelTags(labels) : {};
    const out = new aws.ec2.SecurityGroup(
      `${name}-${place}-to-sites`,
      { region: region.region, vpcId: region.vpcId, description: "Calls to agents on sites", tags },
      { parent },
    );
    const gateway = new aws.vpclattice.ResourceGateway(
      `${name}-${place}-sites`,
      {
        region: region.region,
        vpcId: region.vpcId,
        subnetIds: region.subnetIds,
        securityGroupIds: [out.id],
        ipAddressType: "IPV4",
        tags,
      },
      { parent },
    );
    for (const edge of local) {
      const configuration = new aws.vpclattice.ResourceConfiguration(
        `${name}-${edge.channel}`,
        {
          region: region.region,
          type: "SINGLE",
          protocol: "TCP",
          portRanges: ["443"],
          resourceGatewayIdentifier: gateway.id,
          resourceConfigurationDefinition: {
            dnsResource: {
              domainName: siteHost(edge.to.name, topology.places[edge.to.at ?? ""] ?? {}),
              ipAddressType: "IPV4",
            },
          },
          tags: channelTags(edge),
        },
        { parent: context.channels[edge.channel] ?? parent },
      );
      new aws.ec2.VpcEndpoint(
        `${name}-${edge.channel}`,
        {
          region: region.region,
          vpcEndpointType: "Resource",
          resourceConfigurationArn: configuration.arn,
          vpcId: region.vpcId,
          subnetIds: region.subnetIds,
          securityGroupIds: [out.id],
          tags: channelTags(edge),
        },
        { parent: context.channels[edge.channel] ?? parent },
      );
    }
  }
  return ways.map(({ channel, from, to }) =>
    tokenGrant(from.name, channel, siteHost(to.name, topology.places[to.at ?? ""] ?? {})),
  );
}

/** A token of the role of an agent, made for one receiver and worthless everywhere else. */
export function tokenGrant(agent: string, channel: string, host: string): Granted {
  return {
    agent,
    channel,
    actions: ["sts:GetWebIdentityToken"],
    resources: ["*"],
    conditions: { "ForAnyValue:StringEquals": { "sts:IdentityTokenAudience": [`https://${host}`] } },
  };
}
