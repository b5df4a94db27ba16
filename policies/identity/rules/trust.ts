import { declaredProperties, isRecord, type PlannedResource, type View } from "@hybrid-ai-fabric/graph";
import { allowsAction, type Document, readDocument, type Statement, statementsOf } from "./document";

export const ROLE = "aws:iam/role:Role";
export const ASSUME = "sts:AssumeRole";
export const ASSUME_BY_TOKEN = "sts:AssumeRoleWithWebIdentity";
export const POD_IDENTITY = "pods.eks.amazonaws.com";
export const ROLES_ANYWHERE = "rolesanywhere.amazonaws.com";
export const AGENTCORE = "bedrock-agentcore.amazonaws.com";

/** A role with the statements of its trust policy. */
export interface Trust {
  role: PlannedResource;
  document: Document | undefined;
  statements: Statement[];
}

export function trustsOf(view: View): Trust[] {
  return resourcesOf(view, ROLE).map((role) => {
    const document = readDocument(declaredProperties(role).assumeRolePolicy);
    return { role, document, statements: statementsOf(document) };
  });
}

export function resourcesOf(view: View, ...types: string[]): PlannedResource[] {
  return view.graph.resources.filter(({ type }) => types.includes(type));
}

/** Statements by which a service may hand the role to a workload. */
export function grantsTo(statements: readonly Statement[], service: string): Statement[] {
  return statements.filter(
    (statement) =>
      allowsAction(statement, ASSUME) &&
      statement.principals.some(({ kind, value }) => kind === "Service" && value === service),
  );
}

/** Statements by which the token of an OpenID Connect issuer is enough. */
export function tokenGrants(statements: readonly Statement[]): Statement[] {
  return statements.filter((statement) => allowsAction(statement, ASSUME_BY_TOKEN));
}

/** Issuers of a statement as their keys begin: `oidc.example.com/id/1`; undefined for one that is not known yet. */
export function issuersOf(statement: Statement): (string | undefined)[] {
  return statement.principals
    .filter(({ kind }) => kind === "Federated" || kind === "*")
    .map(({ value }) => value?.replace(/^arn:[^:]+:iam::\d*:oidc-provider\//, "").toLowerCase());
}

/** A role that a workload takes without a key of its own, or one that is labelled as an agent's. */
export function isAgentRole({ role, statements }: Trust): boolean {
  return (
    isLabelledAgent(role) ||
    tokenGrants(statements).length > 0 ||
    [POD_IDENTITY, ROLES_ANYWHERE].some((service) => grantsTo(statements, service).length > 0) ||
    grantsTo(statements, AGENTCORE).some((statement) => !isForGateways(statement))
  );
}

/** AgentCore also takes the roles of its gateways, which run no code of an agent. */
function isForGateways({ conditions }: Statement): boolean {
  return conditions.some(
    ({ key, values }) =>
      key === "aws:sourcearn" && values.length > 0 && values.every((value) => value?.includes(":gateway/")),
  );
}

export function isLabelledAgent(role: PlannedResource): boolean {
  const { tags } = declaredProperties(role);
  return isRecord(tags) && typeof tags["hybrid-ai:agent"] === "string";
}
