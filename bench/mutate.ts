import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { randomNumbers, shuffled } from "./generated-plan";
import { corpusOf, withMegaportAbroad } from "./mutation-corpus";
import type { Mutation } from "./mutations";
import { Referee, rulesOfPlaces, type Tally } from "./referee";

const root = resolve(__dirname, "..");

/**
 * Mutation corpus: from the recorded plan of every shipped environment, each leak of one step that the catalogue allows
 * must be refused, and no edit that moves nothing may be. Prints the counts; status 1 when one is judged wrong.
 *
 * `npm run mutate [-- <environment>...] [--sample N [--seed S]]`: a sample takes N leaks and N harmless edits of each.
 */
function main(): void {
  const { values, positionals } = parseArgs({
    options: { sample: { type: "string" }, seed: { type: "string", default: "7" } },
    allowPositionals: true,
  });
  const sample = values.sample === undefined ? Number.POSITIVE_INFINITY : Number(values.sample);
  const seed = Number(values.seed);
  if (!(sample > 0) || !Number.isInteger(seed))
    throw new Error("--sample takes a number above 0, --seed one");
  const shipped = readdirSync(join(root, "stacks")).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );
  const environments = positionals.length > 0 ? positionals : shipped.sort();
  const wrong = environments.map((environment) => measure(environment, sample, seed));
  process.exitCode = wrong.some((count) => count > 0) ? 1 : 0;
}

/** Mutations of an environment that were judged wrong. */
function measure(environment: string, sample: number, seed: number): number {
  const resources = record(environment);
  const settings = JSON.parse(
    readFileSync(join(root, `policies/config/${environment}.json`), "utf8"),
  ).settings;
  const started = process.cpuUsage();
  const { places, leaks, harmless } = corpusOf(resources, settings);
  process.stdout.write(
    `${environment}: ${resources.length} resources, home ${places.home}, abroad ${places.abroad}\n`,
  );
  const chosen = (mutations: Mutation[]) =>
    Number.isFinite(sample) ? shuffled(mutations, randomNumbers(seed)).slice(0, sample) : mutations;
  const referee = new Referee(
    resources,
    withMegaportAbroad(settings, places),
    rulesOfPlaces(sovereigntyRules),
  );
  const refused = referee.tally(chosen(leaks), "refused");
  print("leak", "refused", refused, leaks.length);
  const passed = referee.tally(chosen(harmless), "passed");
  print("harmless edit", "passed", passed, harmless.length);
  const { user, system } = process.cpuUsage(started);
  process.stdout.write(
    `  ${((user + system) / 1e6).toFixed(0)} s of processor time; ${refused.checked + passed.checked} judged by themselves as well, all the same\n`,
  );
  return refused.wrong.length + passed.wrong.length;
}

function print(noun: string, verb: string, tally: Tally, whole: number): void {
  const { kinds, approved, wrong } = tally;
  for (const [kind, count] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const beside = count.approved > 0 ? `, ${count.approved} approved by the settings` : "";
    process.stdout.write(`  ${noun}, ${kind}: ${count.right} of ${count.all} ${verb}${beside}\n`);
  }
  for (const { mutation, entry } of approved)
    process.stdout.write(`  approved by the settings: ${mutation.kind}: ${mutation.what}: ${entry}\n`);
  for (const { kind, what } of wrong) process.stdout.write(`  wrong: ${kind}: ${what}\n`);
  const all = [...kinds.values()].reduce((sum, count) => sum + count.all, 0);
  const right = [...kinds.values()].reduce((sum, count) => sum + count.right, 0);
  const part = all < whole ? ` (a sample of ${whole})` : "";
  process.stdout.write(
    `  ${noun}s: ${right} of ${all} ${verb}, ${approved.length} approved by the settings, ${wrong.length} wrong${part}\n`,
  );
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

main();
