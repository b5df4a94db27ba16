import type { Rule } from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";
import { trustsOf } from "./trust";

/** A trust policy that is computed from an unborn resource is one unknown: not even its audience shows. */
export const trustIsKnown: Rule = {
  id: "who-may-take-a-role-is-known",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description: "The trust policy of every role can be read before the role exists.",
  remediation:
    "Write the trust policy from values that are known: EKS Pod Identity, or the ARN of a provider composed of account and issuer instead of taken from the unborn provider.",
  evaluate: (view) =>
    trustsOf(view).flatMap(({ role, document }) => {
      if (document === undefined)
        return [broken(role, "assumeRolePolicy", `Role ${role.name} has no trust policy.`)];
      if ("statements" in document) return [];
      const why = document.unreadable;
      return [notShown(role, "assumeRolePolicy", `Who may take role ${role.name} cannot be read: ${why}.`)];
    }),
};
