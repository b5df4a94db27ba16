import { countryName, nearest } from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../problems";
import { modelPlaces, own } from "./ends";
import { describeLeak, leaks } from "./leaks";
import { readOpenApi } from "./open-api";
import type { AgentTopology } from "./topology";
import { validateChannels } from "./validate-channels";
import { validatePlaces } from "./validate-places";

/** Everything that is wrong with a topology, at once; paths are those of the environment file. */
export function validateTopology(topology: AgentTopology): ArgumentProblem[] {
  const local = [
    ...names(topology),
    ...validatePlaces(topology),
    ...agents(topology),
    ...tools(topology),
    ...memories(topology),
    ...validateChannels(topology),
  ];
  return local.length > 0 ? local : leakProblems(topology);
}

export function wrong(propertyPath: string, reason: string): ArgumentProblem {
  return { propertyPath, reason };
}

/** A name must be one of the legal ones. */
export function mustBe(
  propertyPath: string,
  value: string,
  legal: readonly string[],
  noun: string,
): ArgumentProblem[] {
  if (legal.includes(value)) return [];
  const hint =
    legal.length <= 8 ? legal.join(", ") : `nearest: ${nearest(value, legal).join(", ") || "none"}`;
  return [wrong(propertyPath, `"${value}" is not ${noun} (${hint || "there is none"})`)];
}

/** Agents, tools and memories are named by channels, so that no two of them may share a name. */
function names({ agents, tools, memories, channels }: AgentTopology): ArgumentProblem[] {
  const nouns = { agents, tools, memories };
  const seen = new Map<string, string>();
  const shared = Object.entries(nouns).flatMap(([noun, map]) =>
    Object.keys(map).flatMap((name) => {
      const first = seen.get(name);
      seen.set(name, first ?? `${noun}.${name}`);
      return first ? [wrong(`${noun}.${name}`, `"${name}" is the name of ${first} already`)] : [];
    }),
  );
  const shaped = Object.entries({ ...nouns, channels }).flatMap(([noun, map]) =>
    Object.keys(map)
      .filter((name) => !/^[a-z][a-z0-9-]{0,23}$/.test(name))
      .map((name) =>
        wrong(`${noun}.${name}`, `"${name}" must be 1 to 24 of a-z, 0-9 and -, beginning with a letter`),
      ),
  );
  return [...shared, ...shaped];
}

const runtimes = { aws: ["eks", "ecs", "agentcore"], site: ["kubernetes"] };

function agents(topology: AgentTopology): ArgumentProblem[] {
  const datasets = Object.keys(topology.datasets);
  return Object.entries(topology.agents).flatMap(([name, agent]) => {
    const path = `agents.${name}`;
    const place = own(topology.places, agent.at);
    const legal = place ? runtimes[place.aws ? "aws" : "site"] : [];
    const model = place ? modelPlaces(agent, topology) : [];
    const port = agent.port ?? 8080;
    return [
      ...mustBe(`${path}.at`, agent.at, Object.keys(topology.places), "a place"),
      ...(place ? mustBe(`${path}.runtime`, agent.runtime, legal, `a runtime at ${agent.at}`) : []),
      ...(agent.holds ?? []).flatMap((dataset, i) =>
        mustBe(`${path}.holds[${i}]`, dataset, datasets, "a dataset"),
      ),
      ...(agent.declassifies ?? []).flatMap(({ from, to, approval }, i) => [
        ...mustBe(`${path}.declassifies[${i}].from`, from, datasets, "a dataset"),
        ...mustBe(`${path}.declassifies[${i}].to`, to, datasets, "a dataset"),
        ...(approval === ""
          ? [wrong(`${path}.declassifies[${i}].approval`, "names no approval of the settings")]
          : []),
      ]),
      ...("problem" in model
        ? [wrong(`${path}.model`, `${model.problem}, so nobody can say where it answers`)]
        : []),
      ...(agent.runtime === "agentcore" && !agent.image
        ? [wrong(`${path}.image`, "is missing: AgentCore runs a container image")]
        : []),
      ...(Number.isInteger(port) && port > 0 && port < 65536
        ? []
        : [wrong(`${path}.port`, `${port} is no port (1 to 65535)`)]),
    ];
  });
}

