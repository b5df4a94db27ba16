import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { judge, type PlannedResource, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { awsRegionIds, mayBeIn, placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { harmless, leaks, type Mutation, type Places } from "./mutations";

/**
 * Mutation corpus: from the recorded plan of every shipped environment, each leak of one step that the catalogue allows
 * must be refused, and no edit that moves nothing may be. Prints the counts; status 1 when one is judged wrong.
 */
const root = resolve(__dirname, "..");
const environments = process.argv.slice(2);
const shipped = readdirSync(join(root, "stacks")).flatMap(
  (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
);
let wrong = 0;
for (const environment of environments.length > 0 ? environments : shipped.sort()) measure(environment);
process.exitCode = wrong > 0 ? 1 : 0;

function measure(environment: string): void {
  const resources = record(environment);
  const settings = JSON.parse(
    readFileSync(join(root, `policies/config/${environment}.json`), "utf8"),
  ).settings;
  const view = look(resources, settings);
  const before = new Set(refusals(resources, settings));
  const count = (mutations: readonly Mutation[], right: (refused: boolean) => boolean) => {
    const kinds = new Map<string, [number, number]>();
    for (const { kind, what, resources: plan } of mutations) {
      const refused = refusals(plan, settings).some((finding) => !before.has(finding));
      const [good, all] = kinds.get(kind) ?? [0, 0];
      kinds.set(kind, [good + (right(refused) ? 1 : 0), all + 1]);
      if (!right(refused)) {
        wrong += 1;
        process.stdout.write(`  wrong: ${kind}: ${what}\n`);
      }
    }
    return [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const places = placesOf(view);
  // A security group or a policy may be labelled, but there is no data in it that a change of its region would move.
  const holders = new Set(
    [...view.reach]
      .filter(([name]) => isLimited(view, name))
      .flatMap(([, arrivals]) => [...arrivals.values()].filter(({ node }) => node.dimensions.length > 0))
      .map(({ node }) => node.id),
  );
  process.stdout.write(
    `${environment}: ${resources.length} resources, home ${places.home}, abroad ${places.abroad}\n`,
  );
  for (const [kind, [good, all]] of count(leaks(resources, holders, places), (refused) => refused)) {
    process.stdout.write(`  leak ${kind}: ${good} of ${all} refused\n`);
  }
  for (const [kind, [good, all]] of count(harmless(resources, places), (refused) => !refused)) {
    process.stdout.write(`  harmless ${kind}: ${good} of ${all} passed\n`);
  }
}

function record(environment: string): PlannedResource[] {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-mutate-"));
  try {
    const file = join(directory, "plan.json");
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, "offline/dist/main.js"), environment, "--quiet", "--json", file],
      { cwd: root, encoding: "utf8" },
    );
    if (status !== 0 && status !== 1) throw new Error(`${environment} could not be previewed:\n${stderr}`);
    return JSON.parse(readFileSync(file, "utf8")).resources;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function refusals(resources: readonly PlannedResource[], settings: unknown): string[] {
  return judge(resources, settings, sovereigntyRules)
    .violations.filter(({ level }) => level === "mandatory")
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
