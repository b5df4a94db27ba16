import type { PolicyPackArgs, PolicyResource, ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { judge } from "../judge";
import { readProperties } from "../probe";
import { compare, isBare, isCustom, type PlannedResource } from "../resource";
import type { Rule, Violation } from "../rule";
import type { Properties } from "../value";

export { labelRemediation } from "./remediation";

/**
 * The two CrossGuard policies of every pack.
 *
 * `settings` holds the configuration, collects what each resource asked for, and on an update stops what is already
 * certain before it is created. `evaluate` sees the whole stack once and runs all rules over one graph: each stack
 * policy would read the stack anew.
 */
export function policiesOf(rules: readonly Rule[]): PolicyPackArgs["policies"] {
  const collected = new Map<string, PlannedResource>();
  let settings: unknown;
  let settingsRan = false;
  return [
    {
      name: "settings",
      description: "Settings of the packs: datasets, labels, approvals, exemptions and levels of the rules.",
      enforcementLevel: "mandatory",
      configSchema: { properties: settingsProperties },
      validateResource: (args, report) => {
        settings = args.getConfig();
        settingsRan = true;
        const resource = fromInputs(args);
        collected.set(resource.urn, resource);
        if (pulumi.runtime.isDryRun()) return;
        reportAll(certainNow(resource, args, settings, rules), report);
      },
    },
    {
      name: "evaluate",
      description: "Every rule of the pack, over the data-flow graph of the whole stack.",
      enforcementLevel: "mandatory",
      validateStack: (args, report) => {
        if (!settingsRan)
          return report("The policy `settings` is disabled, so nothing can be judged. Enable it.");
        const resources = args.resources.map((resource) => fromStack(resource, collected));
        reportAll(judge(resources, settings, rules).violations, report);
      },
    },
  ];
}

const list = { type: "array" as const };
const map = { type: "object" as const };
const settingsProperties = {
  version: { type: "integer" as const },
  strict: { type: "boolean" as const },
  datasets: map,
  labels: list,
  externalStores: list,
  attestations: list,
  approvals: list,
  exemptions: list,
  accounts: map,
  budgets: map,
  resiliency: map,
  rules: map,
  tables: map,
  tableAgeDays: { type: "number" as const },
};

/** On an update the stack policy runs when all is created: only what one resource alone proves can be prevented. */
function certainNow(
  resource: PlannedResource,
  args: ResourceValidationArgs,
  settings: unknown,
  rules: readonly Rule[],
): Violation[] {
  const provider = args.provider && providerOf(args.provider);
  const alone = provider ? [provider, resource] : [resource];
  return judge(alone, settings, rules).violations.filter(
    (violation) => violation.verdict === "broken" && violation.urn === resource.urn,
  );
}

function providerOf(provider: NonNullable<ResourceValidationArgs["provider"]>): PlannedResource {
  const properties = readProperties(provider.props);
  return bare(provider.urn, provider.type, provider.name, undefined, properties, properties);
}

function fromInputs(args: ResourceValidationArgs): PlannedResource {
  const resource = bare(args.urn, args.type, args.name, args.provider?.urn, readProperties(args.props), {});
  return args.opts.parent ? { ...resource, parent: args.opts.parent } : resource;
}

function fromStack(
  resource: PolicyResource,
  collected: ReadonlyMap<string, PlannedResource>,
): PlannedResource {
  const asked = collected.get(resource.urn)?.inputs;
  const inputs = asked ?? {};
  const parent = resource.parent?.urn ?? resource.opts.parent;
  return {
    ...bare(
      resource.urn,
      resource.type,
      resource.name,
      resource.provider?.urn,
      inputs,
      readProperties(resource.props),
    ),
    ...(parent ? { parent } : {}),
    ...(isBare(asked) ? { bare: true as const } : {}),
    dependencies: urnsOf(resource.dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, on]) => [property, urnsOf(on)]),
    ),
  };
}

function bare(
  urn: string,
  type: string,
  name: string,
  provider: string | undefined,
  inputs: Properties,
  outputs: Properties,
): PlannedResource {
  const custom = isCustom(type, provider);
  const base = { urn, type, name, custom, inputs, outputs, dependencies: [], propertyDependencies: {} };
  return provider ? { ...base, provider } : base;
}

function urnsOf(resources: readonly PolicyResource[]): string[] {
  return resources.map((resource) => resource.urn).sort(compare);
}

function reportAll(violations: readonly Violation[], report: ReportViolation): void {
  // The SDK takes an object with the sub-rule's own name, level and severity; only its type still says string.
  const reportFinding = report as unknown as (finding: {
    message: string;
    urn: string | undefined;
    name: string;
    enforcementLevel: string;
    severity: string;
  }) => void;
  for (const { message, urn, rule, level, severity } of violations) {
    reportFinding({ message, urn: urn || undefined, name: rule, enforcementLevel: level, severity });
  }
}
