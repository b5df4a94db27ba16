import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Name and notes of a Kubernetes object. */
export interface ObjectName {
  name: string;
  namespace?: string;
  labels?: { [label: string]: string };
  annotations?: { [annotation: string]: string };
}

/** An object of a custom kind, with a type of ours for its spec, so that a typing error does not reach a cluster. */
export interface CustomObject<Spec> {
  apiVersion: string;
  kind: string;
  metadata: ObjectName;
  spec: Spec;
}

/** Asks the cluster for an object. Its type token is `kubernetes:<apiVersion>:<kind>`, which is what policies match. */
export function createObject<Spec extends object>(
  name: string,
  { apiVersion, kind, metadata, spec }: CustomObject<Spec>,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(name, { apiVersion, kind, metadata, spec }, opts);
}

/** Waits until a status says so. Pulumi awaits no custom object by itself, and there is no way to fail early. */
export function waitFor(condition: string, timeoutSeconds: number): { [annotation: string]: string } {
  return { "pulumi.com/waitFor": condition, "pulumi.com/timeoutSeconds": String(timeoutSeconds) };
}
