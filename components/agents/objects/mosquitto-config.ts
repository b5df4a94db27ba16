import { bridgeClient } from "../aws/devices";
import type { Edge } from "../expansion";

/** The access list of the broker on site: each client by the name in its certificate, each topic by name. */
export function mosquittoAcl(edges: readonly Edge[], site: string): string {
  const lines = edges.flatMap(({ from, to, declaration }) => {
    const topic = declaration.mqtt?.topic ?? "";
    return [
      ...(from.at === site ? [`user ${from.name}`, `topic write ${topic}`, ""] : []),
      ...(to.at === site ? [`user ${to.name}`, `topic read ${topic}`, ""] : []),
    ];
  });
  return ["# Who is not named here may do nothing.", ...lines].join("\n");
}

interface Bridged {
  fabric: string;
  site: string;
  /** Address of IoT Core. */
  endpoint: string;
}

/** The broker, and its bridge to IoT Core with one line per channel. */
export function mosquittoConfig(edges: readonly Edge[], bridged: Bridged): string {
  return [
    "listener 8883",
    "cafile /mosquitto/tls/ca.crt",
    "certfile /mosquitto/tls/tls.crt",
    "keyfile /mosquitto/tls/tls.key",
    "tls_version tlsv1.2",
    "require_certificate true",
    "use_identity_as_username true",
    "allow_anonymous false",
    "acl_file /mosquitto/config/acl",
    ...toIotCore(edges, bridged),
    "",
  ].join("\n");
}

/**
 * A Mosquitto that is no broker: it carries the topics that cross between NATS and IoT Core, which NATS cannot do
 * itself, and listens to nobody else.
 */
export function bridgeConfig(edges: readonly Edge[], bridged: Bridged): string {
  const { site } = bridged;
  return [
    "listener 0 /tmp/mosquitto.sock",
    "allow_anonymous false",
    "",
    "connection nats",
    "address nats:8883",
    "bridge_protocol_version mqttv311",
    "bridge_cafile /mosquitto/tls/ca.crt",
    "bridge_certfile /mosquitto/tls/tls.crt",
    "bridge_keyfile /mosquitto/tls/tls.key",
    "cleansession false",
    "try_private false",
    "notifications false",
    // What goes out to IoT Core comes in from NATS, and the other way round.
    ...lines(edges, site, { up: "in", down: "out" }),
    ...toIotCore(edges, bridged),
    "",
  ].join("\n");
}

function toIotCore(edges: readonly Edge[], { fabric, site, endpoint }: Bridged): string[] {
  const topics = lines(edges, site, { up: "out", down: "in" });
  if (topics.length === 0) return [];
  return [
    "",
    "connection iot-core",
    `address ${endpoint}:8883`,
    `remote_clientid ${bridgeClient(fabric, site)}`,
    "bridge_protocol_version mqttv311",
    "bridge_cafile /mosquitto/bridge/ca.crt",
    "bridge_certfile /mosquitto/bridge/tls.crt",
    "bridge_keyfile /mosquitto/bridge/tls.key",
    "cleansession false",
    "try_private false",
    "notifications false",
    ...topics,
  ];
}

function lines(edges: readonly Edge[], site: string, way: { up: string; down: string }): string[] {
  return edges
    .filter(({ crosses }) => crosses)
    .map(
      ({ from, declaration }) => `topic ${declaration.mqtt?.topic} ${from.at === site ? way.up : way.down} 1`,
    );
}
