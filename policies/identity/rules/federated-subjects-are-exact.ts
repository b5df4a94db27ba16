import type { Finding, Rule } from "@hybrid-ai-fabric/graph";
import { type Condition, isPattern, type Statement } from "./document";
import { broken, notShown } from "./findings";
import { type Trust, tokenGrants, trustsOf } from "./trust";

/**
 * Values of one key are alternatives, so the widest of them decides: AWS itself looks at the first only and takes
 * `["repo:x", "*"]` (public vectors of trust policies, 2026). An end may stay open after a prefix that already names
 * the workload's own kind: three whole parts and the beginning of the fourth.
 */
export const subjectsAreExact: Rule = {
  id: "federated-subjects-are-exact",
  pack: "identity",
  severity: "critical",
  level: "mandatory",
  description:
    "Every value that audience and subject of a token are compared with names one workload, wherever in the list it stands.",
  remediation: "Write each subject out, such as system:serviceaccount:agents:triage, and drop the wildcard.",
  evaluate: (view) =>
    trustsOf(view).flatMap((trust) =>
      tokenGrants(trust.statements).flatMap((statement) =>
        statement.conditions
          .filter(({ key }) => /:(aud|sub)$/.test(key))
          .flatMap((condition) => judge(trust, statement, condition)),
      ),
    ),
};

function judge({ role }: Trust, { name }: Statement, { key, operator, values }: Condition): Finding[] {
  const where = `Statement ${name} of role ${role.name}`;
  return values.flatMap((value, index) => {
    const property = "assumeRolePolicy";
    if (value === undefined)
      return [notShown(role, property, `${where}: value ${index + 1} of ${key} is not known yet.`)];
    const open = value === "" || (isPattern(operator, value) && (key.endsWith(":aud") || !isAnchored(value)));
    return open
      ? [
          broken(
            role,
            property,
            `${where}: "${value}" as value ${index + 1} of ${key} fits more than one workload.`,
          ),
        ]
      : [];
  });
}

function isAnchored(pattern: string): boolean {
  const [prefix = "", ...rest] = pattern.split("*");
  return (
    rest.join("") === "" &&
    !prefix.includes("?") &&
    prefix.split(/[:/]/).length >= 4 &&
    /[a-z0-9-]$/i.test(prefix)
  );
}
