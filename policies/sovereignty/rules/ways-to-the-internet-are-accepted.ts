import {
  compare,
  declaredProperties,
  type Finding,
  isUnknown,
  leavesAt,
  matchesGlob,
  type Rule,
  shortName,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";
import { isUnlimited } from "@hybrid-ai-fabric/locality";
import { describePath, type Presence, presences } from "./arrivals";

export const internetAccepted: Rule = {
  id: "ways-to-the-internet-are-accepted",
  pack: "sovereignty",
  severity: "medium",
  level: "advisory",
  description:
    "A network or a machine that holds a dataset and has a way to the Internet can send it to any country; whether it does, no plan shows.",
  remediation:
    "Take the default route or the public address away, or accept the way as settings.attestations `internet:<name>` with what filters it.",
  evaluate: (view) => {
    const open = new Map<string, { presence: Presence; property: string; datasets: Set<string> }>();
    for (const presence of presences(view)) {
      const { node } = presence.arrival;
      const { residency, name } = presence.dataset;
      if (!node.resource || isUnlimited(residency, "transit")) continue;
      const known = open.get(node.urn);
      if (known) {
        known.datasets.add(name);
        continue;
      }
      const property = wayOut(node.resource.type, declaredProperties(node.resource));
      if (property === undefined || isAccepted(view, node.resource.name, node.urn)) continue;
      open.set(node.urn, { presence, property, datasets: new Set([name]) });
    }
    return [...open.values()].map(({ presence, property, datasets }): Finding => {
      const { urn } = presence.arrival.node;
      const names = [...datasets].sort(compare);
      const path = [...presence.path, { urn, property }];
      const text = names.map((one) => `"${one}"`).join(", ");
      return {
        verdict: "cannotBeShown",
        urn,
        level: view.settings.strict ? "mandatory" : "advisory",
        message: `${shortName(urn)} can carry dataset ${text} to the Internet by ${property}, and nothing shows that it does not. Path: ${describePath(path)}.`,
        path,
        ...(names.length === 1 ? { dataset: names[0] ?? "" } : {}),
      };
    });
  },
};

/** Properties that open a way, by type: a default route, or an address that the world can see. */
const ways: { [type: string]: { path: string; opens(value: Value): boolean }[] | undefined } = {
  "aws:ec2/route:Route": [route("destinationCidrBlock"), route("destinationIpv6CidrBlock")],
  "aws:ec2/routeTable:RouteTable": [route("routes[].cidrBlock"), route("routes[].ipv6CidrBlock")],
  "aws:ec2/defaultRouteTable:DefaultRouteTable": [
    route("routes[].cidrBlock"),
    route("routes[].ipv6CidrBlock"),
  ],
  "aws:ec2/instance:Instance": [address("associatePublicIpAddress")],
  "aws:ec2/launchTemplate:LaunchTemplate": [address("networkInterfaces[].associatePublicIpAddress")],
  "aws:ec2/launchConfiguration:LaunchConfiguration": [address("associatePublicIpAddress")],
  "aws:ecs/service:Service": [address("networkConfiguration.assignPublicIp")],
  "aws:rds/instance:Instance": [address("publiclyAccessible")],
  "aws:rds/clusterInstance:ClusterInstance": [address("publiclyAccessible")],
  "aws:redshift/cluster:Cluster": [address("publiclyAccessible")],
  "aws:redshiftserverless/workgroup:Workgroup": [address("publiclyAccessible")],
  "aws:mq/broker:Broker": [address("publiclyAccessible")],
  "aws:dms/replicationInstance:ReplicationInstance": [address("publiclyAccessible")],
  // Anybody may call it, and what it answers leaves with the answer.
  "aws:lambda/functionUrl:FunctionUrl": [
    { path: "authorizationType", opens: (value: Value) => value === "NONE" },
  ],
};

function route(path: string) {
  return { path, opens: (value: Value) => value === "0.0.0.0/0" || value === "::/0" };
}

function address(path: string) {
  return { path, opens: (value: Value) => value === true || value === "true" };
}

/** Ends of a default route inside the private network: the network behind them is judged by its own routes. */
const insideEnds = [
  "transitGatewayId",
  "vpcPeeringConnectionId",
  "coreNetworkArn",
  "vpcEndpointId",
  "localGatewayId",
];

function wayOut(type: string, properties: { [property: string]: Value }): string | undefined {
  if (type === "aws:ec2/route:Route" && insideEnds.some((end) => (properties[end] ?? null) !== null))
    return undefined;
  for (const { path, opens } of ways[type] ?? []) {
    const found = leavesAt(properties, path).find(({ value }) => opens(value) || isUnknown(value));
    if (found) return found.path;
  }
  return undefined;
}

function isAccepted(view: View, name: string, urn: string): boolean {
  const accepted = view.settings.attestations.find(
    (entry) =>
      entry.expires >= view.today &&
      (entry.id === `internet:${name}` ||
        (entry.id.startsWith("internet:") && entry.urn !== undefined && matchesGlob(entry.urn, urn))),
  );
  if (accepted) view.use(`attestation ${accepted.id}`);
  return accepted !== undefined;
}
