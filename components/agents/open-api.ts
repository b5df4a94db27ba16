/** One operation of a tool as its description has it. */
export interface ToolOperation {
  /** Its operationId. */
  name: string;
  /** In capitals. */
  method: string;
  /** May hold parameters, such as /shipments/{id}. */
  path: string;
}

/** A description of a tool as far as a gateway needs it: the hosts that it leads to and what can be called there. */
export type ToolDescription = { hosts: string[]; operations: ToolOperation[] } | { problem: string };

const methods = ["get", "put", "post", "patch", "delete"];

/** Reads a description of OpenAPI in JSON. What it does not say is a problem: a gateway would guess. */
export function readOpenApi(schema: string): ToolDescription {
  const document = parse(schema);
  if (!isObject(document)) return { problem: "is no OpenAPI description in JSON" };
  const servers = Array.isArray(document.servers) ? document.servers : [];
  const urls = servers.map((server) => (isObject(server) ? server.url : undefined));
  const hosts = urls.map((url) =>
    typeof url === "string" ? /^https:\/\/([a-z0-9.-]+)/i.exec(url)?.[1] : undefined,
  );
  if (hosts.length === 0 || hosts.includes(undefined))
    return { problem: "names no server by an https address without variables" };
  const paths = isObject(document.paths) ? document.paths : {};
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = isObject(item) ? item[method] : undefined;
      return isObject(operation) && typeof operation.operationId === "string"
        ? [{ name: operation.operationId, method: method.toUpperCase(), path }]
        : [];
    }),
  );
  if (operations.length === 0) return { problem: "holds no operation with an operationId" };
  return { hosts: [...new Set(hosts.flatMap((host) => host?.toLowerCase() ?? []))].sort(), operations };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
