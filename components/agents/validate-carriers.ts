import type { ArgumentProblem } from "../problems";
import { type End, isAws, own } from "./ends";
import { readOpenApi } from "./open-api";
import type { AgentChannel, AgentTopology } from "./topology";
import { mustBe, wrong } from "./validate-topology";

/** Values that the conditions of one rule may compare with together (quota of Application Load Balancers). */
const CONDITION_VALUES = 5;

/** What the carrier of a channel cannot do, between two ends that exist. */
export function validateCarrier(
  path: string,
  channel: AgentChannel,
  { from, to }: { from: End; to: End },
  topology: AgentTopology,
): ArgumentProblem[] {
  return [
    ...piped(path, channel, from, to, topology),
    ...delivered(path, channel, from, to, topology),
    ...balanced(path, channel, to, topology),
    ...operated(path, channel, to, topology),
    ...keyless(path, channel, [from, to], topology),
  ];
}

/** Events that a pipe fetches from the Kafka of a site. */
function piped(
  path: string,
  { events }: AgentChannel,
  from: End,
  to: End,
  { places }: AgentTopology,
): ArgumentProblem[] {
  if (events?.fromTopic === undefined) return [];
  const at = `${path}.events.fromTopic`;
  const site = places[from.at ?? ""]?.site;
  return [
    ...(site && isAws(places[to.at ?? ""])
      ? []
      : [wrong(at, `leads from a site to AWS only, and "${from.name}" and "${to.name}" are not there`)]),
    ...(site && !site.kafka
      ? [wrong(at, `is in no Kafka that AWS can reach: places.${from.at} says no address of one`)]
      : []),
    ...(events.schedule === undefined
      ? []
      : [wrong(`${path}.events.schedule`, "sends events itself, so that there is nothing to fetch")]),
  ];
}

/** Messages that a rule of IoT Core hands to a queue or stream. */
function delivered(
  path: string,
  { mqtt }: AgentChannel,
  from: End,
  to: End,
  { places }: AgentTopology,
): ArgumentProblem[] {
  if (!mqtt) return [];
  const { deliverTo, topic } = mqtt;
  const overNats = [from, to].some((end) => places[end.at ?? ""]?.site?.mqttBroker === "nats");
  return [
    ...(deliverTo === undefined
      ? []
      : mustBe(`${path}.mqtt.deliverTo`, deliverTo, ["queue", "stream"], "what a rule can hand over to")),
    ...(deliverTo !== undefined && !isAws(places[to.at ?? ""])
      ? [wrong(`${path}.mqtt.deliverTo`, `is for receivers in AWS, and "${to.name}" is at ${to.at}`)]
      : []),
    // NATS writes levels of a topic with dots, so that a dot in one would be two names for one topic.
    ...(overNats && topic.includes(".")
      ? [wrong(`${path}.mqtt.topic`, `"${topic}" holds a dot, which NATS takes for a level`)]
      : []),
  ];
}

/** One rule of a load balancer compares with few values. */
function balanced(
  path: string,
  { http, grpc }: AgentChannel,
  to: End,
  { places }: AgentTopology,
): ArgumentProblem[] {
  if ((!http && !grpc) || !places[to.at ?? ""]?.aws?.loadBalancer) return [];
  const values = 1 + (http?.paths ?? grpc?.methods ?? ["*"]).length + (http?.methods ?? ["POST"]).length;
  return values <= CONDITION_VALUES
    ? []
    : [
        wrong(
          `${path}.${http ? "http" : "grpc"}`,
          `has ${values - 1} paths and methods; a load balancer compares with ${CONDITION_VALUES - 1} at most`,
        ),
      ];
}

/** Operations must be those of the tool, where it is described, and paths where it has nothing else. */
function operated(
  path: string,
  { tool }: AgentChannel,
  to: End,
  { tools }: AgentTopology,
): ArgumentProblem[] {
  const declared = own(tools, to.name);
  if (!tool || !declared) return [];
  if (declared.protocol === "http")
    return tool.operations
      .filter((operation) => !operation.startsWith("/"))
      .map((operation) =>
        wrong(`${path}.tool.operations`, `"${operation}" is no path of "${to.name}", such as /v1/find`),
      );
  const described = declared.protocol === "openapi" ? readOpenApi(declared.schema ?? "") : undefined;
  if (!described || "problem" in described) return [];
  const names = described.operations.map(({ name }) => name);
  return tool.operations.flatMap((operation, i) =>
    mustBe(`${path}.tool.operations[${i}]`, operation, names, `an operation of "${to.name}"`),
  );
}

/** MSK Serverless encrypts by a key of AWS and takes no other (MSK developer guide): restricted data is not kept there. */
function keyless(
  path: string,
  { stream, carries }: AgentChannel,
  ends: readonly End[],
  { places, datasets }: AgentTopology,
): ArgumentProblem[] {
  if (!stream) return [];
  const keyed = Object.entries(places)
    .filter(([, { aws }]) => !aws || aws.kafka)
    .map(([name]) => name);
  const serverless = [...new Set(ends.map(({ at = "" }) => at))].filter((at) => {
    const aws = own(places, at)?.aws;
    return aws && !aws.kafka;
  });
  return carries.flatMap((dataset, i) =>
    own(datasets, dataset)?.classification === "restricted"
      ? serverless.map((at) =>
          wrong(
            `${path}.carries[${i}]`,
            `"${dataset}" is restricted, and the stream at ${at} is kept by MSK Serverless, which takes no key of yours: give places.${at} brokers of its own (kafka), or stream between places that have some (${keyed.join(", ") || "there is none"})`,
          ),
        )
      : [],
  );
}
