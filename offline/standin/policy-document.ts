type Properties = { [property: string]: unknown };

/**
 * What `aws.iam.getPolicyDocument` makes of its arguments: it asks no cloud. Undefined where the provider itself merges:
 * documents that are laid over each other, and conditions of one test on one variable.
 */
export function policyDocument(args: Properties): Properties | undefined {
  const { statements, version = "2012-10-17", policyId, ...layers } = args;
  if (
    Object.values(layers)
      .flat()
      .some((layer) => layer != null) ||
    listOf(statements).some(repeatsCondition)
  )
    return undefined;
  const document = {
    Version: version,
    ...(policyId === undefined ? {} : { Id: policyId }),
    Statement: listOf(statements).map((statement) => rendered(statement as Properties)),
  };
  return {
    json: withVariables(JSON.stringify(document, null, 2)),
    minifiedJson: withVariables(JSON.stringify(document)),
  };
}

/** Variables of IAM are written `&{...}` in arguments. */
function withVariables(document: string): string {
  return document.replaceAll("&{", "${");
}

function repeatsCondition(statement: unknown): boolean {
  const named = listOf((statement as Properties).conditions) as { test: string; variable: string }[];
  return new Set(named.map(({ test, variable }) => `${test} ${variable}`)).size < named.length;
}

function rendered(statement: Properties): Properties {
  const { sid, effect = "Allow" } = statement;
  return withoutEmpty({
    Sid: sid === "" ? undefined : sid,
    Effect: effect,
    Action: oneOrMore(statement.actions),
    NotAction: oneOrMore(statement.notActions),
    Resource: oneOrMore(statement.resources),
    NotResource: oneOrMore(statement.notResources),
    Principal: principals(statement.principals),
    NotPrincipal: principals(statement.notPrincipals),
    Condition: conditions(statement.conditions),
  });
}

function principals(list: unknown): unknown {
  const named = listOf(list) as { type: string; identifiers: string[] }[];
  if (named.length === 0) return undefined;
  if (named.length === 1 && named[0]?.type === "*") return "*";
  const types = [...new Set(named.map(({ type }) => type))];
  return Object.fromEntries(
    types.map((type) => [
      type,
      oneOrMore(named.filter((one) => one.type === type).flatMap(({ identifiers }) => identifiers)),
    ]),
  );
}

function conditions(list: unknown): unknown {
  const named = listOf(list) as { test: string; variable: string; values: string[] }[];
  if (named.length === 0) return undefined;
  const tests = [...new Set(named.map(({ test }) => test))];
  return Object.fromEntries(
    tests.map((test) => [
      test,
      Object.fromEntries(
        named.filter((one) => one.test === test).map(({ variable, values }) => [variable, oneOrMore(values)]),
      ),
    ]),
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function oneOrMore(value: unknown): unknown {
  const list = listOf(value);
  return list.length > 1 ? list : list[0];
}

function withoutEmpty(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
