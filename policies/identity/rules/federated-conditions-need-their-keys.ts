import type { Rule } from "@hybrid-ai-fabric/graph";
import { broken, notShown } from "./findings";
import { tokenGrants, trustsOf } from "./trust";

/** `ForAllValues:` and `...IfExists` are true when the key is absent, and a negation when it is anything else. */
export const conditionsNeedKeys: Rule = {
  id: "federated-conditions-need-their-keys",
  pack: "identity",
  severity: "critical",
  level: "mandatory",
  description: "A condition on audience or subject fails when the token does not hold the claim.",
  remediation: "Use plain StringEquals on both claims.",
  evaluate: (view) =>
    trustsOf(view).flatMap(({ role, statements }) =>
      tokenGrants(statements).flatMap((statement) =>
        statement.conditions
          .filter(({ key }) => /:(aud|sub)$/.test(key))
          .flatMap(({ key, operator, values }) => {
            const where = `Statement ${statement.name} of role ${role.name}`;
            const everyOfNone = /forallvalues/i.test(operator.quantifier);
            const vacuous = operator.ifExists || everyOfNone || /not/i.test(operator.base);
            if (vacuous)
              return [
                broken(
                  role,
                  "assumeRolePolicy",
                  `${where} compares ${key} by ${operator.written}, which holds without it.`,
                ),
              ];
            if (/^null$/i.test(operator.base) && values.some((value) => value !== "false"))
              return [
                values.includes(undefined)
                  ? notShown(
                      role,
                      "assumeRolePolicy",
                      `${where}: whether ${key} must be there is not known yet.`,
                    )
                  : broken(role, "assumeRolePolicy", `${where} asks that ${key} is absent.`),
              ];
            return [];
          }),
      ),
    ),
};
