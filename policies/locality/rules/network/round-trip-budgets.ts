import {
  broken,
  type Finding,
  fromDeclaration,
  notShown,
  type PathStep,
  type PlannedResource,
  type RoundTripBudget,
  type View,
} from "@hybrid-ai-fabric/graph";
import { describePlace, type Place, roundTripMs } from "@hybrid-ai-fabric/locality";

/** One end of a path of the plan: its place, or why nothing shows it. */
export type PathEnd = { place: Place } | { unknown: string };

/** Two ends that traffic of the plan travels between, with the resource that makes it so. */
export interface NetworkPath {
  by: PlannedResource;
  property: string;
  via?: PathStep[];
  from: PathEnd;
  to: PathEnd;
}

/** A budget with its places read once. */
interface ReadBudget {
  budget: RoundTripBudget;
  ends: [Place, Place];
}

export function readBudgets(view: View): ReadBudget[] {
  return view.settings.budgets.roundTripMs.flatMap((budget) => {
    const [from] = fromDeclaration(budget.from).places;
    const [to] = fromDeclaration(budget.to).places;
    return from && to ? [{ budget, ends: [from.place, to.place] satisfies [Place, Place] }] : [];
  });
}

/**
 * Judges a path against every budget that is about its ends, in whichever direction they are written. A measured median
 * decides. An estimate decides only where even light in fibre would be too slow; otherwise what lies above the budget
 * cannot be shown. Neither knows jitter.
 */
export function judgePath(path: NetworkPath, budgets: readonly ReadBudget[]): Finding[] {
  return budgets.flatMap(({ budget, ends }) => {
    const [one, other] = ends;
    const match = best(
      both(covers(one, path.from), covers(other, path.to)),
      both(covers(other, path.from), covers(one, path.to)),
    );
    if (match === "no") return [];
    const { from, to } = path;
    if (match === "maybe" || "unknown" in from || "unknown" in to) {
      const why = ["unknown" in from ? from.unknown : "", "unknown" in to ? to.unknown : ""].filter(Boolean);
      const reason = why.length > 0 ? `: ${why.join("; ")}` : ", because its ends are known by country only";
      const message = `Nothing shows whether ${path.by.name} is the path of ${budget.from} and ${budget.to}, which may take ${budget.ms} ms${reason}.`;
      return [notShown(path.by, path.property, message, { via: path.via ?? [] })];
    }
    return judge(path, from.place, to.place, budget);
  });
}

function judge(path: NetworkPath, from: Place, to: Place, budget: RoundTripBudget): Finding[] {
  const ends = `${describePlace(from)} and ${describePlace(to)}`;
  const via = path.via ?? [];
  const found = roundTripMs(from, to);
  if (!found) {
    const message = `No table tells the round trip between ${ends}, which may take ${budget.ms} ms.`;
    return [notShown(path.by, path.property, message, { via })];
  }
  const { p50, p90, estimate, least = 0, source } = found;
  const kind = estimate ? "estimated" : "measured";
  const figure = `${round(p50)} ms there and back (${kind}, median; ${source}; jitter is not modelled)`;
  const text = `${path.by.name} joins ${ends}: ${figure}`;
  if (p50 > budget.ms) {
    if (!estimate || least > budget.ms) {
      return [broken(path.by, path.property, `${text}, but ${budget.ms} ms are allowed.`, { via })];
    }
    const message = `${text}; ${budget.ms} ms are allowed, and light in fibre would take ${round(least)} ms, so only a measurement can show it.`;
    return [notShown(path.by, path.property, message, { via })];
  }
  if (p90 !== undefined && p90 > budget.ms) {
    const message = `${text}, within the ${budget.ms} ms allowed, but one packet in ten takes more than ${round(p90)} ms.`;
    return [broken(path.by, path.property, message, { via, level: "advisory" })];
  }
  return [];
}

type Match = "yes" | "maybe" | "no";

/** Whether a budget's end is about a path's end. A country covers what is in it; a place known by country only may be it. */
function covers(end: Place, actual: PathEnd): Match {
  if ("unknown" in actual) return "maybe";
  const { place } = actual;
  if (end.country !== place.country) return "no";
  if (end.metro === undefined && end.region === undefined) return "yes";
  if (place.metro === undefined && place.region === undefined) return "maybe";
  return end.metro === place.metro && end.region === place.region ? "yes" : "no";
}

function both(a: Match, b: Match): Match {
  if (a === "no" || b === "no") return "no";
  return a === "yes" && b === "yes" ? "yes" : "maybe";
}

function best(a: Match, b: Match): Match {
  if (a === "yes" || b === "yes") return "yes";
  return a === "maybe" || b === "maybe" ? "maybe" : "no";
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
