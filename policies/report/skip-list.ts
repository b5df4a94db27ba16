import { compare, shortName, type View } from "@hybrid-ai-fabric/graph";
import { allowedPlacesText, isUnlimited } from "@hybrid-ai-fabric/locality";
import table from "./data/contrary-rules.json";

/** A rule of another tool that demands a copy, whatever the data and wherever it goes. */
export interface ContraryRule {
  tool: string;
  id: string;
  /** Type of resource that it looks at. */
  type: string;
  demands: string;
}

/** A rule to skip, with the resources for which it contradicts a residency. */
export interface Skip extends ContraryRule {
  because: { resource: string; dataset: string; mayRestIn: string }[];
}

const rules: readonly ContraryRule[] = table.rules;

export const skippableTools: readonly string[] = [...new Set(rules.map(({ tool }) => tool))].sort();

/** The rules of a tool that a plan has to skip: those that look at a store of data with a residency. */
export function skipsFor(view: View, tool: string): Skip[] {
  return rules
    .filter((rule) => rule.tool === tool)
    .map((rule) => ({ ...rule, because: reasons(view, rule.type) }))
    .filter(({ because }) => because.length > 0);
}

function reasons(view: View, type: string): Skip["because"] {
  return [...view.datasets.values()]
    .filter(({ residency }) => !isUnlimited(residency, "store"))
    .flatMap(({ name, residency }) =>
      [...(view.reach.get(name)?.values() ?? [])]
        .filter(({ node }) => node.row?.type === type)
        .map(({ node }) => node.urn)
        .sort(compare)
        .map((urn) => ({
          resource: shortName(urn),
          dataset: name,
          mayRestIn: allowedPlacesText(residency, "store"),
        })),
    );
}

/** Checkov reads its own configuration; for the others the list is text, one id a line with its reasons above it. */
export function renderSkips(skips: readonly Skip[], tool: string): string {
  if (skips.length === 0)
    return `# ${tool}: no store of this plan holds data with a residency; skip nothing.\n`;
  const item = tool === "checkov" ? "  - " : "";
  const indent = " ".repeat(item.length && 2);
  return [
    ...(tool === "checkov" ? ["skip-check:"] : []),
    ...skips.flatMap(({ id, demands, because }) => [
      `${indent}# ${id} demands ${demands}, and does not look where the copy goes.`,
      ...because.map(
        ({ resource, dataset, mayRestIn }) =>
          `${indent}# ${resource} holds ${dataset}, which may only rest in ${mayRestIn}.`,
      ),
      `${item}${id}`,
    ]),
    "",
  ].join("\n");
}
