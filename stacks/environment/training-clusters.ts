import { efaInstanceTypeIds } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { validateEfaCluster, validateFileSystem } from "../../components";
import { type Problem, problem } from "../problems";
import { clusterDecisions, fileSystemDecisions } from "../training-decisions";
import { awsPlaceNames, isAwsPlace } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const capacity = z.strictObject({
  reservation: z
    .strictObject({ id: z.string(), placementGroup: z.string().optional() })
    .optional()
    .describe("On-Demand Capacity Reservation, and the placement group that it was made in"),
  capacityBlock: z
    .strictObject({ id: z.string(), active: z.boolean().default(false).describe("true once it has begun") })
    .optional(),
});

const orchestrator = z.strictObject({
  eks: z
    .strictObject({
      version: z.string().optional(),
      efaDevices: z.enum(["dra", "device-plugin"]).optional(),
    })
    .optional(),
  ecs: z.strictObject({ imageId: z.string().optional() }).optional(),
  hyperPod: z
    .strictObject({
      lifecycleScripts: z.string().startsWith("s3://"),
      onCreate: z.string().optional(),
      controllerType: z.string().optional(),
      trainingPlanArn: z.string().startsWith("arn:").optional(),
    })
    .optional(),
});

const fileSystem = z.strictObject({
  hotTiB: z.number().positive().optional().describe("default: the whole dataset"),
  readGBpsPerGpu: z.number().positive().optional(),
  efa: z.boolean().optional(),
  capacityGiB: z.number().int().positive().optional(),
  throughputPerTiB: z.number().int().optional(),
  metadataIops: z.number().int().optional(),
  writeBack: z.boolean().optional(),
});

const trainingCluster = z.strictObject({
  place: z.string(),
  zone: z.string().describe("Availability Zone id, one of the place"),
  instanceType: z.string(),
  count: z.number().int().positive(),
  capacity: capacity.optional().describe("default: on demand"),
  interfaces: z.enum(["efa-only", "efa"]).optional(),
  orchestrator,
  store: z.strictObject({
    dataset: z.string(),
    fileSystem: fileSystem.optional(),
    readsPerDay: z.number().positive().default(1).describe("how often a day all of it is read: epochs"),
  }),
});

/** GPU clusters in AWS, each in one zone, next to the store that it reads. */
export const trainingClusters = named(trainingCluster);

export type TrainingCluster = z.infer<typeof trainingCluster>;

export function checkTrainingClusters(environment: EnvironmentContent): Problem[] {
  const { trainingClusters, places, datasets } = environment;
  return Object.entries(trainingClusters).flatMap(([name, cluster]) => {
    const path = `trainingClusters.${name}`;
    const place = places[cluster.place];
    const ends = [
      ...mustBe(`${path}.place`, cluster.place, awsPlaceNames(places), "an AWS place"),
      ...(isAwsPlace(place)
        ? mustBe(`${path}.zone`, cluster.zone, place.zones, `a zone of ${cluster.place}`)
        : []),
      ...mustBe(`${path}.store.dataset`, cluster.store.dataset, Object.keys(datasets), "a dataset"),
      ...(efaInstanceTypeIds().includes(cluster.instanceType) ? [] : wrongType(path, cluster.instanceType)),
    ];
    if (ends.length > 0 || !isAwsPlace(place)) return ends;
    const references = { vpcId: "", subnetId: "" };
    const rest = { accountId: "", store: { bucketArn: "", keyArn: "" } };
    const args = clusterDecisions(
      environment,
      name,
      cluster,
      place.zones.map(() => ""),
    );
    const files = fileSystemDecisions(environment, cluster);
    return [
      ...validateEfaCluster({ ...args, ...references, ...rest }),
      ...(files ? validateFileSystem({ ...files, ...references }) : []).map(({ propertyPath, reason }) => ({
        propertyPath: `store.${propertyPath}`,
        reason,
      })),
    ].map(({ propertyPath, reason }) => problem(`${path}.${written(propertyPath)}`, reason));
  });
}

function wrongType(path: string, type: string): Problem[] {
  return mustBe(`${path}.instanceType`, type, efaInstanceTypeIds(), "an instance type with EFA");
}

/** Where the environment says what an argument of the component says. */
function written(property: string): string {
  if (property === "interfaceStyle") return "interfaces";
  return property.replace("orchestrator.eks.controlPlaneSubnetIds", "place");
}
