import type { ArgumentProblem } from "../problems";
import type { AgentFabricArgs } from "./agent-fabric";
import { type Edge, expand } from "./expansion";
import { validateTopology, wrong } from "./validate-topology";

/** What is wrong with a fabric: its topology, and what its regions and sites lack for it. */
export function validateFabric({ topology, regions }: AgentFabricArgs): ArgumentProblem[] {
  const problems = validateTopology(topology).map(({ propertyPath, reason }) =>
    wrong(`topology.${propertyPath}`, reason),
  );
  if (problems.length > 0) return problems;
  const accounts = new Set(Object.values(topology.places).flatMap(({ aws }) => aws?.accountId ?? []));
  const unoffered = Object.entries(topology.places)
    .filter(([place, { aws }]) => aws && !Object.hasOwn(regions, place))
    .map(([place]) => wrong(`regions.${place}`, "is missing, but the topology has this place in AWS"));
  return [
    ...unoffered,
    ...(accounts.size > 1
      ? [wrong("topology.places", `are in ${accounts.size} accounts; a fabric has the roles of one`)]
      : []),
    ...unproven(expand(topology), { topology, regions }),
    ...unevenBrokers({ topology, regions }),
  ];
}

/** An agent on site that uses something in AWS needs a way to prove there who it is. */
function unproven(edges: readonly Edge[], { topology }: AgentFabricArgs): ArgumentProblem[] {
  const sites = new Set(
    edges
      .filter(({ from, grant }) => grant.by === "iam" && topology.places[from.at ?? ""]?.site)
      .map(({ from }) => from.at ?? ""),
  );
  return [...sites]
    .filter((place) => {
      const site = topology.places[place]?.site;
      return !site?.issuerUrl && !site?.trustAnchorArn;
    })
    .map((place) =>
      wrong(
        `topology.places.${place}.site`,
        "names neither an issuerUrl nor a trustAnchorArn, so its agents cannot prove to AWS who they are",
      ),
    );
}

/** MSK puts the same number of brokers into each zone. */
function unevenBrokers({ topology, regions }: AgentFabricArgs): ArgumentProblem[] {
  return Object.entries(topology.places).flatMap(([place, { aws }]) => {
    const zones = regions[place]?.subnetIds.length ?? 0;
    const count = aws?.kafka?.count;
    return count === undefined || zones === 0 || count % zones === 0
      ? []
      : [wrong(`topology.places.${place}.kafka.count`, `${count} brokers do not fit ${zones} zones evenly`)];
  });
}
