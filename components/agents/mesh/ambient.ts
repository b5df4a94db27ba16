import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { createObject } from "../../site/objects/custom-object";
import { strictPeers } from "../objects/istio";
import type { ServiceMeshIstio, ServiceMeshRemote } from "../service-mesh";

const CHARTS = "https://istio-release.storage.googleapis.com/charts";
/** Of the same line as the published schemas that the objects were checked against. */
const VERSION = "1.30.3";
const NAMESPACE = "istio-system";

/** Istio in ambient mode from its four charts, mTLS everywhere, and remote clusters by explicit gateways only. */
export function installAmbient(name: string, istio: ServiceMeshIstio, parent: pulumi.Resource): void {
  const release = (
    chart: string,
    values: pulumi.Inputs,
    dependsOn: pulumi.Resource[],
  ): kubernetes.helm.v3.Release =>
    new kubernetes.helm.v3.Release(
      `${name}-${chart}`,
      {
        name: chart === "base" ? "istio-base" : `istio-${chart}`,
        chart,
        version: VERSION,
        namespace: NAMESPACE,
        createNamespace: true,
        repositoryOpts: { repo: CHARTS },
        values,
      },
      { parent, dependsOn },
    );
  const global = {
    meshID: name,
    network: istio.network,
    multiCluster: { clusterName: istio.cluster },
  };
  const base = release("base", {}, []);
  const control = release(
    "istiod",
    {
      profile: "ambient",
      global,
      // Other trust domains are named where they may call; none is an alias of this one.
      meshConfig: { trustDomain: istio.trustDomain, outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } },
    },
    [base],
  );
  const cni = release("cni", { profile: "ambient" }, [base]);
  const ztunnel = release("ztunnel", { multiCluster: global.multiCluster, network: istio.network }, [
    control,
    cni,
  ]);
  createObject(`${name}-peers`, strictPeers(NAMESPACE), { parent, dependsOn: [ztunnel] });
  for (const remote of istio.remotes ?? []) reach(name, remote, { parent, dependsOn: [ztunnel] });
}

/** A remote cluster is one host behind its gateway: no secret to read its API, and no service by label. */
function reach(
  name: string,
  { name: cluster, gateway, trustDomain }: ServiceMeshRemote,
  opts: pulumi.CustomResourceOptions,
): void {
  createObject(
    `${name}-remote-${cluster}`,
    {
      apiVersion: "networking.istio.io/v1",
      kind: "ServiceEntry",
      metadata: { name: `remote-${cluster}`, namespace: NAMESPACE },
      spec: {
        hosts: [`*.agents.${trustDomain}`],
        location: "MESH_EXTERNAL",
        resolution: "STATIC",
        ports: [{ number: 443, name: "tls", protocol: "TLS" }],
        endpoints: [{ address: gateway, network: cluster }],
      },
    },
    opts,
  );
}
