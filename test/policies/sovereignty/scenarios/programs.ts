import { isRecord, type Value } from "@hybrid-ai-fabric/graph";
import type { Reports } from "../../../../offline/standin/reports";
import { asPart, type Scenario, scenarios } from "./corpus";

/** Most scenarios of one program; `SCENARIOS_PER_PROGRAM=1` gives each a program of its own, which takes five times as long. */
const most = Number(process.env.SCENARIOS_PER_PROGRAM ?? 10);

/**
 * A preview costs five seconds of processor time, so scenarios share programs, and none may change what is found of
 * another. Those that hold are together: such a program has to pass. What speaks of a whole stack stays alone.
 */
export function scenarioPrograms(): Scenario[][] {
  const all = scenarios.map(asPart);
  const alone = all.filter(speaksOfStack);
  const sharing = all.filter((scenario) => !alone.includes(scenario));
  return [
    ...divided(sharing.filter(({ expect }) => expect === "holds")),
    ...divided(sharing.filter(({ expect }) => expect !== "holds")),
    ...alone.map((scenario) => [scenario]),
  ];
}

function speaksOfStack(scenario: Scenario): boolean {
  const { strict = false, attestations = [] } = scenario.settings ?? {};
  return strict || attestations.length > 0 || driftOf(scenario) !== undefined || endsAnywhere(scenario);
}

/** A circuit of which nobody knows where it ends may reach whatever else the program holds. */
function endsAnywhere({ resources }: Scenario): boolean {
  return resources.some(({ type }) => type === "megaport:index/vxc:Vxc");
}

/** Neighbours are often variants of each other with the same names of buckets and hosts, so they are dealt out in turn. */
function divided(sharing: readonly Scenario[]): Scenario[][] {
  const count = Math.ceil(sharing.length / most);
  return Array.from({ length: count }, (_, part) => sharing.filter((_, index) => index % count === part));
}

/** What a provider reports of the resources other than what the program asks for; undefined where it reports just that. */
export function driftOf({ resources }: Scenario): Reports | undefined {
  const drifted = resources.flatMap(({ name, outputs }) => (outputs ? [{ name, outputs }] : []));
  if (drifted.length === 0) return undefined;
  return Object.fromEntries(drifted.map(({ name, outputs }) => [`::${name}`, leaves("", outputs as Value)]));
}

function leaves(path: string, value: Value): { [path: string]: Value } {
  if (!isRecord(value)) return { [path]: value };
  const inside = Object.entries(value).map(([key, inner]) => leaves(path ? `${path}.${key}` : key, inner));
  return Object.assign({}, ...inside);
}
