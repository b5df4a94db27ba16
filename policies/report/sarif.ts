import { type PathStep, SETTINGS_RULE, shortName, type Violation } from "@hybrid-ai-fabric/graph";
import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import { fingerprints } from "./fingerprint";
import { type JudgedPlan, TOOL } from "./judged-plan";
import { describeStep } from "./way";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** Code scanning sorts findings by this figure; the values are those of its four named levels. */
const securitySeverity = { low: "3.0", medium: "5.5", high: "8.0", critical: "9.5" } as const;

/** A judged plan as SARIF 2.1.0, which code scanning on a pull request reads. */
export function sarif(plan: JudgedPlan): string {
  const rules = descriptors(plan);
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  const names = fingerprints(plan.violations);
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { ...TOOL, rules } },
        // One category for each environment: the findings of one must not close those of another.
        automationDetails: { id: `${TOOL.name}/${plan.environment}/` },
        invocations: [{ executionSuccessful: true }],
        results: plan.violations.map((violation, index) =>
          resultOf(violation, plan, indexes.get(violation.rule) ?? -1, names[index] ?? ""),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptors({ rules, violations }: JudgedPlan): ReportingDescriptor[] {
  const described = rules.map(
    (rule): ReportingDescriptor => ({
      id: rule.id,
      name: rule.id,
      shortDescription: { text: sentence(rule.id) },
      fullDescription: { text: rule.description },
      help: {
        text: `${rule.description} Fix: ${rule.remediation} See docs/rules/${rule.pack}.md.`,
        markdown: `${rule.description}\n\n**Fix:** ${rule.remediation}\n\nSee \`docs/rules/${rule.pack}.md\`.`,
      },
      defaultConfiguration: { level: rule.level === "mandatory" ? "error" : "warning" },
      properties: {
        tags: [rule.pack],
        precision: "very-high",
        "security-severity": securitySeverity[rule.severity],
      },
    }),
  );
  const settings = violations.some((violation) => violation.rule === SETTINGS_RULE);
  return settings ? [...described, ofSettings] : described;
}

const ofSettings: ReportingDescriptor = {
  id: SETTINGS_RULE,
  name: SETTINGS_RULE,
  shortDescription: { text: sentence(SETTINGS_RULE) },
  fullDescription: { text: "Settings that are wrong or have expired count as none." },
  help: { text: "Correct the settings of the packs, or renew what has expired." },
  defaultConfiguration: { level: "error" },
  properties: { tags: ["settings"], precision: "very-high", "security-severity": securitySeverity.high },
};

function resultOf(violation: Violation, plan: JudgedPlan, ruleIndex: number, fingerprint: string): Result {
  const { exemption } = violation;
  return {
    ruleId: violation.rule,
    ruleIndex,
    kind: "fail",
    level: violation.level === "mandatory" ? "error" : "warning",
    message: { text: violation.message },
    locations: [locationOf(violation.urn, plan)],
    partialFingerprints: { "hybridAiFabricFinding/v1": fingerprint },
    ...(violation.path.length > 0 ? { codeFlows: [codeFlow(violation.path, plan)] } : {}),
    ...(exemption === undefined
      ? {}
      : { suppressions: [{ kind: "external" as const, justification: `exemption ${exemption}` }] }),
    properties: {
      pack: violation.pack,
      verdict: violation.verdict,
      ...(violation.dataset === undefined ? {} : { dataset: violation.dataset }),
    },
  };
}

/** The way of the data, one step a location: viewers show it as a flow that can be walked. */
function codeFlow(path: readonly PathStep[], plan: JudgedPlan) {
  const locations = path.map(({ urn, property }, index) => {
    const message = { text: describeStep({ urn, property }) };
    return { executionOrder: index + 1, location: { ...locationOf(urn, plan), message } };
  });
  return { threadFlows: [{ locations }] };
}

/** A resource is a logical location; viewers also want a file, so the line that asks for it, else the plan's source. */
function locationOf(urn: string, { positions, source }: JudgedPlan): Location {
  const position = positions.get(urn);
  const region = position
    ? { startLine: position.line, startColumn: position.column }
    : { startLine: 1, startColumn: 1 };
  const artifact = uri(position?.file ?? source);
  const physicalLocation = { artifactLocation: { uri: artifact }, region };
  if (urn === "") return { physicalLocation };
  return {
    physicalLocation,
    logicalLocations: [{ name: shortName(urn), fullyQualifiedName: urn, kind: "resource" }],
  };
}

/** A file as a relative reference: a colon in its first part would read as a scheme. */
function uri(file: string): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return path === "" ? "." : path;
}

/** `data-rests-where-it-may-be` as a sentence. */
export function sentence(id: string): string {
  const words = id.replaceAll("-", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
