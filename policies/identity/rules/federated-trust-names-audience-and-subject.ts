import type { Finding, Rule } from "@hybrid-ai-fabric/graph";
import type { Statement } from "./document";
import { broken, notShown } from "./findings";
import { issuersOf, type Trust, tokenGrants, trustsOf } from "./trust";

/** Without `aud` the token may be meant for somebody else; without `sub` anybody of the issuer has the role. */
export const trustNamesSubject: Rule = {
  id: "federated-trust-names-audience-and-subject",
  pack: "identity",
  severity: "critical",
  level: "mandatory",
  description:
    "A role that takes tokens says for which audience and of which subject, under the keys of their issuer.",
  remediation: "Compare <issuer>:aud and <issuer>:sub by StringEquals in every statement that takes a token.",
  evaluate: (view) =>
    trustsOf(view).flatMap((trust) =>
      tokenGrants(trust.statements).flatMap((statement) => judge(trust, statement)),
    ),
};

function judge({ role }: Trust, statement: Statement): Finding[] {
  const issuers = issuersOf(statement);
  const where = `Statement ${statement.name} of role ${role.name}`;
  const property = "assumeRolePolicy";
  if (issuers.length === 0)
    return [broken(role, property, `${where} takes tokens and names no issuer of them.`)];
  return issuers.flatMap((issuer) =>
    ["aud", "sub"].flatMap((claim) => {
      const compared = statement.conditions.filter(
        ({ key, operator }) =>
          (issuer === undefined || issuer === "*"
            ? key.endsWith(`:${claim}`)
            : key === `${issuer}:${claim}`) && /^string(equals|like)/i.test(operator.base),
      );
      if (compared.length === 0)
        return [broken(role, property, `${where} does not compare ${issuer ?? "<issuer>"}:${claim}.`)];
      if (compared.some(({ values }) => values.some((value) => value !== undefined))) return [];
      return [notShown(role, property, `${where} compares ${claim} with a value that is not known yet.`)];
    }),
  );
}
