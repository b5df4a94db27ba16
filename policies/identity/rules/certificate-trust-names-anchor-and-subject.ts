import {
  declaredProperties,
  type Finding,
  isUnknown,
  leavesAt,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { isPattern, narrowing, type Statement } from "./document";
import { broken, notShown } from "./findings";
import { grantsTo, ROLES_ANYWHERE, resourcesOf, trustsOf } from "./trust";

/** Fields of a certificate by which one workload can be told from another. */
const SUBJECT = /^aws:principaltag\/(x509san\/(uri|dns|name\/cn)|x509subject\/cn)$/;

export const certificatesAreNarrow: Rule = {
  id: "certificate-trust-names-anchor-and-subject",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description:
    "A role of IAM Roles Anywhere is open to one certificate of one trust anchor, through a profile of its own.",
  remediation:
    "Compare aws:SourceArn with the anchor and aws:PrincipalTag/x509SAN/URI with the workload; give each profile one role and no session names of the caller's choice.",
  evaluate: (view) => [
    ...trustsOf(view).flatMap(({ role, statements }) =>
      grantsTo(statements, ROLES_ANYWHERE).flatMap((statement) => [
        ...narrow(role, statement, (key) => key === "aws:sourcearn", "the trust anchor (aws:SourceArn)"),
        ...narrow(
          role,
          statement,
          (key) => SUBJECT.test(key),
          "the certificate (aws:PrincipalTag/x509SAN/URI)",
        ),
      ]),
    ),
    ...resourcesOf(view, "aws:rolesanywhere/profile:Profile").flatMap(profile),
  ],
};

function narrow(
  role: PlannedResource,
  statement: Statement,
  isKey: (key: string) => boolean,
  means: string,
): Finding[] {
  const where = `Statement ${statement.name} of role ${role.name}`;
  const found = narrowing(statement, isKey);
  if (found.length === 0) return [broken(role, "assumeRolePolicy", `${where} does not say ${means}.`)];
  const values = found.flatMap(({ operator, values }) => values.map((value) => ({ operator, value })));
  if (values.some(({ operator, value }) => value !== undefined && isPattern(operator, value)))
    return [broken(role, "assumeRolePolicy", `${where} leaves ${means} open.`)];
  return values.some(({ value }) => value === undefined)
    ? [notShown(role, "assumeRolePolicy", `${where}: ${means} is not known yet.`)]
    : [];
}

function profile(resource: PlannedResource): Finding[] {
  const properties = declaredProperties(resource);
  const roles = leavesAt(properties, "roleArns");
  const named = properties.acceptRoleSessionName;
  return [
    ...(roles.length > 1
      ? [broken(resource, "roleArns", `${resource.name} offers ${roles.length} roles to one certificate.`)]
      : []),
    ...(named === true
      ? [
          broken(
            resource,
            "acceptRoleSessionName",
            `${resource.name} lets the caller choose the name in the logs.`,
          ),
        ]
      : isUnknown(named)
        ? [
            notShown(
              resource,
              "acceptRoleSessionName",
              `Who names the sessions of ${resource.name} is not known.`,
            ),
          ]
        : []),
  ];
}
