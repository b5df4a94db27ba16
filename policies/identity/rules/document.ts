import { hiddenBecause, isRecord, isUnknown, type Value } from "@hybrid-ai-fabric/graph";

/** One statement of an IAM policy, with every list spelt out. A value that is unknown before creation is undefined. */
export interface Statement {
  /** Its Sid, else its number from 1, for messages. */
  name: string;
  allows: boolean;
  actions: string[];
  principals: Principal[];
  resources: (string | undefined)[];
  conditions: Condition[];
}

export interface Principal {
  /** AWS, Service, Federated, or `*` for everybody. */
  kind: string;
  value: string | undefined;
}

/** One key of a condition block; its values are alternatives. */
export interface Condition {
  operator: Operator;
  /** In lower case: IAM does not tell cases apart in keys. */
  key: string;
  values: (string | undefined)[];
}

/** `ForAllValues:StringLikeIfExists` in its parts. */
export interface Operator {
  written: string;
  quantifier: string;
  base: string;
  ifExists: boolean;
}

/** A policy as far as it can be read before anything is created. */
export type Document = { statements: Statement[] } | { unreadable: string };

/** Reads a policy that is written as JSON text or as an object; undefined when there is none. */
export function readDocument(value: Value | undefined): Document | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const why = hiddenBecause(value);
  if (why !== undefined) return { unreadable: why };
  const parsed = typeof value === "string" ? parse(value) : value;
  if (!isRecord(parsed)) return { unreadable: "it is no policy document in JSON" };
  if (isUnknown(parsed.Statement)) return { unreadable: "its statements are not known before creation" };
  return { statements: listed(parsed.Statement).filter(isRecord).map(readStatement) };
}

function parse(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

function readStatement(statement: { [key: string]: Value }, index: number): Statement {
  const { Sid, Effect, Action, NotAction, Principal, NotPrincipal, Resource, NotResource, Condition } =
    statement;
  return {
    name: typeof Sid === "string" && Sid !== "" ? `"${Sid}"` : `${index + 1}`,
    allows: Effect !== "Deny",
    // Everything but something is as good as everything for who must show that little is allowed.
    actions: NotAction === undefined ? textsOf(Action).map((action) => action ?? "*") : ["*"],
    principals: NotPrincipal === undefined ? principalsOf(Principal) : [{ kind: "*", value: "*" }],
    resources: NotResource === undefined ? textsOf(Resource) : ["*"],
    conditions: conditionsOf(Condition),
  };
}

function principalsOf(value: Value | undefined): Principal[] {
  if (value === "*") return [{ kind: "*", value: "*" }];
  if (isUnknown(value)) return [{ kind: "AWS", value: undefined }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([kind, values]) =>
    textsOf(values).map((text) => (text === "*" ? { kind: "*", value: text } : { kind, value: text })),
  );
}

function conditionsOf(block: Value | undefined): Condition[] {
  if (!isRecord(block) || isUnknown(block)) return [];
  return Object.entries(block).flatMap(([operator, keys]) =>
    isRecord(keys) && !isUnknown(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          operator: readOperator(operator),
          key: key.toLowerCase(),
          values: textsOf(values),
        }))
      : [],
  );
}

export function readOperator(written: string): Operator {
  const [, quantifier = "", name = ""] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/i.exec(written) ?? [];
  const ifExists = /IfExists$/i.test(name);
  return { written, quantifier, base: name.replace(/IfExists$/i, ""), ifExists };
}

function textsOf(value: Value | undefined): (string | undefined)[] {
  if (value === undefined || value === null) return [];
  return listed(value).map((each) =>
    typeof each === "string"
      ? each
      : typeof each === "boolean" || typeof each === "number"
        ? `${each}`
        : undefined,
  );
}

function listed(value: Value | undefined): Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Whether an action pattern of a policy covers an action: `sts:*` covers `sts:AssumeRole`. */
export function covers(pattern: string, action: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "i").test(action);
}

export function allowsAction(statement: Statement, action: string): boolean {
  return statement.allows && statement.actions.some((pattern) => covers(pattern, action));
}

/** Operators that compare a key with texts and ask for equality or a pattern. */
const positive = new Set(["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"]);

/** Conditions on a key that hold only when the key is there and fits: what a grant can be narrowed by. */
export function narrowing(statement: Statement, isKey: (key: string) => boolean): Condition[] {
  return statement.conditions.filter(
    ({ key, operator, values }) =>
      isKey(key) &&
      positive.has(operator.base.toLowerCase()) &&
      !operator.ifExists &&
      !/forallvalues/i.test(operator.quantifier) &&
      values.length > 0,
  );
}

/** Whether a value stands for more than itself: only Like operators and those of ARNs know `*` and `?`. */
export function isPattern({ base }: Operator, value: string): boolean {
  return /^(stringlike|arnlike|arnequals)$/i.test(base) && /[*?]/.test(value);
}

export function statementsOf(document: Document | undefined): Statement[] {
  return document && "statements" in document ? document.statements : [];
}
