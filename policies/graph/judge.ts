import { activeLayer, factTables, overriddenRows, withTables } from "@hybrid-ai-fabric/locality";
import { datasetsOf } from "./datasets";
import { buildGraph } from "./flow/graph";
import { Memory } from "./flow/memory";
import { propagate } from "./flow/propagate";
import { matchesGlob } from "./glob";
import { tablesApart } from "./planned-tables";
import { compare, type PlannedResource } from "./resource";
import type { Finding, Rule, View, Violation } from "./rule";
import {
  type Accountable,
  type Exemption,
  type LabelRule,
  parseSettings,
  type Settings,
  type SettingsProblem,
} from "./settings";
import { type Summary, summarise } from "./summary";

export interface Judgement {
  violations: Violation[];
  summary: Summary;
}

/**
 * Judges a plan by a list of rules. The one function behind the packs, the command line and every report, so that
 * they cannot disagree. The result does not depend on the order of the resources.
 */
export function judge(
  resources: readonly PlannedResource[],
  rawSettings: unknown,
  rules: readonly Rule[],
  today: string = new Date().toISOString().slice(0, 10),
): Judgement {
  const { settings, problems } = parseSettings(rawSettings);
  return withTables(settings.tables.facts, () => {
    const used = new Set(overriddenRows(activeLayer()).map((row) => `row ${row} of the settings' tables`));
    const view = viewOf(resources, inForce(settings, today), today, used);
    for (const declaration of declarationsUsed(view)) used.add(declaration);
    const violations = violationsIn(view, settings, problems, rules);
    return { violations, summary: summarise(view, rules, violations, [...used].sort(compare)) };
  });
}

/**
 * Judges plans that differ from one in little, each as a whole and with the same violations as `judge`: only what rests
 * on a resource that changed is read anew.
 */
export function judgeBeside(
  plan: readonly PlannedResource[],
  rawSettings: unknown,
  rules: readonly Rule[],
  today: string = new Date().toISOString().slice(0, 10),
): (resources: readonly PlannedResource[]) => Violation[] {
  const { settings, problems } = parseSettings(rawSettings);
  const current = inForce(settings, today);
  const memory = new Memory();
  withTables(settings.tables.facts, () => buildGraph(plan, current, memory));
  memory.close();
  const others = stackReferences(plan);
  return (resources) =>
    withTables(settings.tables.facts, () => {
      const own = stackReferences(resources);
      const same = own.length === others.length && own.every((resource) => others.includes(resource));
      const view = viewOf(resources, current, today, new Set(), same ? memory : undefined);
      return violationsIn(view, settings, problems, rules);
    });
}

/** What other stacks export says where things stand that any resource may name. */
function stackReferences(resources: readonly PlannedResource[]): PlannedResource[] {
  return resources.filter(({ type }) => type === "pulumi:pulumi:StackReference");
}

/** What the rules find, what is wrong with the settings, and what in them has run out. */
function violationsIn(
  view: View,
  settings: Settings,
  problems: readonly SettingsProblem[],
  rules: readonly Rule[],
): Violation[] {
  const findings = rules.flatMap((rule) =>
    rule.evaluate(view).flatMap((finding) => toViolation(rule, finding, view)),
  );
  const pack = rules[0]?.pack ?? "settings";
  const wrong = problems.map(({ path, reason }) => settingsViolation(pack, `${path}: ${reason}`));
  const { today } = view;
  const apart = problems.length > 0 ? [] : plannedApart(pack, view);
  return sorted([
    ...findings,
    ...wrong,
    ...apart,
    ...expired(pack, settings, today),
    ...aged(pack, settings, today),
  ]);
}

/** A plan that was made by other rows than those that judge it is a plan of something else. */
function plannedApart(pack: string, { graph, settings }: View): Violation[] {
  const apart = tablesApart(graph.resources, settings.tables.facts);
  if (apart === undefined) return [];
  const rows = apart.rows.join(", ");
  const fix =
    "Fix: let `tables` of the environment name the file that the packs get by --policy-pack-config, so that both read one text.";
  if (apart.kind === "others")
    return [
      settingsViolation(
        pack,
        `The program was planned by other rows than these settings lay over the tables: ${rows}. ${fix}`,
      ),
    ];
  const message = `The components were planned by the tables as they are shipped, and are judged by rows of these settings: ${rows}. ${fix}`;
  return [
    { ...settingsViolation(pack, message), level: "advisory", severity: "low", verdict: "cannotBeShown" },
  ];
}

function viewOf(
  resources: readonly PlannedResource[],
  settings: Settings,
  today: string,
  used: Set<string>,
  memory?: Memory,
): View {
  const graph = buildGraph(resources, settings, memory);
  const datasets = datasetsOf(graph);
  return {
    graph,
    datasets,
    reach: propagate(graph, datasets, today, (what) => used.add(what)),
    settings,
    today,
    use: (what) => used.add(what),
  };
}

