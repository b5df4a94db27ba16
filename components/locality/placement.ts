/** A region that something could be placed in, with what a copy in it costs. */
export interface PlacementCandidate {
  region: string;
  /** USD per year of one copy with the stores beside it. */
  usdPerYear: number;
  /** Milliseconds to the users that are farthest: of sets that cost the same, nearer regions are tried first. Default: 0. */
  farthestMs?: number;
}

/** A demand on a placement, by a name that messages show, with the regions that meet it. */
export interface PlacementDemand {
  name: string;
  regions: readonly string[];
}

/** What a placement must satisfy. */
export interface PlacementRequest {
  candidates: readonly PlacementCandidate[];
  /** Every chosen region must be in each of these: residency, the offer of a type or a service. */
  within: readonly PlacementDemand[];
  /** At least `copies` chosen regions must be in each of these: a population's reach. */
  reach: readonly PlacementDemand[];
  /** Chosen regions at least; 2 survive the loss of one. */
  copies: number;
}

/** The cheapest set of regions, or the demands that cannot hold together. */
export type Placement =
  | { regions: string[]; usdPerYear: number }
  /** Irreducible: without any one of them the others could be met. */
  | { conflict: string[] };

/**
 * The cheapest set of regions that meets every demand. Exact: a branch and bound that tries every region of the demand
 * with the fewest choices left. Of sets that cost the same, the one that its order (price, distance, name) meets first.
 */
export function cheapestPlacement(request: PlacementRequest): Placement {
  return solve(request) ?? { conflict: conflictOf(request) };
}

function solve({ candidates, within, reach, copies }: PlacementRequest): Placement | undefined {
  const allowed = within.map(({ regions }) => new Set(regions));
  const open = candidates
    .filter(({ region }) => allowed.every((regions) => regions.has(region)))
    .sort(
      (a, b) =>
        a.usdPerYear - b.usdPerYear ||
        (a.farthestMs ?? 0) - (b.farthestMs ?? 0) ||
        (a.region < b.region ? -1 : 1),
    );
  // The count of regions is a demand like any other: it is met by all of them.
  const demands = [
    ...reach.map(({ regions }) => new Set(regions)),
    new Set(open.map(({ region }) => region)),
  ];
  const covers = open.map(({ region }) =>
    demands.flatMap((regions, index) => (regions.has(region) ? [index] : [])),
  );
  const search = new Search(open, covers, demands.length, copies);
  search.from(0);
  return search.best && { regions: [...search.best.regions].sort(), usdPerYear: search.best.usd };
}

/** State of one search: what is chosen, what is excluded, and how many regions each demand still needs. */
class Search {
  best: { regions: string[]; usd: number } | undefined;
  private readonly missing: number[];
  private readonly taken: boolean[];
  private readonly chosen: string[] = [];

  constructor(
    private readonly open: readonly PlacementCandidate[],
    private readonly covers: readonly (readonly number[])[],
    demands: number,
    copies: number,
  ) {
    this.missing = Array.from({ length: demands }, () => copies);
    this.taken = open.map(() => false);
  }

  from(usd: number): void {
    const choices = this.tightest();
    if (choices === "met") {
      if (!this.best || usd < this.best.usd) this.best = { regions: [...this.chosen], usd };
      return;
    }
    if (choices === "cannot") return;
    if (this.best && usd + this.atLeast() >= this.best.usd) return;
    const tried: number[] = [];
    for (const index of choices) {
      this.take(index, -1);
      this.from(usd + this.price(index));
      this.give(index);
      // What was tried with this region is done: the others are tried without it.
      this.taken[index] = true;
      tried.push(index);
    }
    for (const index of tried) this.taken[index] = false;
  }

  /** Regions of the unmet demand with the fewest left. */
  private tightest(): number[] | "met" | "cannot" {
    const left = this.choicesLeft();
    let fewest: number[] | undefined;
    for (const [demand, choices] of left.entries()) {
      const missing = this.missing[demand] ?? 0;
      if (missing <= 0) continue;
      if (choices.length < missing) return "cannot";
      if (!fewest || choices.length < fewest.length) fewest = choices;
    }
    return fewest ?? "met";
  }

  /** No set can cost less: the dearest demand alone, met with its cheapest regions. */
  private atLeast(): number {
    return this.choicesLeft().reduce((most, choices, demand) => {
      const cheapest = choices.slice(0, Math.max(0, this.missing[demand] ?? 0));
      return Math.max(
        most,
        cheapest.reduce((sum, index) => sum + this.price(index), 0),
      );
    }, 0);
  }

  /** Regions that are neither chosen nor excluded, by demand, cheapest first. */
  private choicesLeft(): number[][] {
    const left: number[][] = this.missing.map(() => []);
    for (const [index, demands] of this.covers.entries()) {
      if (this.taken[index]) continue;
      for (const demand of demands) left[demand]?.push(index);
    }
    return left;
  }

  private take(index: number, change: -1 | 1): void {
    for (const demand of this.covers[index] ?? [])
      this.missing[demand] = (this.missing[demand] ?? 0) + change;
    this.taken[index] = change < 0;
    if (change < 0) this.chosen.push(this.open[index]?.region ?? "");
  }

  private give(index: number): void {
    this.take(index, 1);
    this.chosen.pop();
  }

  private price(index: number): number {
    return this.open[index]?.usdPerYear ?? 0;
  }
}

/** Leaves out one demand after the other; what the rest cannot do without is the conflict. */
function conflictOf(request: PlacementRequest): string[] {
  const { candidates, copies } = request;
  let within = request.within;
  let reach = request.reach;
  let count = copies;
  for (const demand of [...within]) {
    const fewer = within.filter((other) => other !== demand);
    if (!solve({ candidates, within: fewer, reach, copies })) within = fewer;
  }
  for (const demand of [...reach]) {
    const fewer = reach.filter((other) => other !== demand);
    if (!solve({ candidates, within, reach: fewer, copies })) reach = fewer;
  }
  if (count > 1 && !solve({ candidates, within, reach, copies: 1 })) count = 1;
  const names = [...within, ...reach].map(({ name }) => name);
  return count > 1 ? [...names, `${count} regions`] : names;
}
