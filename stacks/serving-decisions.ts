import type {
  DatasetLabels,
  ResidentModelServiceArgs,
  SageMakerEndpointArgs,
  ServingStore,
} from "../components";
import { joinedLabels } from "../components";
import type { Endpoint } from "./environment/endpoints";
import type { FrontDoor } from "./environment/front-doors";
import { regionOf } from "./environment/models";
import type { EnvironmentContent } from "./environment/shape";
import { labelsOf } from "./labels";

/** The model and every dataset that an endpoint reads: it works on all of them together. */
export function labelsOfEndpoint(environment: EnvironmentContent, endpoint: Endpoint): DatasetLabels {
  const { models, vectorIndexes, featureStores } = environment;
  const datasets = [
    models[endpoint.model]?.dataset,
    ...endpoint.reads.vectorIndexes.map((name) => vectorIndexes[name]?.dataset),
    ...endpoint.reads.featureStores.map((name) => featureStores[name]?.dataset),
  ].filter((dataset) => dataset !== undefined && environment.datasets[dataset] !== undefined);
  const labels = joinedLabels([...new Set(datasets)].map((dataset) => labelsOf(environment, dataset ?? "")));
  if (!labels) throw new RangeError(`no dataset of ${endpoint.model}`);
  return labels;
}

/** Labels of everything that is served at some places: their networks and the ways in carry all of it. */
export function labelsServedAt(
  environment: EnvironmentContent,
  places: readonly string[],
): DatasetLabels | undefined {
  const served = Object.values(environment.endpoints).filter(({ place }) => places.includes(place));
  return joinedLabels(served.map((endpoint) => labelsOfEndpoint(environment, endpoint)));
}

/** Stores that an endpoint reads, with the region that each one is in. */
function storesOf(environment: EnvironmentContent, { reads }: Endpoint): ServingStore[] {
  const { vectorIndexes, featureStores } = environment;
  const at = (name: string, place: string | undefined, region?: string) => ({
    name,
    region: region ?? regionOf(environment, place ?? "") ?? "",
  });
  return [
    ...reads.vectorIndexes.map((name) => {
      const index = vectorIndexes[name];
      return at(name, index?.place, index?.pinecone?.region);
    }),
    ...reads.featureStores.map((name) => at(name, featureStores[name]?.place)),
  ];
}

type Decided<T> = Omit<T, "model" | "network" | "entry">;

function commonDecisions(environment: EnvironmentContent, endpoint: Endpoint) {
  const { floor, ceiling, readGbps } = endpoint;
  return {
    region: regionOf(environment, endpoint.place) ?? "",
    accountId: "",
    ...(floor === undefined ? {} : { floor }),
    ...(ceiling === undefined ? {} : { ceiling }),
    ...(readGbps === undefined ? {} : { readGbps }),
    stores: storesOf(environment, endpoint),
    labels: labelsOfEndpoint(environment, endpoint),
  };
}

/** Everything of an endpoint at SageMaker that is decided before anything exists. */
export function sageMakerDecisions(
  environment: EnvironmentContent,
  endpoint: Endpoint,
): Decided<SageMakerEndpointArgs> | undefined {
  const { sageMaker } = endpoint;
  if (!sageMaker) return undefined;
  const { instanceType, image, concurrency, routingStrategy, components, capture, rollout } = sageMaker;
  return {
    ...commonDecisions(environment, endpoint),
    endpointName: servedName(endpoint),
    instanceType,
    image,
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(routingStrategy === undefined ? {} : { routingStrategy }),
    ...(components === undefined
      ? {}
      : {
          inferenceComponents: Object.entries(components).map(([name, component]) => ({
            name,
            ...component,
          })),
        }),
    ...(capture === undefined ? {} : { capture }),
    ...(rollout === undefined ? {} : { rollout }),
  };
}

/** Everything of a resident model that is decided before anything exists. */
export function residentDecisions(
  environment: EnvironmentContent,
  endpoint: Endpoint,
): Decided<ResidentModelServiceArgs> | undefined {
  const { resident } = endpoint;
  if (!resident) return undefined;
  const { grpc, ...rest } = resident;
  return { ...commonDecisions(environment, endpoint), ...rest, ...(grpc ? { grpc: true } : {}) };
}

/** Name that requests carry: the same in every region, so that one region can answer for another. */
export function servedName({ serves, model }: Endpoint): string {
  return serves ?? model;
}

/** The path of the runtime of SageMaker, which resident models answer to as well. */
export function pathOf(endpoint: Endpoint): string {
  // The path of a gRPC request names its service and method, and nothing else.
  if (endpoint.resident?.grpc) return `/${endpoint.resident.grpc.service}/*`;
  return `/endpoints/${servedName(endpoint)}/*`;
}

/** Header by which gRPC requests name the model: their path names none. */
export function headerOf(endpoint: Endpoint): { name: string; value: string } | undefined {
  return endpoint.resident?.grpc && { name: "x-endpoint", value: servedName(endpoint) };
}

/** Places of the endpoints behind a front door, in order of name. */
export function placesOfFrontDoor({ endpoints }: EnvironmentContent, door: FrontDoor): string[] {
  return [...new Set(door.endpoints.flatMap((name) => endpoints[name]?.place ?? []))].sort();
}

/** Endpoints of a place in order of name, each with the priority of its rule: a name that is added at the end moves none. */
export function endpointsAt(environment: EnvironmentContent, place: string) {
  return Object.entries(environment.endpoints)
    .filter(([, endpoint]) => endpoint.place === place)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, endpoint], index) => ({ name, endpoint, priority: (index + 1) * 10 }));
}

/** AWS services that what is served at a place asks for privately. */
export function servicesAskedForAt(environment: EnvironmentContent, place: string): string[] {
  const there = endpointsAt(environment, place).map(({ endpoint }) => endpoint);
  if (there.length === 0) return [];
  const containers = ["ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "sts"];
  const proxy = there.some(({ sageMaker }) => sageMaker) ? ["sagemaker.runtime"] : [];
  const features = there.some(({ reads }) => reads.featureStores.length > 0)
    ? ["sagemaker.featurestore-runtime"]
    : [];
  const instances = there.some(({ resident }) => resident)
    ? ["ecs", "ecs-agent", "ecs-telemetry", "ssm"]
    : [];
  return [...containers, ...proxy, ...features, ...instances];
}
