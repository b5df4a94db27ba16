import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, type PlannedResource } from "@hybrid-ai-fabric/graph";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";
import { stateOf } from "../../test/support/analyze";
import { plan, type ResourceSpec } from "../../test/support/plan";
import { leakCases, settings, soundPrograms } from "./cases";
import { template } from "./cloudformation";
import { terraformPlan } from "./terraform";
import type { Findings, Peer } from "./tools";

/** How one set of rules did: which leaks it found, and how many sound programs it refused. */
export interface Score {
  rules: string;
  /** Per leak, whether it was found with its destination known and unknown; undefined where it cannot be written down. */
  leaks: { title: string; known: boolean | undefined; unknown: boolean | undefined }[];
  /** Sound programs with a finding. */
  falseAlarms: string[];
}

/** Ours, on the very plans that the peers get in their own formats. */
export function ours(): Score {
  const programs = programsOf((resources) => resources);
  const findings = new Map(
    [...programs].map(([name, resources]) => {
      const { violations } = judge(resources, settings, allRules);
      return [name, violations.filter(({ level }) => level === "mandatory").map(({ rule }) => rule)];
    }),
  );
  return score("hybrid-ai-fabric, its packs", findings, programs);
}

const formats = { terraform: terraformPlan, cloudformation: template, pulumi: stateOf };

export function scoresOf(peer: Peer): Score[] {
  const programs = programsOf<unknown>(formats[peer.format]);
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-peers-"));
  try {
    const plans = join(directory, "plans");
    mkdirSync(plans);
    for (const [name, content] of programs) writeFileSync(join(plans, name), JSON.stringify(content));
    const { stock, written } = peer.findings(plans, [...programs.keys()]);
    const title = `${peer.name} ${peer.version}`;
    return [
      ...(stock ? [score(`${title}, its own rules`, stock, programs)] : []),
      ...(written ? [score(`${title}, rules written by hand`, written, programs)] : []),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type Variant = "known" | "unknown";
const variants: readonly Variant[] = ["known", "unknown"];
const sides = ["abroad", "home"] as const;

function fileOf(index: number, variant: Variant, side: (typeof sides)[number]): string {
  return `leak-${index}-${variant}-${side}.json`;
}

/** Every program by its file name; what a format cannot express is left out. */
function programsOf<T>(convert: (resources: PlannedResource[]) => T | undefined): Map<string, T> {
  const programs = new Map<string, T>();
  const add = (name: string, specs: readonly ResourceSpec[]) => {
    const converted = convert(plan(specs));
    if (converted !== undefined) programs.set(name, converted);
  };
  leakCases.forEach((leak, index) => {
    for (const variant of variants)
      for (const side of sides) add(fileOf(index, variant, side), leak[variant][side]);
  });
  soundPrograms.forEach(({ specs }, index) => {
    add(`sound-${index}.json`, specs);
  });
  return programs;
}

/** A leak counts as found when something is said of it that is not said of the same program at home. */
function score(rules: string, findings: Findings, programs: ReadonlyMap<string, unknown>): Score {
  const found = (index: number, variant: Variant): boolean | undefined => {
    if (!programs.has(fileOf(index, variant, "abroad"))) return undefined;
    const usual = new Set(findings.get(fileOf(index, variant, "home")) ?? []);
    return (findings.get(fileOf(index, variant, "abroad")) ?? []).some((finding) => !usual.has(finding));
  };
  const leaks = leakCases.map(({ title }, index) => {
    return { title, known: found(index, "known"), unknown: found(index, "unknown") };
  });
  const refusedHomes = leakCases.flatMap(({ title }, index) =>
    variants
      .filter((variant) => (findings.get(fileOf(index, variant, "home")) ?? []).length > 0)
      .map((variant) => `${title}, at home, ${variant}`),
  );
  const refusedSound = soundPrograms
    .filter((_, index) => (findings.get(`sound-${index}.json`) ?? []).length > 0)
    .map(({ title }) => title);
  return { rules, leaks, falseAlarms: [...refusedHomes, ...refusedSound] };
}

/** The scores as a table of Markdown. */
export function scoreTable(scores: readonly Score[]): string {
  const mark = (value: boolean | undefined) => (value === undefined ? "n/a" : value ? "found" : "missed");
  const rows = leakCases.map(({ title }, index) => [
    title,
    ...scores.map(({ leaks }) => `${mark(leaks[index]?.known)} / ${mark(leaks[index]?.unknown)}`),
  ]);
  const sound = soundPrograms.length + leakCases.length * variants.length;
  const alarms = [
    `findings on ${sound} sound programs`,
    ...scores.map(({ falseAlarms }) => String(falseAlarms.length)),
  ];
  const head = ["leak, destination known / unknown", ...scores.map(({ rules }) => rules)];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), line(alarms)].join("\n");
}
