import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { isAws } from "../ends";
import type { Edge } from "../expansion";
import type { AgentTopology } from "../topology";
import { createTopicRule } from "./device-rules";
import {
  type AgentRegion,
  arn,
  channelTags,
  type FabricContext,
  type Granted,
  policyOf,
  regionOf,
} from "./region";

/** Newest named policy of IoT Core that refuses everything older than TLS 1.2 (AWS IoT developer guide). */
const TLS_POLICY = "IoTSecurityPolicy_TLS13_1_2_2022_10";

/** MQTT in AWS: IoT Core, topics by name, and one thing per site that bridges exactly the declared ones. */
export function renderDevices(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
  certificates: { [site: string]: pulumi.Input<string> },
): Granted[] {
  const inAws = (place: string | undefined) => isAws(topology.places[place ?? ""]);
  const ways = edges
    .filter(({ transport, from, to }) => transport === "mqtt" && (inAws(from.at) || inAws(to.at)))
    .map((edge) => {
      // A rule stands with its receiver, and takes what is sent to it there.
      const sent = inAws(edge.from.at) && edge.carrier !== "iotRule";
      return { edge, region: regionOf(context, (sent ? edge.from.at : edge.to.at) ?? "") };
    });
  for (const place of new Set(ways.map(({ region }) => region.place)))
    configure(context, regionOf(context, place));
  bridge(context, ways, topology, certificates);
  return ways.flatMap(({ edge, region }) => {
    const { sends, listens } = grants(edge, region, inAws);
    // Where a rule hands messages over, the receiver listens to its queue and not to the topic.
    return edge.carrier === "iotRule"
      ? [...sends, createTopicRule(context, edge, region)]
      : [...sends, ...listens];
  });
}

/** Sites and devices meet one name, by certificates and by TLS of today. */
function configure({ name, parent }: FabricContext, { place, region }: AgentRegion): void {
  new aws.iot.DomainConfiguration(
    `${name}-${place}`,
    {
      region,
      serviceType: "DATA",
      applicationProtocol: "SECURE_MQTT",
      authenticationType: "AWS_X509",
      tlsConfig: { securityPolicy: TLS_POLICY },
    },
    { parent },
  );
}

interface Way {
  edge: Edge;
  region: AgentRegion;
}

/** The broker of a site as a client of IoT Core. A policy per channel, so that each goes alone. */
function bridge(
  { name, parent, channels }: FabricContext,
  ways: readonly Way[],
  topology: AgentTopology,
  certificates: { [site: string]: pulumi.Input<string> },
): void {
  const things = new Map<string, aws.iot.Thing>();
  for (const { edge, region } of ways) {
    const [site] = [edge.from.at, edge.to.at].filter((place) => topology.places[place ?? ""]?.site);
    if (site === undefined) continue;
    const client = bridgeClient(name, site);
    const key = `${client}-${region.place}`;
    if (!things.has(key)) {
      things.set(key, new aws.iot.Thing(key, { region: region.region, name: key }, { parent }));
    }
    const child = { parent: channels[edge.channel] ?? parent };
    const topic = edge.declaration.mqtt?.topic ?? "";
    const up = edge.from.at === site;
    const actions = up ? ["iot:Publish"] : ["iot:Receive"];
    const policy = new aws.iot.Policy(
      `${name}-${edge.channel}`,
      {
        region: region.region,
        policy: JSON.stringify(
          policyOf(
            { Effect: "Allow", Action: ["iot:Connect"], Resource: [arn(region, "iot", `client/${client}`)] },
            { Effect: "Allow", Action: actions, Resource: [arn(region, "iot", `topic/${topic}`)] },
            ...(up
              ? []
              : [
                  {
                    Effect: "Allow",
                    Action: ["iot:Subscribe"],
                    Resource: [arn(region, "iot", `topicfilter/${topic}`)],
                  },
                ]),
          ),
        ),
        tags: channelTags(edge),
      },
      child,
    );
    const target = certificates[site];
    if (target !== undefined)
      new aws.iot.PolicyAttachment(
        `${name}-${edge.channel}`,
        { region: region.region, policy: policy.name, target },
        child,
      );
  }
}

/** Client id of the broker of a site: both ends write it down. */
export function bridgeClient(fabric: string, site: string): string {
  return `${fabric}-bridge-${site}`;
}

function grants(
  { channel, from, to, declaration }: Edge,
  region: AgentRegion,
  inAws: (at?: string) => boolean,
): { sends: Granted[]; listens: Granted[] } {
  const topic = declaration.mqtt?.topic ?? "";
  const client = (agent: string) => arn(region, "iot", `client/${agent}`);
  const named = arn(region, "iot", `topic/${topic}`);
  const sends = {
    agent: from.name,
    channel,
    actions: ["iot:Connect", "iot:Publish"],
    resources: [client(from.name), named],
  };
  const listens = {
    agent: to.name,
    channel,
    actions: ["iot:Connect", "iot:Subscribe", "iot:Receive"],
    resources: [client(to.name), arn(region, "iot", `topicfilter/${topic}`), named],
  };
  return { sends: inAws(from.at) ? [sends] : [], listens: inAws(to.at) ? [listens] : [] };
}
