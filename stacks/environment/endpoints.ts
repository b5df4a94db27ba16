import { describePlacement, placeEndpoint, typeOffer } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { validateResidentModelService, validateSageMakerEndpoint } from "../../components";
import { type Problem, problem, shown } from "../problems";
import { labelsOfEndpoint, residentDecisions, sageMakerDecisions } from "../serving-decisions";
import { populationsOf } from "./budgets";
import { regionOf } from "./models";
import { awsPlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const count = z.number().int().nonnegative();

const sageMaker = z.strictObject({
  instanceType: z.string().describe("with ml. in front"),
  image: z.string(),
  proxyImage: z.string().optional().describe("image of aws-sigv4-proxy; needed behind a front door"),
  concurrency: z.number().positive().optional(),
  routingStrategy: z.string().optional(),
  components: z
    .record(z.string(), z.strictObject({ accelerators: count, memoryMiB: count }))
    .optional()
    .describe("inference components that share the instances"),
  capture: z
    .strictObject({ percent: z.number().describe("of the requests: 1 to 100") })
    .optional()
    .describe("requests and answers are captured into a labelled bucket beside the endpoint; default: not"),
  rollout: z
    .strictObject({ kind: z.string(), percent: z.number().optional(), waitSeconds: z.number().optional() })
    .optional(),
});

const resident = z.strictObject({
  instanceType: z.string().describe("without ml. in front"),
  image: z.string(),
  preloadImage: z.string().describe("image with a shell and the AWS CLI"),
  imageId: z.string().optional().describe("machine image; default: the current GPU image of ECS"),
  instancesPerCopy: z.number().int().positive().optional(),
  requestsPerMinute: z.number().positive().optional(),
  port: z.number().int().positive().optional(),
  readyPath: z.string().optional(),
  grpc: z
    .strictObject({
      service: z.string().regex(/^[A-Za-z_][\w.]*$/, "a service such as inference.GRPCInferenceService"),
    })
    .optional()
    .describe("the container speaks gRPC; requests carry the header x-endpoint with the name that is served"),
});

const endpoint = z.strictObject({
  model: z.string(),
  place: z.string(),
  serves: z.string().optional().describe("name that requests carry; default: the model"),
  sageMaker: sageMaker.optional(),
  resident: resident.optional(),
  floor: count.optional().describe("instances or copies that always run; default 1"),
  ceiling: count.optional(),
  readGbps: z.number().positive().optional(),
  reads: z
    .strictObject({
      vectorIndexes: z.array(z.string()).default([]),
      featureStores: z.array(z.string()).default([]),
    })
    .default({ vectorIndexes: [], featureStores: [] }),
});

/** Models in memory, each at a place, with the stores that they read while they answer. */
export const endpoints = named(endpoint);

export type Endpoint = z.infer<typeof endpoint>;

export function checkEndpoints(environment: EnvironmentContent): Problem[] {
  const { endpoints, models, places, vectorIndexes, featureStores } = environment;
  return Object.entries(endpoints).flatMap(([name, endpoint]) => {
    const path = `endpoints.${name}`;
    const { reads } = endpoint;
    const ends = [
      ...mustBe(`${path}.model`, endpoint.model, Object.keys(models), "a model"),
      ...mustBe(`${path}.place`, endpoint.place, awsPlaceNames(places), "an AWS place"),
      ...reads.vectorIndexes.flatMap((index, i) =>
        mustBe(`${path}.reads.vectorIndexes[${i}]`, index, Object.keys(vectorIndexes), "a vector index"),
      ),
      ...reads.featureStores.flatMap((store, i) =>
        mustBe(`${path}.reads.featureStores[${i}]`, store, Object.keys(featureStores), "a feature store"),
      ),
      ...oneHost(path, endpoint),
    ];
    const model = models[endpoint.model];
    if (ends.length > 0 || !model || !environment.datasets[model.dataset]) return ends;
    const floor = checkFloor(environment, path, endpoint);
    const refused = checkArguments(environment, path, endpoint);
    return [
      ...checkTwins(environment, name, endpoint),
      ...floor,
      ...checkOffer(environment, path, endpoint),
      // The budget is the better reason for a floor; the component's own says the same without it.
      ...refused.filter((other) => floor.every((told) => told.path !== other.path)),
    ];
  });
}

function oneHost(path: string, { sageMaker, resident }: Endpoint): Problem[] {
  if ((sageMaker === undefined) !== (resident === undefined)) return [];
  return [
    problem(
      path,
      `${sageMaker ? "both" : "neither"} sageMaker ${sageMaker ? "and" : "nor"} resident: exactly one hosts the model`,
    ),
  ];
}

/** Two endpoints of one place cannot answer to one name. */
function checkTwins({ endpoints }: EnvironmentContent, name: string, endpoint: Endpoint): Problem[] {
  const twin = Object.entries(endpoints).find(
    ([other, { place, serves, model }]) =>
      other < name && place === endpoint.place && (serves ?? model) === (endpoint.serves ?? endpoint.model),
  );
  return twin
    ? [
        problem(
          `endpoints.${name}.serves`,
          `${shown(endpoint.serves ?? endpoint.model)} is served in ${endpoint.place} by ${twin[0]} already`,
        ),
      ]
    : [];
}

/** What starts only when somebody asks cannot answer in time. */
function checkFloor(environment: EnvironmentContent, path: string, { floor }: Endpoint): Problem[] {
  const populations = populationsOf(environment);
  if (floor !== 0 || populations.length === 0) return [];
  return [
    problem(
      `${path}.floor`,
      `0, and budgets.userRoundTripMs promises users an answer in time (${populations.map((p) => `${p.name}: ${p.ms} ms`).join(", ")}): a model that is not in memory starts in minutes`,
    ),
  ];
}

/** A region that does not offer the type: told with the regions that do, or with the demands that leave none. */
function checkOffer(environment: EnvironmentContent, path: string, endpoint: Endpoint): Problem[] {
  const region = regionOf(environment, endpoint.place) ?? "";
  const type = endpoint.sageMaker?.instanceType ?? endpoint.resident?.instanceType ?? "";
  const hostedBy = endpoint.sageMaker ? ("hosting" as const) : ("onDemand" as const);
  if (typeOffer(region, type, hostedBy)?.offered !== false) return [];
  const placement = placeEndpoint({
    residency: labelsOfEndpoint(environment, endpoint).residency,
    instanceType: type,
    hostedBy,
    populations: [],
  });
  const host = endpoint.sageMaker ? "sageMaker" : "resident";
  const proposal =
    "regions" in placement
      ? `within its residency ${describePlacement(placement)} does`
      : describePlacement(placement);
  return [problem(`${path}.${host}.instanceType`, `${shown(type)} is not offered in ${region}; ${proposal}`)];
}

/** What the component itself would refuse. */
function checkArguments(environment: EnvironmentContent, path: string, endpoint: Endpoint): Problem[] {
  const sageMaker = sageMakerDecisions(environment, endpoint);
  const resident = residentDecisions(environment, endpoint);
  const model = (region: string, gib: number, prefix: string) => ({
    region,
    gib,
    prefix,
    bucketName: "",
    bucketArn: "",
    keyArn: "",
  });
  const { gib, prefix } = environment.models[endpoint.model] ?? { gib: 1, prefix: "" };
  const network = { vpcId: "", subnetIds: [""], cidr: "" };
  const entry = { listenerArn: "", securityGroupId: "", metricName: "", path: "", priority: 1 };
  const found = [
    ...(sageMaker
      ? validateSageMakerEndpoint({ ...sageMaker, model: model(sageMaker.region, gib, prefix), network })
      : []),
    ...(resident
      ? validateResidentModelService({
          ...resident,
          model: model(resident.region, gib, prefix),
          network,
          entry,
        })
      : []),
  ];
  return found.map(({ propertyPath, reason }) =>
    problem(`${path}.${written(propertyPath, endpoint)}`, reason),
  );
}

/** Where the environment says what an argument of the component says. */
function written(property: string, endpoint: Endpoint): string {
  if (["floor", "ceiling", "readGbps"].includes(property)) return property;
  if (property.startsWith("model.")) return "model";
  return `${endpoint.sageMaker ? "sageMaker" : "resident"}.${property}`;
}
