import type { Edge } from "../expansion";

/** Client id and user of the bridge between NATS and IoT Core: the name in its certificate. */
export const BRIDGE = "mqtt-bridge";

/** A topic of MQTT as NATS writes it: levels by dots. */
export function subjectOf(topic: string): string {
  return topic.replace(/\//g, ".");
}

/**
 * NATS as the MQTT broker of a site: clients by the name in their certificate, subjects by name, and nothing for whom no
 * channel names. The bridge is a client like every other, with the topics that cross and no more.
 */
export function natsConfig(edges: readonly Edge[], site: string): string {
  const may = new Map<string, { publish: string[]; subscribe: string[] }>();
  const permit = (user: string, way: "publish" | "subscribe", topic: string) => {
    const permissions = may.get(user) ?? { publish: [], subscribe: [] };
    permissions[way].push(subjectOf(topic));
    may.set(user, permissions);
  };
  for (const { from, to, declaration } of edges) {
    const topic = declaration.mqtt?.topic ?? "";
    permit(from.at === site ? from.name : BRIDGE, "publish", topic);
    permit(to.at === site ? to.name : BRIDGE, "subscribe", topic);
  }
  return [
    "# Who is not named here may do nothing.",
    'server_name: "agents"',
    "jetstream { store_dir: /data }",
    "mqtt {",
    "  port: 8883",
    "  tls {",
    "    ca_file: /nats/tls/ca.crt",
    "    cert_file: /nats/tls/tls.crt",
    "    key_file: /nats/tls/tls.key",
    "    verify_and_map: true",
    "  }",
    "}",
    "authorization {",
    "  users = [",
    ...[...may]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([user, permissions]) => `    ${entry(user, permissions)}`),
    "  ]",
    "}",
    "",
  ].join("\n");
}

/** QoS 1 is delivered on subjects of the server's own, which a subscriber must be let onto (NATS, MQTT permissions). */
function entry(user: string, { publish, subscribe }: { publish: string[]; subscribe: string[] }): string {
  const list = (subjects: readonly string[]) =>
    `[${subjects.map((subject) => JSON.stringify(subject)).join(", ")}]`;
  const reads = subscribe.length === 0 ? [] : [...subscribe, "$MQTT.sub.>"];
  const permissions = `{ publish: { allow: ${list(publish)} }, subscribe: { allow: ${list(reads)} } }`;
  return `{ user: "CN=${user}", permissions: ${permissions}, allowed_connection_types: ["MQTT"] }`;
}
