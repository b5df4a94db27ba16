import { isRecord, isUnknown, leavesAt, type Rule, shortName } from "@hybrid-ai-fabric/graph";
import { describePath, presencesIn } from "./arrivals";

export const keysBelongToAccounts: Rule = {
  id: "keys-belong-to-the-accounts-of-the-data",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "A key in another account can be taken away or opened by whoever owns that account, wherever the data is.",
  remediation:
    "Use a key of an account in the provider's allowedAccountIds, or add the account of the key to that list.",
  evaluate: (view) =>
    presencesIn(view, "key").flatMap(({ arrival, dataset, path }) => {
      const { node, over } = arrival;
      const declaring = over && view.graph.byUrn(over.declaredBy);
      const provider = declaring?.provider === undefined ? undefined : view.graph.byUrn(declaring.provider);
      if (node.kind !== "external" || !provider) return [];
      const account = accountIn(node.id);
      const allowed = leavesAt({ ...provider.outputs, ...provider.inputs }, "allowedAccountIds[]");
      if (account === undefined || allowed.length === 0) return [];
      if (allowed.some(({ value }) => value === account)) return [];
      const unknown = allowed.some(({ value }) => isUnknown(value) || isRecord(value));
      return [
        {
          verdict: unknown ? ("cannotBeShown" as const) : ("broken" as const),
          urn: over?.declaredBy ?? node.urn,
          dataset: dataset.name,
          message: `Dataset "${dataset.name}" is encrypted by a key of account ${account}, which is not among those of ${shortName(provider.urn)}. Path: ${describePath(path)}.`,
          path,
        },
      ];
    }),
};

/** Account in the ARN of a key that stands outside the plan. */
function accountIn(id: string): string | undefined {
  return /arn:[^:]*:kms:[^:]*:(\d{12}):/.exec(id)?.[1];
}
