import { type Finding, isUnknown, type Rule, shortName, type View } from "@hybrid-ai-fabric/graph";

export const labelsAreReadable: Rule = {
  id: "labels-are-known-before-creation",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "A label that is itself computed from something unborn protects nothing at preview, nor does one that another stack would have told.",
  remediation: "Write hybrid-ai tags as literal values; keep computed tags out of the same Output.",
  evaluate: (view) => [
    ...[...view.graph.nodes.values()].flatMap((node) =>
      node.unreadableLabels.map((property) =>
        notKnown(
          node.urn,
          property,
          `${property} is not known before creation, so no rule can tell which dataset this holds.`,
        ),
      ),
    ),
    ...untoldByOtherStacks(view),
  ],
};

/** What another stack exports says which of its stores hold what; unread, data could come from it unnoticed. */
function untoldByOtherStacks(view: View): Finding[] {
  return view.graph.resources
    .filter(({ type, outputs }) => type === "pulumi:pulumi:StackReference" && isUnknown(outputs.outputs))
    .map(({ urn }) =>
      notKnown(
        urn,
        "outputs",
        `What ${shortName(urn)} returns is not known, so no rule can tell which labels the stores of that stack carry.`,
      ),
    );
}

function notKnown(urn: string, property: string, message: string): Finding {
  return { verdict: "cannotBeShown", urn, message, path: [{ urn, property }] };
}