/** Declarations past their day count as none. */
function inForce(settings: Settings, today: string): Settings {
  const lasts = ({ expires = today }: Accountable) => expires >= today;
  return {
    ...settings,
    labels: settings.labels.filter(lasts),
    externalStores: settings.externalStores.filter(lasts),
  };
}

/** What somebody declared in place of a property: a verdict rests on it as on an approval. */
function declarationsUsed({ graph, settings }: View): string[] {
  return settings.labels
    .filter(({ reads, writes, readers, places, dataset }) => reads ?? writes ?? readers ?? places ?? dataset)
    .filter((rule) => graph.resources.some((resource) => graph.matches(rule, resource)))
    .map((rule) => {
      const { owner, expires } = rule;
      const answers = [owner, expires && `until ${expires}`].filter((part) => part !== undefined).join(", ");
      const says = (["dataset", "places", "reads", "writes", "readers"] as const).filter((key) => rule[key]);
      return `label ${describeLabel(rule)} (${[says.join(" and "), answers].filter((part) => part !== "").join("; ")})`;
    });
}

function describeLabel({ id, urn, type, name }: LabelRule): string {
  return id ?? [type, name ?? urn].filter((part) => part !== undefined).join(" ");
}

function toViolation(rule: Rule, finding: Finding, view: View): Violation[] {
  const { settings, today } = view;
  const configured = settings.rules[rule.id];
  if (configured === "disabled") {
    view.use(`rule ${rule.id} is disabled`);
    return [];
  }
  const violation: Violation = {
    pack: rule.pack,
    rule: rule.id,
    level: configured ?? finding.level ?? rule.level,
    severity: rule.severity,
    verdict: finding.verdict,
    urn: finding.urn,
    message: `${finding.message} Fix: ${rule.remediation}`,
    path: finding.path,
    ...(finding.dataset === undefined ? {} : { dataset: finding.dataset }),
  };
  const exemption = settings.exemptions.find((entry) => exempts(entry, violation, today));
  if (!exemption) return [violation];
  view.use(`exemption ${exemption.id} (${exemption.owner}, until ${exemption.expires})`);
  const message = `exempted by ${exemption.id} until ${exemption.expires}: ${violation.message}`;
  return [{ ...violation, level: "advisory", message, exemption: exemption.id }];
}

function exempts(exemption: Exemption, violation: Violation, today: string): boolean {
  return (
    exemption.expires >= today &&
    exemption.rule === violation.rule &&
    (exemption.urn === violation.urn || matchesGlob(exemption.urn, violation.urn))
  );
}

/** What has run out counts as none, and saying nothing about it would hide why a plan that held is now refused. */
function expired(pack: string, settings: Settings, today: string): Violation[] {
  const lists = {
    approval: settings.approvals,
    attestation: settings.attestations,
    exemption: settings.exemptions,
    label: settings.labels.map((rule) => ({ ...rule, id: describeLabel(rule) })),
    "external store": settings.externalStores.map((store) => ({ ...store, id: store.id ?? store.match })),
    account: Object.entries(settings.accounts).map(([id, account]) => ({ id, ...account })),
  };
  return Object.entries(lists).flatMap(([noun, entries]) =>
    entries
      .filter(({ expires = today }) => expires < today)
      .map((entry) =>
        settingsViolation(pack, `${noun} ${entry.id} expired on ${entry.expires} and counts as none.`),
      ),
  );
}

/** Facts change while nobody looks: which tables are past their age is told, and refuses nothing. */
function aged(pack: string, settings: Settings, today: string): Violation[] {
  const { asOf } = settings.tables;
  const own =
    asOf === undefined ? [] : [{ name: "of the settings", asOf, validDays: VALID_DAYS_OF_SETTINGS }];
  return [...factTables(), ...own].flatMap(({ name, asOf: date, validDays }) => {
    const limit = settings.tableAgeDays ?? validDays;
    const age = daysBetween(date, today);
    if (age <= limit) return [];
    const message = `Table ${name} is of ${date}, which is ${age} days ago; past ${limit} days its facts should be looked up again. Fix: update the package, or lay current rows over it in settings.tables.`;
    return [
      { ...settingsViolation(pack, message), level: "advisory", severity: "low", verdict: "cannotBeShown" },
    ];
  });
}

const VALID_DAYS_OF_SETTINGS = 365;

function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export const SETTINGS_RULE = "settings-of-the-packs-are-valid-and-current";

function settingsViolation(pack: string, message: string): Violation {
  return {
    pack,
    rule: SETTINGS_RULE,
    level: "mandatory",
    severity: "high",
    verdict: "broken",
    urn: "",
    message,
    path: [],
  };
}

function sorted(violations: readonly Violation[]): Violation[] {
  return [...violations].sort(
    (a, b) =>
      compare(a.rule, b.rule) ||
      compare(a.urn, b.urn) ||
      compare(a.dataset ?? "", b.dataset ?? "") ||
      compare(a.message, b.message),
  );
}
