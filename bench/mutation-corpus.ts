import { judge, judgeBeside, type PlannedResource, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { awsRegionIds, mayBeIn, placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { harmless, leaks, type Mutation, type Places } from "./mutations";

/** The leaks and the harmless edits of one recorded plan, with where its data is at home and where it may not be. */
export interface Corpus {
  places: Places;
  leaks: Mutation[];
  harmless: Mutation[];
}

export function corpusOf(resources: readonly PlannedResource[], settings: unknown): Corpus {
  const view = look(resources, settings);
  const places = placesOf(view);
  // A security group or a policy may be labelled, but there is no data in it that a change of its region would move.
  const holders = new Set(
    [...view.reach]
      .filter(([name]) => isLimited(view, name))
      .flatMap(([, arrivals]) => [...arrivals.values()].filter(({ node }) => node.dimensions.length > 0))
      .map(({ node }) => node.id),
  );
  return { places, leaks: leaks(resources, holders, places), harmless: harmless(resources, places) };
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
  private readonly beside: ReturnType<typeof judgeBeside>;
  private readonly before: ReadonlySet<string>;

  constructor(
    private readonly resources: readonly PlannedResource[],
    private readonly settings: Settings,
    private readonly rules: readonly Rule[],
  ) {
    this.beside = judgeBeside(resources, settings, rules);
    this.before = new Set(refusals(this.beside(resources)));
  }

  tally(mutations: readonly Mutation[], expected: "refused" | "passed"): Tally {
    const tally: Tally = { kinds: new Map(), approved: [], wrong: [], checked: 0 };
    mutations.forEach((mutation, index) => {
      const plan = mutation.make();
      const found = this.beside(plan);
      if (index % CHECKED_EVERY === 0) {
        this.check(mutation, plan, found);
        tally.checked += 1;
      }
      const refused = refusals(found).some((finding) => !this.before.has(finding));
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

  private check(mutation: Mutation, plan: readonly PlannedResource[], found: unknown): void {
    const alone = judge(plan, this.settings, this.rules).violations;
    if (JSON.stringify(alone) !== JSON.stringify(found))
      throw new Error(`${mutation.kind}: ${mutation.what} is judged otherwise by itself`);
  }

  /** The entry of the settings that lets a leak pass: without it, it is refused. */
  private approval(plan: readonly PlannedResource[]): string | undefined {
    for (const list of ["labels", "externalStores", "attestations", "approvals", "exemptions"] as const) {
      for (const entry of this.settings[list] ?? []) {
        const without = { ...this.settings, [list]: this.settings[list]?.filter((other) => other !== entry) };
        const usual = new Set(refusals(judge(this.resources, without, this.rules).violations));
        const found = refusals(judge(plan, without, this.rules).violations);
        if (found.some((finding) => !usual.has(finding))) return `${list}: ${JSON.stringify(entry)}`;
      }
    }
    return undefined;
  }
}

/** Lists of the settings by which whoever keeps them approves something. */
export interface Settings {
  labels?: object[];
  externalStores?: object[];
  attestations?: object[];
  approvals?: object[];
  exemptions?: object[];
}

function refusals(violations: ReturnType<typeof judge>["violations"]): string[] {
  return violations
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, urn, message }) => `${rule} ${urn} ${message}`);
}

function look(resources: readonly PlannedResource[], settings: unknown): View {
  const seen: View[] = [];
  const onlooker: Rule = {
    id: "onlooker",
    pack: "mutate",
    severity: "low",
    level: "advisory",
    description: "",
    remediation: "",
    evaluate: (view) => {
      seen.push(view);
      return [];
    },
  };
  judge(resources, settings, [onlooker]);
  const [view] = seen;
  if (!view) throw new Error("nothing was judged");
  return view;
}

/** Home is where most resources stand; abroad a region that no dataset of the plan may be in. */
function placesOf(view: View): Places {
  const counts = new Map<string, number>();
  for (const { location } of view.graph.nodes.values()) {
    for (const { place } of location.places) {
      if (place.region) counts.set(place.region, (counts.get(place.region) ?? 0) + 1);
    }
  }
  const home = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "ap-northeast-1";
  const limited = [...view.datasets.keys()].filter((name) => isLimited(view, name));
  const abroad = awsRegionIds().find((region) => limited.every((name) => isOutside(view, name, region)));
  if (abroad === undefined) throw new Error("every region is allowed for some dataset of the plan");
  return { home, abroad };
}

function isLimited(view: View, name: string): boolean {
  return (view.datasets.get(name)?.residency ?? []).length > 0 && isOutside(view, name, "cn-north-1");
}

function isOutside(view: View, name: string, region: string): boolean {
  const place = placeOfAwsRegion(region);
  const terms = view.datasets.get(name)?.residency ?? [];
  return (
    place !== undefined &&
    (["store", "process", "transit", "key", "log", "backup", "telemetry"] as const).every(
      (dimension) => mayBeIn(terms, dimension, place).verdict === "broken",
    )
  );
}
