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

/** The broker, and its bridge to IoT Core with one line per channel. */
export function mosquittoConfig(
  edges: readonly Edge[],
  { fabric, site, endpoint }: { fabric: string; site: string; endpoint: string },
): string {
  const bridged = edges
    .filter(({ crosses }) => crosses)
    .map(({ from, declaration }) => `topic ${declaration.mqtt?.topic} ${from.at === site ? "out" : "in"} 1`);
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
    ...(bridged.length === 0
      ? []
      : [
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
          ...bridged,
        ]),
    "",
  ].join("\n");
}
