import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, refuse } from "../problems";
import { type AppMeshDescription, renderAppMesh, validateAppMesh } from "./app-mesh";
import { installAmbient } from "./mesh/ambient";
import { createServiceNetwork } from "./mesh/service-network";

/** The mesh of one place: exactly one kind. */
export interface ServiceMeshArgs {
  /** Where its cluster stands, as rules read it: aws:ap-northeast-1, metro:TY or a country. Default: what the provider says. */
  place?: string;
  /** Istio in ambient mode, on any Kubernetes. */
  istio?: ServiceMeshIstio;
  /** VPC Lattice, for places that are only in AWS. */
  vpcLattice?: ServiceMeshLattice;
  /** What is left of App Mesh, which ended on 2026-09-30. */
  appMesh?: ServiceMeshAppMesh;
}

export interface ServiceMeshIstio {
  /** SPIFFE trust domain, such as ty-cage.example. */
  trustDomain: string;
  /** Name of the cluster in the mesh. */
  cluster: string;
  /** Name of its network. */
  network: string;
  /** Other clusters that are reached by explicit gateways. Default: none, and no cluster reads another's API. */
  remotes?: ServiceMeshRemote[];
}

/** A cluster elsewhere, by its east-west gateway. */
export interface ServiceMeshRemote {
  /** Name of the other cluster in the mesh. */
  name: string;
  /** Address of its gateway. */
  gateway: string;
  /** Trust domain that its callers come from. */
  trustDomain: string;
}

export interface ServiceMeshLattice {
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** Groups that let callers reach the service network. */
  securityGroupIds: pulumi.Input<string>[];
}

export interface ServiceMeshAppMesh {
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** What the mesh holds today, to be carried to a successor. */
  description: AppMeshDescription;
  /** The day on which it ended, 2026-09-30: proof that somebody knows. */
  acknowledgeRetired?: string;
}

export class ServiceMesh extends pulumi.ComponentResource {
  /** istio, vpcLattice or appMesh. */
  public readonly kind: pulumi.Output<string>;

  constructor(name: string, args: ServiceMeshArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:ServiceMesh", name, args, opts);
    refuse(`ServiceMesh ${name}`, validateServiceMesh(args));
    const { istio, vpcLattice, appMesh } = args;
    if (istio) installAmbient(name, istio, this);
    if (vpcLattice) createServiceNetwork(name, vpcLattice, this);
    if (appMesh) renderAppMesh(name, appMesh, this);
    this.kind = pulumi.output(kindsOf(args)[0] ?? "");
    this.registerOutputs({
      kind: this.kind,
      ...(args.place ? { place: args.place } : {}),
      ...(vpcLattice ? { region: vpcLattice.region } : {}),
    });
  }
}

function kindsOf({ istio, vpcLattice, appMesh }: ServiceMeshArgs): string[] {
  return Object.entries({ istio, vpcLattice, appMesh }).flatMap(([kind, value]) => (value ? [kind] : []));
}

/** Rules that no type expresses. */
export function validateServiceMesh(args: ServiceMeshArgs): ArgumentProblem[] {
  const kinds = kindsOf(args);
  const { istio, appMesh } = args;
  const domain = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/;
  return [
    ...(kinds.length === 1
      ? []
      : [
          {
            propertyPath: "istio",
            reason: `takes exactly one of istio, vpcLattice and appMesh, not ${kinds.join(" and ") || "none"}`,
          },
        ]),
    ...[istio, ...(istio?.remotes ?? [])].flatMap((each, i) =>
      each && !domain.test(each.trustDomain)
        ? [
            {
              propertyPath: i === 0 ? "istio.trustDomain" : `istio.remotes[${i - 1}].trustDomain`,
              reason: `"${each.trustDomain}" is not a trust domain such as ty-cage.example`,
            },
          ]
        : [],
    ),
    ...(appMesh ? validateAppMesh(appMesh) : []),
  ];
}
