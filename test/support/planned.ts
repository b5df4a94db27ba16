import { decodeWireProperties, isCustom, type PlannedResource } from "@hybrid-ai-fabric/graph";
import * as pulumi from "@pulumi/pulumi";

/** What the engine is asked for, as far as a plan needs it (pulumirpc.RegisterResourceRequest). */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getObject(): Wire;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): { forEach(each: (dependencies: Urns, property: string) => void): void };
}
interface Urns {
  getUrnsList(): string[];
}
interface Wire {
  toJavaScript(): { [key: string]: unknown };
}
interface Monitor {
  registerResource(
    request: RegisterRequest,
    callback: (error: unknown, response?: { getUrn(): string }) => void,
  ): unknown;
  registerResourceOutputs(request: { getUrn(): string; getOutputs(): Wire }, callback: unknown): unknown;
}

/**
 * The plan of a piece of a program at a first preview: what components register, with the resources that each value was
 * computed from. Inputs come back as outputs and nothing has an id; no provider says more, so defaults are missing.
 */
export async function planOf(program: () => void): Promise<PlannedResource[]> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ inputs }) => ({ id: undefined, state: inputs }),
      call: ({ token }) => {
        throw new Error(`a component asked a provider at preview: ${token}`);
      },
    },
    "test",
    "test",
    true,
  );
  const planned = new Map<string, PlannedResource>();
  record(pulumi.runtime.getMonitor() as unknown as Monitor, planned);
  program();
  await pulumi.runtime.disconnect();
  return [...planned.values()];
}

function record(monitor: Monitor, planned: Map<string, PlannedResource>): void {
  const [register, complete] = [monitor.registerResource, monitor.registerResourceOutputs];
  monitor.registerResource = (request, callback) =>
    register.call(monitor, request, (error, response) => {
      if (response) planned.set(response.getUrn(), plannedBy(request, response.getUrn()));
      callback(error, response);
    });
  monitor.registerResourceOutputs = (request, callback) => {
    const resource = planned.get(request.getUrn());
    if (resource) resource.outputs = decodeWireProperties(request.getOutputs().toJavaScript());
    return complete.call(monitor, request, callback);
  };
}

function plannedBy(request: RegisterRequest, urn: string): PlannedResource {
  const provider = request.getProvider().split("::").slice(0, 4).join("::");
  const type = request.getType();
  const inputs = decodeWireProperties(request.getObject().toJavaScript());
  const propertyDependencies: { [property: string]: string[] } = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    if (dependencies.getUrnsList().length > 0) propertyDependencies[property] = dependencies.getUrnsList();
  });
  return {
    urn,
    type,
    name: request.getName(),
    custom: isCustom(type, provider || undefined),
    ...(request.getParent() ? { parent: request.getParent() } : {}),
    ...(provider ? { provider } : {}),
    inputs,
    outputs: { ...inputs },
    dependencies: request.getDependenciesList(),
    propertyDependencies,
  };
}
