import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { joinedLabels, labelAnnotations } from "../../labels";
import type { Edge } from "../expansion";
import { bridgeConfig, mosquittoAcl, mosquittoConfig } from "../objects/mosquitto-config";
import { natsConfig } from "../objects/nats-config";
import type { ClusterContext } from "./context";

/** Eclipse Mosquitto: free in every sense, where EMQX is not since 5.9. */
const MOSQUITTO = "docker.io/library/eclipse-mosquitto:2.0.22";
const NATS = "docker.io/library/nats:2.15.2-alpine";

/** Port of MQTT over TLS. */
const PORT = 8883;

/** MQTT on site: one broker with an access list, and a bridge with a line per channel. */
export function renderBroker(
  context: ClusterContext,
  edges: readonly Edge[],
  endpoint: pulumi.Input<string> | undefined,
  ready: pulumi.Resource[],
): void {
  const { fabric, place, topology } = context;
  const site = topology.places[place]?.site;
  const here = edges.filter(
    ({ transport, from, to }) => transport === "mqtt" && (from.at === place || to.at === place),
  );
  if (!site || here.length === 0) return;
  const bridged = (text: (known: { fabric: string; site: string; endpoint: string }) => string) =>
    pulumi.output(endpoint ?? "").apply((known) => text({ fabric, site: place, endpoint: known }));
  if (site.mqttBroker === "nats") {
    run(context, here, ready, {
      name: "nats",
      image: NATS,
      args: ["-c", "/nats/config/nats.conf"],
      data: { "nats.conf": natsConfig(here, place) },
      mounts: { config: "/nats/config", tls: "/nats/tls" },
      keeps: "/data",
      serves: true,
    });
    if (!here.some(({ crosses }) => crosses)) return;
    run(context, here, ready, {
      name: "mqtt-bridge",
      image: MOSQUITTO,
      args: ["/usr/sbin/mosquitto", "-c", "/mosquitto/config/mosquitto.conf"],
      data: { "mosquitto.conf": bridged((known) => bridgeConfig(here, known)) },
      mounts: { config: "/mosquitto/config", tls: "/mosquitto/tls", bridge: "/mosquitto/bridge" },
      serves: false,
    });
    return;
  }
  run(context, here, ready, {
    name: "mosquitto",
    image: MOSQUITTO,
    args: ["/usr/sbin/mosquitto", "-c", "/mosquitto/config/mosquitto.conf"],
    data: {
      acl: mosquittoAcl(here, place),
      "mosquitto.conf": bridged((known) => mosquittoConfig(here, known)),
    },
    mounts: { config: "/mosquitto/config", tls: "/mosquitto/tls", bridge: "/mosquitto/bridge" },
    serves: true,
  });
}

interface Broker {
  name: string;
  image: string;
  args: string[];
  data: { [file: string]: pulumi.Input<string> };
  /** Where its configuration, its certificates and those for IoT Core are read. */
  mounts: { config: string; tls: string; bridge?: string };
  /** Directory of what it keeps: in memory, and gone with the pod. */
  keeps?: string;
  /** True when clients connect to it. */
  serves: boolean;
}

function run(
  { name, parent }: ClusterContext,
  edges: readonly Edge[],
  ready: pulumi.Resource[],
  broker: Broker,
): void {
  const labels = joinedLabels(edges.map((edge) => edge.labels));
  if (!labels) return;
  const namespace = "agents";
  const app = { app: broker.name };
  const annotations = labelAnnotations(labels);
  const child = { parent, dependsOn: ready };
  const { mounts, keeps } = broker;
  const config = new kubernetes.core.v1.ConfigMap(
    `${name}-${broker.name}`,
    { metadata: { name: broker.name, namespace }, data: broker.data },
    child,
  );
  const volumes = [
    { name: "config", configMap: { name: config.metadata.name } },
    { name: "tls", secret: { secretName: `${broker.name}-tls` } },
    ...(mounts.bridge
      ? [{ name: "bridge", secret: { secretName: "mosquitto-bridge", optional: true } }]
      : []),
    ...(keeps ? [{ name: "kept", emptyDir: { medium: "Memory", sizeLimit: "256Mi" } }] : []),
  ];
  const read = Object.entries(mounts).map(([volume, mountPath]) => ({
    name: volume,
    mountPath,
    readOnly: true,
  }));
  new kubernetes.apps.v1.Deployment(
    `${name}-${broker.name}`,
    {
      metadata: { name: broker.name, namespace, annotations },
      spec: {
        replicas: 1,
        selector: { matchLabels: app },
        template: {
          metadata: { labels: app, annotations },
          spec: {
            containers: [
              {
                name: broker.name,
                image: broker.image,
                args: broker.args,
                ...(broker.serves ? { ports: [{ containerPort: PORT }] } : {}),
                volumeMounts: [...read, ...(keeps ? [{ name: "kept", mountPath: keeps }] : [])],
              },
            ],
            volumes,
          },
        },
      },
    },
    child,
  );
  if (!broker.serves) return;
  new kubernetes.core.v1.Service(
    `${name}-${broker.name}`,
    {
      metadata: { name: broker.name, namespace },
      spec: { selector: app, ports: [{ name: "mqtts", port: PORT }] },
    },
    child,
  );
}
