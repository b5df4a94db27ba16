import {
  declaredProperties,
  type Finding,
  isUnknown,
  type PlannedResource,
  type Rule,
} from "@hybrid-ai-fabric/graph";
import { isPattern, narrowing, type Statement } from "./document";
import { broken, notShown } from "./findings";
import { grantsTo, POD_IDENTITY, resourcesOf, trustsOf } from "./trust";

const required = [
  { key: "aws:sourceaccount", means: "the account" },
  { key: "aws:sourcearn", means: "the cluster" },
  { key: "aws:requesttag/kubernetes-namespace", means: "the namespace" },
  { key: "aws:requesttag/kubernetes-service-account", means: "the service account" },
];

/**
 * The principal of EKS Pod Identity is the same for every cluster of every account: what an association may be made of
 * stands in the conditions only. A session policy takes the tags away that they compare.
 */
export const podIdentityIsNarrow: Rule = {
  id: "pod-identity-trust-names-its-workload",
  pack: "identity",
  severity: "high",
  level: "mandatory",
  description:
    "A role of EKS Pod Identity is open to one service account of one cluster, and its associations keep the tags that say so.",
  remediation:
    "Compare aws:SourceAccount, aws:SourceArn and the request tags kubernetes-namespace and kubernetes-service-account, and leave session tags on.",
  evaluate: (view) => [
    ...trustsOf(view).flatMap(({ role, statements }) =>
      grantsTo(statements, POD_IDENTITY).flatMap((statement) => missing(role, statement)),
    ),
    ...resourcesOf(view, "aws:eks/podIdentityAssociation:PodIdentityAssociation").flatMap(tagsAreKept),
  ],
};

function missing(role: PlannedResource, statement: Statement): Finding[] {
  return required.flatMap(({ key, means }) => {
    const where = `Statement ${statement.name} of role ${role.name}`;
    const values = narrowing(statement, (candidate) => candidate === key).flatMap(({ operator, values }) =>
      values.map((value) => ({ value, open: value !== undefined && isPattern(operator, value) })),
    );
    if (values.length === 0)
      return [broken(role, "assumeRolePolicy", `${where} does not say ${means} (${key}).`)];
    if (values.some(({ open }) => open))
      return [broken(role, "assumeRolePolicy", `${where} leaves ${means} open (${key}).`)];
    return values.some(({ value }) => value === undefined)
      ? [notShown(role, "assumeRolePolicy", `${where}: ${means} (${key}) is not known yet.`)]
      : [];
  });
}

function tagsAreKept(association: PlannedResource): Finding[] {
  const { disableSessionTags, policy } = declaredProperties(association);
  if (isUnknown(disableSessionTags))
    return [
      notShown(
        association,
        "disableSessionTags",
        `Whether ${association.name} keeps its session tags is not known.`,
      ),
    ];
  if (disableSessionTags !== true && (policy === undefined || policy === null || policy === "")) return [];
  const property = disableSessionTags === true ? "disableSessionTags" : "policy";
  return [
    broken(association, property, `${association.name} drops the session tags that its role is narrowed by.`),
  ];
}
