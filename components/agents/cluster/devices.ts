import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { joinedLabels, labelAnnotations } from "../../labels";
import type { Edge } from "../expansion";
import { mosquittoAcl, mosquittoConfig } from "../objects/mosquitto-config";
import type { ClusterContext } from "./context";

/** Eclipse Mosquitto: free in every sense, where EMQX is not since 5.9. */
const IMAGE = "docker.io/library/eclipse-mosquitto:2.0.22";

/** MQTT on site: one broker with an access list, and a bridge with a line per channel. */
export function renderBroker(
  { name, fabric, place, topology, parent }: ClusterContext,
  edges: readonly Edge[],
  endpoint: pulumi.Input<string> | undefined,
  ready: pulumi.Resource[],
): void {
  const here = edges.filter(
    ({ transport, from, to }) => transport === "mqtt" && (from.at === place || to.at === place),
  );
  const labels = joinedLabels(here.map((edge) => edge.labels));
  if (!topology.places[place]?.site || !labels) return;
  const namespace = "agents";
  const app = { app: "mosquitto" };
  const metadata = { name: "mosquitto", namespace, annotations: labelAnnotations(labels) };
  const child = { parent, dependsOn: ready };
  const config = new kubernetes.core.v1.ConfigMap(
    `${name}-mosquitto`,
    {
      metadata: { name: "mosquitto", namespace },
      data: {
        acl: mosquittoAcl(here, place),
        "mosquitto.conf": pulumi
          .output(endpoint ?? "")
          .apply((known) => mosquittoConfig(here, { fabric, site: place, endpoint: known })),
      },
    },
    child,
  );
  const mounts = { config: "/mosquitto/config", tls: "/mosquitto/tls", bridge: "/mosquitto/bridge" };
  new kubernetes.apps.v1.Deployment(
    `${name}-mosquitto`,
    {
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: app },
        template: {
          metadata: { labels: app, annotations: labelAnnotations(labels) },
          spec: {
            containers: [
              {
                name: "mosquitto",
                image: IMAGE,
                args: ["/usr/sbin/mosquitto", "-c", `${mounts.config}/mosquitto.conf`],
                ports: [{ containerPort: 8883 }],
                volumeMounts: Object.entries(mounts).map(([volume, mountPath]) => ({
                  name: volume,
                  mountPath,
                  readOnly: true,
                })),
              },
            ],
            volumes: [
              { name: "config", configMap: { name: config.metadata.name } },
              { name: "tls", secret: { secretName: "mosquitto-tls" } },
              { name: "bridge", secret: { secretName: "mosquitto-bridge", optional: true } },
            ],
          },
        },
      },
    },
    child,
  );
  new kubernetes.core.v1.Service(
    `${name}-mosquitto`,
    {
      metadata: { name: "mosquitto", namespace },
      spec: { selector: app, ports: [{ name: "mqtts", port: 8883 }] },
    },
    child,
  );
}
