import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ArgumentProblem } from "../problems";
import type { ServiceMeshAppMesh } from "./service-mesh";

/** When AWS switched App Mesh off (AWS containers blog); resources cannot be reached since. */
export const APP_MESH_ENDED = "2026-09-30";

/** A mesh of App Mesh as it was declared: enough to read old state, and to translate it. */
export interface AppMeshDescription {
  /** Name of the mesh in App Mesh. */
  meshName: string;
  /** DROP_ALL or ALLOW_ALL: whether nodes reached what no backend named. */
  egressFilter: string;
  /** Virtual nodes of the mesh. */
  nodes: AppMeshNode[];
  /** Virtual services of the mesh. */
  services: AppMeshService[];
}

/** A virtual node: a workload and whom it called. */
export interface AppMeshNode {
  /** Name of the virtual node. */
  name: string;
  /** DNS name that its workload answers to. */
  hostname: string;
  /** Port that it listens on. */
  port: number;
  /** http, http2, grpc or tcp. */
  protocol: string;
  /** Names of virtual services that it called. */
  backends: string[];
  /** True when its listener took TLS only. */
  strictTls: boolean;
}

/** A virtual service: a name, and the nodes behind it with their weights. */
export interface AppMeshService {
  /** Name of the virtual service, which is what callers ask for. */
  name: string;
  /** Virtual nodes behind it, with the share of each. */
  targets: AppMeshTarget[];
}

export interface AppMeshTarget {
  /** Name of the virtual node. */
  node: string;
  /** Share of the requests, relative to the other targets. */
  weight: number;
}

export function validateAppMesh({ acknowledgeRetired, description }: ServiceMeshAppMesh): ArgumentProblem[] {
  const nodes = description.nodes.map(({ name }) => name);
  const unknown = description.services.flatMap(({ name, targets }) =>
    targets
      .filter(({ node }) => !nodes.includes(node))
      .map(({ node }) => ({
        propertyPath: `appMesh.description.services.${name}`,
        reason: `"${node}" is not a node (${nodes.join(", ")})`,
      })),
  );
  if (acknowledgeRetired === APP_MESH_ENDED) return unknown;
  return [
    {
      propertyPath: "appMesh",
      reason: `App Mesh ended on ${APP_MESH_ENDED}: its resources can be neither made nor read. Use istio, or vpcLattice where all is in AWS; fromAppMesh() translates the description. To keep old state readable set appMesh.acknowledgeRetired to "${APP_MESH_ENDED}"`,
    },
    ...unknown,
  ];
}

/** The old resources under their old types, for state that still holds them: kept when the stack goes, because nothing answers. */
export function renderAppMesh(
  name: string,
  { region, description }: ServiceMeshAppMesh,
  parent: pulumi.Resource,
): void {
  const left = { parent, retainOnDelete: true };
  const mesh = new aws.appmesh.Mesh(
    name,
    { region, name: description.meshName, spec: { egressFilter: { type: description.egressFilter } } },
    left,
  );
  for (const node of description.nodes) {
    new aws.appmesh.VirtualNode(
      `${name}-${node.name}`,
      {
        region,
        name: node.name,
        meshName: mesh.name,
        spec: {
          listeners: [{ portMapping: { port: node.port, protocol: node.protocol } }],
          serviceDiscovery: { dns: { hostname: node.hostname } },
          backends: node.backends.map((virtualServiceName) => ({ virtualService: { virtualServiceName } })),
        },
      },
      left,
    );
  }
  for (const service of description.services) {
    const [first] = service.targets;
    new aws.appmesh.VirtualService(
      `${name}-${service.name}`,
      {
        region,
        name: service.name,
        meshName: mesh.name,
        spec: { provider: first ? { virtualNode: { virtualNodeName: first.node } } : {} },
      },
      left,
    );
  }
}

/** What a mesh means, whoever runs it. */
export interface MeshIntent {
  /** True when nothing leaves but by name. */
  closed: boolean;
  /** True when plain text is refused. */
  strictTls: boolean;
  /** Who may call whom: everything else is denied. */
  calls: { from: string; to: string; transport: "http" | "grpc" | "tcp"; port: number }[];
  /** Share of the calls to a service that each node answers, in per cent. */
  shares: { service: string; node: string; per: number }[];
  /** What has no equivalent and needs somebody to decide. */
  open: string[];
}

/**
 * Reads a mesh of App Mesh as what it means. Backends were all that said who may call: with DROP_ALL they become the only
 * allowed calls; with ALLOW_ALL they never limited anything, which a mesh that denies by default cannot keep silently.
 */
export function fromAppMesh({ egressFilter, nodes, services }: AppMeshDescription): MeshIntent {
  const calls = nodes.flatMap(({ name: from, backends }) =>
    backends.flatMap((backend) =>
      (services.find(({ name }) => name === backend)?.targets ?? []).flatMap(({ node }) => {
        const target = nodes.find(({ name }) => name === node);
        return target ? [{ from, to: node, transport: transportOf(target.protocol), port: target.port }] : [];
      }),
    ),
  );
  const unresolved = nodes.flatMap(({ name, backends }) =>
    backends
      .filter((backend) => !services.some((service) => service.name === backend))
      .map((backend) => `${name} calls ${backend}, which is outside the description: declare it as a tool`),
  );
  return {
    closed: egressFilter === "DROP_ALL",
    strictTls: nodes.every(({ strictTls }) => strictTls),
    calls: [...new Map(calls.map((call) => [`${call.from} ${call.to} ${call.port}`, call])).values()],
    shares: services.flatMap(({ name, targets }) => {
      const sum = targets.reduce((total, { weight }) => total + weight, 0);
      return targets.map(({ node, weight }) => ({
        service: name,
        node,
        per: sum === 0 ? 0 : Math.round((weight / sum) * 100),
      }));
    }),
    open: [
      ...(egressFilter === "DROP_ALL"
        ? []
        : [
            "ALLOW_ALL let every node call everything: only the backends are kept, declare what else is needed",
          ]),
      ...nodes.flatMap(({ name, strictTls }) =>
        strictTls ? [] : [`${name} took plain text, which STRICT refuses`],
      ),
      ...unresolved,
    ],
  };
}

function transportOf(protocol: string): "http" | "grpc" | "tcp" {
  if (protocol === "grpc") return "grpc";
  return protocol === "tcp" ? "tcp" : "http";
}
