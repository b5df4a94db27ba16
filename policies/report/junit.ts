import { SETTINGS_RULE, shortName, type Violation } from "@hybrid-ai-fabric/graph";
import type { JudgedPlan } from "./judged-plan";
import { describeWay } from "./way";

/**
 * A judged plan as JUnit XML: a suite for each pack, a case for each rule. A case fails when the rule has a mandatory
 * finding; advisory findings stand in its output.
 */
export function junit(plan: JudgedPlan): string {
  const { environment, rules } = plan;
  const packs = [...new Set(rules.map((rule) => rule.pack))];
  const suites = packs.map((pack) => suiteOf(pack, plan));
  const tests = suites.reduce((sum, suite) => sum + suite.tests, 0);
  const failures = suites.reduce((sum, suite) => sum + suite.failures, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: environment, tests, failures, errors: 0 })}>`,
    ...suites.map((suite) => suite.xml),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Suite {
  tests: number;
  failures: number;
  xml: string;
}

function suiteOf(pack: string, { positions, rules, summary, violations }: JudgedPlan): Suite {
  const { used } = summary;
  const own = violations.filter((violation) => violation.pack === pack);
  const ids = rules.filter((rule) => rule.pack === pack).map((rule) => rule.id);
  const cases = [...ids, ...(own.some(({ rule }) => rule === SETTINGS_RULE) ? [SETTINGS_RULE] : [])];
  const disabled = cases.filter((id) => used.includes(`rule ${id} is disabled`));
  const failed = new Set(own.filter(({ level }) => level === "mandatory").map(({ rule }) => rule));
  const numbers = {
    ...{ name: pack, tests: cases.length, failures: failed.size, errors: 0, skipped: disabled.length },
  };
  const xml = [
    `  <testsuite${attributes(numbers)}>`,
    ...cases.flatMap((id) => caseOf(pack, id, own, disabled.includes(id), positions)),
    "  </testsuite>",
  ].join("\n");
  return { tests: cases.length, failures: failed.size, xml };
}

function caseOf(
  pack: string,
  id: string,
  violations: readonly Violation[],
  disabled: boolean,
  positions: JudgedPlan["positions"],
): string[] {
  const all = (list: readonly Violation[]) =>
    text(list.map((violation) => describe(violation, positions)).join("\n\n"));
  const found = violations.filter(({ rule }) => rule === id);
  const mandatory = found.filter(({ level }) => level === "mandatory");
  const advisory = found.filter(({ level }) => level === "advisory");
  const open = `    <testcase${attributes({ classname: pack, name: id })}`;
  if (found.length === 0 && !disabled) return [`${open}/>`];
  const [first] = mandatory;
  const type = mandatory.some(({ verdict }) => verdict === "broken") ? "broken" : "cannotBeShown";
  const failure =
    first && `      <failure${attributes({ type, message: first.message })}>${all(mandatory)}</failure>`;
  return [
    `${open}>`,
    ...(disabled ? ['      <skipped message="disabled in the settings of the packs"/>'] : []),
    ...(failure ? [failure] : []),
    ...(advisory.length > 0 ? [`      <system-out>${all(advisory)}</system-out>`] : []),
    "    </testcase>",
  ];
}

function describe(violation: Violation, positions: JudgedPlan["positions"]): string {
  const verdict = violation.verdict === "broken" ? "broken" : "cannot be shown";
  const resource = violation.urn === "" ? "the stack" : shortName(violation.urn);
  const way = violation.path.length > 0 ? [`path: ${describeWay(violation.path)}`] : [];
  const position = positions.get(violation.urn);
  const line = position ? [`at ${position.file}:${position.line}`] : [];
  return [`${verdict}: ${resource}`, violation.message, ...way, ...line, violation.urn].join("\n");
}

function attributes(values: { [name: string]: string | number }): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${text(String(value)).replaceAll('"', "&quot;").replaceAll("\n", "&#10;")}"`,
    )
    .join("");
}

/** Text for XML 1.0: control characters are not allowed there, not even escaped. */
function text(value: string): string {
  return [...value]
    .map((character) => (isLegal(character.codePointAt(0) ?? 0) ? character : "\uFFFD"))
    .join("")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function isLegal(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
