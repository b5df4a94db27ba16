import { judge, judgeBeside, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import type { Mutation } from "./mutations";

/**
 * Rules that refuse a resource for what it is, wherever it leads: a leak has to be refused for its place, and what is
 * added at home is not asked whether a channel of the topology declares it.
 */
const WHEREVER_IT_LEADS: readonly string[] = [
  "agent-data-moves-over-declared-channels",
  "code-declares-what-it-reads-and-writes",
  "transferred-data-never-travels-back",
];

export function rulesOfPlaces(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ id }) => !WHEREVER_IT_LEADS.includes(id));
}

/** How a list of mutations was judged, by kind. */
export interface Tally {
  kinds: Map<string, { right: number; approved: number; all: number }>;
  /** Leaks that pass because an entry of the settings says so: without it they are refused. */
  approved: { mutation: Mutation; entry: string }[];
  wrong: Mutation[];
  /** Mutations whose plan was judged by itself as well, with the same result. */
  checked: number;
}

/** One mutation in this many is also judged without anything that was remembered of the recorded plan. */
const CHECKED_EVERY = 250;

/** Judges each mutated plan as a whole; a leak is right when something is refused that was not before. */
export class Referee {
  private readonly usual: Bench;
  private strict: Bench | undefined;
  private without: { entry: string; bench: Bench }[] | undefined;

  constructor(
    private readonly resources: readonly PlannedResource[],
    private readonly settings: Settings,
    private readonly rules: readonly Rule[],
  ) {
    this.usual = this.benchOf(settings);
  }

  tally(mutations: readonly Mutation[], expected: "refused" | "passed"): Tally {
    const tally: Tally = { kinds: new Map(), approved: [], wrong: [], checked: 0 };
    mutations.forEach((mutation, index) => {
      const plan = mutation.make();
      const bench = mutation.strict ? this.strictBench() : this.usual;
      const found = bench.beside(plan);
      if (index % CHECKED_EVERY === 0) {
        this.check(mutation, plan, bench, found);
        tally.checked += 1;
      }
      const refused = refusals(found).some((finding) => !bench.before.has(finding));
      const right = refused === (expected === "refused");
      const entry = !right && expected === "refused" ? this.approval(plan) : undefined;
      const count = tally.kinds.get(mutation.kind) ?? { right: 0, approved: 0, all: 0 };
      tally.kinds.set(mutation.kind, {
        right: count.right + (right ? 1 : 0),
        approved: count.approved + (entry === undefined ? 0 : 1),
        all: count.all + 1,
      });
      if (entry !== undefined) tally.approved.push({ mutation, entry });
      else if (!right) tally.wrong.push(mutation);
    });
    return tally;
  }

  private benchOf(settings: Settings): Bench {
    const beside = judgeBeside(this.resources, settings, this.rules);
    return { settings, beside, before: new Set(refusals(beside(this.resources))) };
  }

  private strictBench(): Bench {
    this.strict ??= this.benchOf({ ...this.settings, strict: true });
    return this.strict;
  }

  private check(mutation: Mutation, plan: readonly PlannedResource[], bench: Bench, found: unknown): void {
    const alone = judge(plan, bench.settings, this.rules).violations;
    if (JSON.stringify(alone) !== JSON.stringify(found))
      throw new Error(`${mutation.kind}: ${mutation.what} is judged otherwise by itself`);
  }

  /** The entry of the settings that lets a leak pass: without it, it is refused. */
  private approval(plan: readonly PlannedResource[]): string | undefined {
    return this.withoutEach().find(({ bench }) =>
      refusals(bench.beside(plan)).some((finding) => !bench.before.has(finding)),
    )?.entry;
  }

  /** The settings without each entry by which somebody approves something. */
  private withoutEach(): { entry: string; bench: Bench }[] {
    this.without ??= approving.flatMap((list) =>
      (this.settings[list] ?? []).map((entry, _, all) => ({
        entry: `${list}: ${JSON.stringify(entry)}`,
        bench: this.benchOf({ ...this.settings, [list]: all.filter((other) => other !== entry) }),
      })),
    );
    return this.without;
  }
}

const approving = ["labels", "externalStores", "attestations", "approvals", "exemptions"] as const;

/** Settings with what they refuse of the recorded plan itself. */
interface Bench {
  settings: Settings;
  beside: ReturnType<typeof judgeBeside>;
  before: ReadonlySet<string>;
}

/** Lists of the settings by which whoever keeps them approves something. */
export interface Settings {
  labels?: object[];
  externalStores?: object[];
  attestations?: object[];
  approvals?: object[];
  exemptions?: object[];
  strict?: boolean;
  tables?: { megaportLocations?: { [id: string]: string } };
}

function refusals(violations: ReturnType<typeof judge>["violations"]): string[] {
  return violations
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, urn, message }) => `${rule} ${urn} ${message}`);
}
