import {
  isRecord,
  isUnknown,
  leavesAt,
  type PlannedResource,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";

/** Somebody whom a policy or a permission lets read or use something. */
export type Reader =
  | { kind: "account"; id: string }
  /** Everybody in the world, or everybody who has an account. */
  | { kind: "anybody" }
  /** Nothing shows who. */
  | { kind: "unknown" };

export interface NamedReader {
  reader: Reader;
  property: string;
}

/** Everybody whom the properties of a resource let read. */
export function readersOf(
  resource: PlannedResource,
  paths: readonly string[],
  properties: { [name: string]: Value },
): NamedReader[] {
  return paths.flatMap((path) =>
    leavesAt(properties, path).flatMap(({ value, path: property }) =>
      readersIn(value, resource).map((reader) => ({ reader, property })),
    ),
  );
}

function readersIn(value: Value, resource: PlannedResource): Reader[] {
  if (typeof value === "string")
    return /^\s*[{[]/.test(value)
      ? inDocument(value)
      : value.split(",").flatMap((name) => fromPrincipal(name.trim()));
  if (isUnknown(value)) return [{ kind: "unknown" }];
  if (isRecord(value) && isGrantee(value)) return fromGrantee(value);
  if (isRecord(value)) return resource.type === "" ? [] : fromStatements(value.Statement ?? null);
  return [{ kind: "unknown" }];
}

/** An entry of an access control list of S3: a group by its address, a person or an account by an id of its own. */
function isGrantee(value: { [key: string]: Value }): boolean {
  return !("Statement" in value) && ["uri", "id", "emailAddress"].some((key) => key in value);
}

function fromGrantee({ uri, id, emailAddress }: { [key: string]: Value }): Reader[] {
  const group = typeof uri === "string" && uri !== "" ? (uri.split("/").at(-1) ?? uri) : undefined;
  if (group !== undefined) return group === "LogDelivery" ? [] : [{ kind: "anybody" }];
  return [id, emailAddress].flatMap((name): Reader[] => {
    if (name === undefined || name === null || name === "") return [];
    return typeof name === "string" ? [{ kind: "account", id: name }] : [{ kind: "unknown" }];
  });
}

/** Lists that S3 knows by name: those that let nobody else read, and those that let everybody. */
const closedLists = /^(private|log-delivery-write|bucket-owner-(read|full-control)|aws-exec-read)$/;
const openLists = /^(public-read|public-read-write|authenticated-read)$/;

function inDocument(text: string): Reader[] {
  try {
    const document = JSON.parse(text) as { Statement?: Value } | Value[];
    return fromStatements(Array.isArray(document) ? document : (document.Statement ?? null));
  } catch {
    return [{ kind: "unknown" }];
  }
}

function fromStatements(statements: Value): Reader[] {
  const list = Array.isArray(statements) ? statements : [statements];
  return list.flatMap((statement): Reader[] => {
    if (!isRecord(statement) || statement.Effect === "Deny") return [];
    if ("NotPrincipal" in statement) return [{ kind: "anybody" }];
    const readers = inPrincipal(statement.Principal ?? null);
    if (!readers.some(({ kind }) => kind === "anybody")) return readers;
    const narrowed = byCondition(statement.Condition ?? null);
    return narrowed ? [...readers.filter(({ kind }) => kind !== "anybody"), ...narrowed] : readers;
  });
}

function inPrincipal(principal: Value): Reader[] {
  if (typeof principal === "string") return fromPrincipal(principal);
  if (Array.isArray(principal)) return principal.flatMap(inPrincipal);
  if (!isRecord(principal)) return [];
  // A service acts for somebody whom another policy names; where it sends data is a flow of its own.
  const { AWS, CanonicalUser } = principal;
  return [AWS, CanonicalUser].flatMap((one) =>
    (Array.isArray(one) ? one : [one]).flatMap((name) =>
      typeof name === "string" ? fromPrincipal(name) : [],
    ),
  );
}

function fromPrincipal(name: string): Reader[] {
  if (/^(\*|all)$/i.test(name) || openLists.test(name)) return [{ kind: "anybody" }];
  if (closedLists.test(name)) return [];
  const organisation = /\bo-[a-z0-9]{10,32}\b/.exec(name)?.[0];
  if (organisation) return [{ kind: "account", id: organisation }];
  const account = /^(?:\d{12})$|^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(name);
  if (account) return [{ kind: "account", id: account[1] ?? account[0] }];
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name) || name === "IAM_ALLOWED_PRINCIPALS") return [];
  // S3 knows accounts by a name of its own as well, which tells nobody whose it is.
  if (/^[0-9a-f]{64}$/.test(name)) return [{ kind: "account", id: name }];
  return [{ kind: "unknown" }];
}

const byAccount = /^(aws:(PrincipalAccount|SourceAccount|SourceOwner|ResourceAccount)|kms:CallerAccount)$/i;
const byOrganisation = /^aws:(PrincipalOrgID|SourceOrgID|PrincipalOrgPaths|SourceOrgPaths)$/i;
const byArn = /^aws:(PrincipalArn|SourceArn)$/i;
const byNetwork = /^aws:(SourceVpce|SourceVpc)$/i;

/** What a condition leaves of everybody; undefined where it leaves them all. */
function byCondition(condition: Value): Reader[] | undefined {
  if (!isRecord(condition)) return undefined;
  for (const [operator, keys] of Object.entries(condition)) {
    if (!/^(ForAnyValue:)?(String|Arn)(Equals|Like)(IgnoreCase)?$/.test(operator) || !isRecord(keys))
      continue;
    for (const [key, value] of Object.entries(keys)) {
      const values = (Array.isArray(value) ? value : [value]).filter(
        (one): one is string => typeof one === "string",
      );
      if (byNetwork.test(key)) return [];
      if (!byAccount.test(key) && !byOrganisation.test(key) && !byArn.test(key)) continue;
      const readers = values.flatMap(fromPrincipal);
      if (values.length > 0 && readers.every(({ kind }) => kind === "account")) return readers;
    }
  }
  return undefined;
}

/** Accounts that the providers of the plan work in, and those that the settings call ours. */
export function ownAccounts(view: View): ReadonlySet<string> {
  const own = new Set<string>();
  for (const { type, inputs, outputs } of view.graph.resources) {
    if (type !== "pulumi:providers:aws") continue;
    const properties = { ...outputs, ...inputs };
    for (const path of ["allowedAccountIds[]", "assumeRoles[].roleArn", "assumeRole.roleArn"])
      for (const { value } of leavesAt(properties, path)) {
        const id = typeof value === "string" ? /\d{12}/.exec(value)?.[0] : undefined;
        if (id !== undefined) own.add(id);
      }
  }
  for (const [id, { places, expires }] of Object.entries(view.settings.accounts))
    if (places === undefined && expires >= view.today) own.add(id);
  return own;
}