function tools({ tools }: AgentTopology): ArgumentProblem[] {
  return Object.entries(tools).flatMap(([name, { url, jurisdiction, protocol, schema }]) => {
    const path = `tools.${name}`;
    const host = hostOf(url);
    return [
      ...(host === undefined
        ? [
            wrong(
              `${path}.url`,
              `"${url}" is no https address without wildcards, such as https://crm.example.com/mcp`,
            ),
          ]
        : []),
      ...(countryName(jurisdiction)
        ? []
        : [
            wrong(
              `${path}.jurisdiction`,
              `${jurisdiction === "" ? "is missing" : `"${jurisdiction}" is not a country`}: say under which country's law ${host ?? "its host"} learns what it is told (ISO 3166-1 alpha-2)`,
            ),
          ]),
      ...mustBe(`${path}.protocol`, protocol ?? "mcp", ["mcp", "openapi", "http"], "a protocol of tools"),
      ...(protocol === "openapi" ? described(`${path}.schema`, schema, host) : []),
    ];
  });
}

/** What an openapi tool says of itself must lead to its own host and to no other. */
function described(path: string, schema: string | undefined, host: string | undefined): ArgumentProblem[] {
  if (schema === undefined)
    return [wrong(path, "is missing: operations of an openapi tool are made from its description")];
  const read = readOpenApi(schema);
  if ("problem" in read) return [wrong(path, read.problem)];
  const foreign = read.hosts.filter((each) => each !== host);
  return foreign.length === 0
    ? []
    : [wrong(path, `leads to ${foreign.join(", ")}, and the tool is declared at ${host ?? "no host"}`)];
}

/** The host that an address leads to; undefined for what is no plain https address. */
export function hostOf(url: string): string | undefined {
  return /^https:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:\/[^\s*]*)?$/i.exec(url)?.[1]?.toLowerCase();
}

function memories(topology: AgentTopology): ArgumentProblem[] {
  const datasets = Object.keys(topology.datasets);
  return Object.entries(topology.memories).flatMap(([name, memory]) => {
    const path = `memories.${name}`;
    const { agentcore, dynamodb, valkey, keepDays } = memory;
    const stores = Object.entries({ agentcore, dynamodb, valkey }).flatMap(([store, value]) =>
      value ? [store] : [],
    );
    const place = own(topology.places, memory.at);
    const misplaced = place && (place.aws ? valkey : (agentcore ?? dynamodb));
    const [least, most] = agentcore ? [7, 365] : [1, 3650];
    return [
      ...mustBe(`${path}.at`, memory.at, Object.keys(topology.places), "a place"),
      ...(stores.length === 1
        ? []
        : [
            wrong(
              path,
              `takes exactly one of agentcore, dynamodb and valkey, not ${stores.join(" and ") || "none"}`,
            ),
          ]),
      ...(misplaced ? [wrong(path, `${stores[0]} is not to be had at ${memory.at}`)] : []),
      ...(keepDays >= least && keepDays <= most && Number.isInteger(keepDays)
        ? []
        : [wrong(`${path}.keepDays`, `${keepDays} is not a number of days from ${least} to ${most}`)]),
      ...memory.holds.flatMap((dataset, i) => mustBe(`${path}.holds[${i}]`, dataset, datasets, "a dataset")),
    ];
  });
}

/** Asked last: what relays can do is only defined for a topology that is otherwise right. */
function leakProblems(topology: AgentTopology): ArgumentProblem[] {
  return leaks(topology).map((leak) => {
    const last = leak.way.at(-1)?.startsWith("model ") ? leak.way.at(-2) : undefined;
    const path = last === undefined ? `channels.${leak.channel ?? leak.way.at(-1)}` : `agents.${last}.model`;
    return wrong(path, describeLeak(leak, topology));
  });
}
