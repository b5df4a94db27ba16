import { z } from "zod";
import { validateVectorIndex } from "../../components";
import { indexDecisions } from "../knowledge-decisions";
import { type Problem, problem } from "../problems";
import { awsPlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { mustBe, named } from "./terms";

const arn = z.string().startsWith("arn:");

const vectorIndex = z.strictObject({
  dataset: z.string(),
  place: z.string(),
  vectors: z.number().positive().describe("that it has room for"),
  dimension: z.number().describe("numbers in a vector, as the embedding model makes them"),
  metric: z.string().optional().describe("cosine, euclidean or dotProduct; default: cosine"),
  bits: z.number().int().optional().describe("of a number in memory: 32, 16, 8 or 1"),
  replicas: z.number().int().nonnegative().optional(),
  openSearch: z
    .strictObject({ adminRole: arn, readers: z.array(arn).default([]), nodeType: z.string().optional() })
    .optional(),
  serverless: z.strictObject({ readers: z.array(arn).min(1), standby: z.boolean().optional() }).optional(),
  pinecone: z
    .strictObject({
      apiKey: z.string().describe("name of the secret config key that holds it"),
      region: z.string().optional().describe("of Pinecone; default: that of the place"),
      cloud: z.string().optional(),
    })
    .optional(),
  s3Vectors: z.strictObject({ unfilteredMetadata: z.array(z.string()).optional() }).optional(),
});

/** Vectors of documents by name, next to the endpoints that search them. */
export const vectorIndexes = named(vectorIndex);

export type VectorIndex = z.infer<typeof vectorIndex>;

export function checkVectorIndexes(environment: EnvironmentContent): Problem[] {
  const { vectorIndexes, places, datasets } = environment;
  return Object.entries(vectorIndexes).flatMap(([name, index]) => {
    const path = `vectorIndexes.${name}`;
    const ends = [
      ...mustBe(`${path}.dataset`, index.dataset, Object.keys(datasets), "a dataset"),
      ...mustBe(`${path}.place`, index.place, awsPlaceNames(places), "an AWS place"),
    ];
    const decisions = ends.length === 0 ? indexDecisions(environment, index, "", "") : undefined;
    if (!decisions) return ends;
    return validateVectorIndex(decisions).map(({ propertyPath, reason }) =>
      problem(`${path}.${written(propertyPath, index)}`, reason),
    );
  });
}

/** Where the environment says what an argument of the component says. */
function written(property: string, index: VectorIndex): string {
  if (property === "region") return index.pinecone?.region === undefined ? "place" : "pinecone.region";
  if (property === "openSearch.network.subnetIds") return "place";
  return property;
}
