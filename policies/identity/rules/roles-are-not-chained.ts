import {
  declaredProperties,
  type Finding,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { allowsAction, narrowing, type Statement } from "./document";
import { broken, notShown } from "./findings";
import { ASSUME, isAgentRole, resourcesOf, type Trust, trustsOf } from "./trust";

/** A role that is taken by a role hides who asks, and its sessions end after an hour whatever they are set to. */
export const rolesAreNotChained: Rule = {
  id: "roles-are-not-chained",
  pack: "identity",
  severity: "medium",
  level: "mandatory",
  description:
    "The role of a workload is taken by the workload itself; where another role must take it, an external id says for whom.",
  remediation:
    "Give the workload a role of its own, or require sts:ExternalId in the trust of the target role.",
  evaluate: (view) => [
    ...trustsOf(view).filter(isAgentRole).flatMap(chained),
    ...resourcesOf(view, "aws:eks/podIdentityAssociation:PodIdentityAssociation").flatMap((association) =>
      target(association, view),
    ),
  ],
};

const isExternalId = (key: string) => key === "sts:externalid";

function byRoles(statement: Statement): boolean {
  return (
    allowsAction(statement, ASSUME) && statement.principals.some(({ kind }) => kind === "AWS" || kind === "*")
  );
}

function chained({ role, statements }: Trust): Finding[] {
  return statements
    .filter((statement) => byRoles(statement) && narrowing(statement, isExternalId).length === 0)
    .map(({ name }) =>
      broken(role, "assumeRolePolicy", `Statement ${name} of role ${role.name} lets other roles take it.`),
    );
}

/** The external id of an association is made with it, so a trust that names it exactly is unknown at first. */
function target(association: PlannedResource, view: View): Finding[] {
  const { targetRoleArn } = declaredProperties(association);
  if (targetRoleArn === undefined || targetRoleArn === null || targetRoleArn === "") return [];
  const candidates = new Set(association.propertyDependencies.targetRoleArn ?? []);
  const trusts = trustsOf(view).filter(({ role }) => candidates.has(role.urn));
  const open = trusts.filter(({ document }) => document && "statements" in document);
  if (trusts.length === 0 || open.length < trusts.length)
    return [
      notShown(
        association,
        "targetRoleArn",
        `${association.name} goes on to a role whose trust this plan does not show.`,
      ),
    ];
  const unguarded = open.filter(({ statements }) =>
    statements.some((statement) => byRoles(statement) && narrowing(statement, isExternalId).length === 0),
  );
  return unguarded.map(({ role }) =>
    broken(
      association,
      "targetRoleArn",
      `${association.name} goes on to role ${role.name}, which asks for no sts:ExternalId.`,
    ),
  );
}
