import { request } from "node:https";
import type { ControlPlane } from "./processes";

/** A Kubernetes object as the API takes it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name?: string; namespace?: string };
  [field: string]: unknown;
}

export interface Answer {
  status: number;
  body: { message?: string; resources?: ResourceKind[] } & { [field: string]: unknown };
}

interface ResourceKind {
  name: string;
  kind: string;
  namespaced: boolean;
}

type Plane = Pick<ControlPlane, "url" | "token" | "certificate">;

export async function isReady(plane: Plane): Promise<boolean> {
  try {
    return (await ask(plane, "GET", "/readyz")).status === 200;
  } catch {
    return false;
  }
}

/** One request. The server is trusted by the certificate that it wrote into its own folder. */
export function ask(
  { url, token, certificate }: Plane,
  method: string,
  path: string,
  body?: unknown,
  contentType = "application/json",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      ca: certificate,
      headers: { authorization: `Bearer ${token}`, "content-type": contentType },
    };
    const asked = request(`${url}${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, body: readBody(text) });
      });
    });
    asked.on("error", reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function readBody(text: string): Answer["body"] {
  try {
    return JSON.parse(text) as Answer["body"];
  } catch {
    return { message: text };
  }
}

const kinds = new Map<string, ResourceKind[]>();

/** Where objects of a kind are kept; undefined when the server knows no such kind. */
export async function pathOf(plane: Plane, object: KubernetesObject): Promise<string | undefined> {
  const { apiVersion, kind, metadata } = object;
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  if (!kinds.has(root)) kinds.set(root, (await ask(plane, "GET", root)).body.resources ?? []);
  const found = kinds.get(root)?.find((one) => one.kind === kind && !one.name.includes("/"));
  if (!found) {
    // Asked again next time: a definition takes a moment to be served.
    kinds.delete(root);
    return undefined;
  }
  const namespace = found.namespaced ? `/namespaces/${metadata.namespace ?? "default"}` : "";
  return `${root}${namespace}/${found.name}`;
}

/** What the server would answer to the object, without keeping it: schema, CEL rules, defaults and admission. */
export async function dryRun(plane: Plane, object: KubernetesObject): Promise<string | undefined> {
  const path = await pathOf(plane, object);
  if (path === undefined) return `the server knows no ${object.kind} in ${object.apiVersion}`;
  const query = "?dryRun=All&fieldManager=hybrid-ai-fabric&force=true&fieldValidation=Strict";
  const name = encodeURIComponent(object.metadata.name ?? "");
  const { status, body } = await ask(
    plane,
    "PATCH",
    `${path}/${name}${query}`,
    object,
    "application/apply-patch+yaml",
  );
  return status < 300 ? undefined : (body.message ?? `status ${status}`);
}
