import { type CatalogueRow, type PlaceSource, referencesOf } from "../catalogue";
import { type Leaf, leavesWithin, topLevel, withoutIndexes } from "../path";
import { declaredProperties, type PlannedResource } from "../resource";
import { hiddenBecause, isSecret, isUnknown } from "../value";
import { FROM_NOTHING } from "./candidates";
import type { Directory } from "./directory";
import { mentionsIn } from "./mentions";
import { literalTargets } from "./references";
import type { Target } from "./target";

/** What a property that no row names leads to, and whether data only comes from there. */
export interface Unlisted {
  target: Target;
  inwards: boolean;
}

/**
 * Ends in properties that the row of a type does not name: an SDK has more of them than anybody reviews. A text that is
 * an ARN or an address is one wherever it stands, and so is a store that a property was computed from; what is done with
 * it nobody said, so nothing of it is certain.
 */
export function unlistedEnds(resource: PlannedResource, row: CatalogueRow, directory: Directory): Unlisted[] {
  if (!resource.type.startsWith("aws:") || !movesData(row)) return [];
  const listed = listedIn(row);
  return Object.entries(declaredProperties(resource)).flatMap(([property, value]) => {
    if (typeof value === "boolean" || typeof value === "number" || saysNoEnd.test(property)) return [];
    return leavesWithin({ path: property, value }).flatMap((leaf): Unlisted[] => {
      const path = withoutIndexes(leaf.path);
      const last = path.split(".").at(-1) ?? "";
      if (listed.isWithin(path) || saysNoEnd.test(last) || identity.test(path)) return [];
      // What a property was computed from is recorded for all of it: where a row names ends of it, only an end counts.
      const traced = namesAnEnd.test(path) || !listed.tops.has(property);
      const inwards = comesFrom.test(path);
      return targetsOf(leaf, path, traced, resource, directory).map((target) => ({ target, inwards }));
    });
  });
}

function targetsOf(
  leaf: Leaf,
  path: string,
  traced: boolean,
  resource: PlannedResource,
  directory: Directory,
): Target[] {
  const { value } = leaf;
  if (typeof value === "string") return textEnds(value, leaf.path, resource, directory);
  if (isSecret(value)) return namesAnEnd.test(path) ? [hidden(leaf)] : [];
  if (!isUnknown(value) || !traced) return [];
  const origins = resource.propertyDependencies[topLevel(leaf.path)] ?? [];
  // Not even what it was computed from is there, and its name says that it leads somewhere.
  if (origins.length === 0) return namesAnEnd.test(path) ? [hidden(leaf)] : [];
  return origins
    .filter((urn) => {
      const origin = directory.byUrn(urn);
      const row = origin && directory.rowOf(origin.type);
      return row !== undefined && movesData(row);
    })
    .map((urn) => ({ kind: "resource", urn, property: leaf.path, certain: false }));
}

function hidden({ path, value }: Leaf): Target {
  const reason = isUnknown(value) ? FROM_NOTHING : (hiddenBecause(value) ?? "");
  return { kind: "unresolved", property: path, reason };
}

/** Names of properties that lead to where data goes. */
const namesAnEnd =
  /(bucket|bucketName|uri|url|endpoint|destination|destinationArn|logGroupName|(stream|queue|topic|function|lambda|target|firehose|logGroup|sink)Arn|hostname|serverName)$/i;

function movesData({ role, network, dimensions }: CatalogueRow): boolean {
  return (role === "store" || role === "flow" || role === "processor") && !network && dimensions.length > 0;
}

/** Names of properties whose ARNs and texts are no ends of data: permissions, networks, images and what people read. */
const saysNoEnd =
  /^(description|comment|value|content.*|secret.*|item|tags.*|name|namePrefix|id|arn|region|layers|runtime|.*(role|roleArn|policy|policyArns?|principals?|certificates?|certificateArn|subnets?|subnetIds?|securityGroups?|securityGroupIds?|vpcId|parameterGroup\w*|image|imageUri|imageId|kmsKey\w*|keyArn|connectionArn|prefixListId|cidrBlock|type))$/i;
/** Who somebody is, and what only shapes or describes. */
const identity =
  /oauth|oidc|jwt|jwks|saml|credential|callback|redirect|truststore|buildStatus|schema|template/i;
const comesFrom =
  /source|snapshot|backup|restor|origin|from|parent|primary|input|replicate|import|repository|upstream|seed/i;

function textEnds(text: string, path: string, resource: PlannedResource, directory: Directory): Target[] {
  if (!/[:.]/.test(text)) return [];
  return mentionsIn(text)
    .filter(({ name, kind }) => kind !== "bucket" && /[.:]/.test(name) && !permission.test(name))
    .flatMap(({ name, kind }) => literalTargets(name, path, resource, kind, directory));
}

const permission =
  /^arn:[^:]*:(iam|sts|acm|acm-pca|ssm|secretsmanager|kms|ec2|ecr|organizations|license-manager|sso):/;

interface Listed {
  tops: ReadonlySet<string>;
  isWithin(path: string): boolean;
}

const listedRows = new WeakMap<CatalogueRow, Listed>();

/** Properties that a row names, whatever for. */
function listedIn(row: CatalogueRow): Listed {
  const known = listedRows.get(row);
  if (known) return known;
  const own = [...(row.joins?.by ?? []), row.activeWhen?.path ?? "", row.retention?.path ?? ""];
  const paths = [
    ...referencesOf(row).map(({ path }) => path),
    ...row.readers,
    ...row.places.flatMap(pathsOf),
    ...own,
  ];
  const plain = [...new Set(paths.map(withoutIndexes))].filter((path) => path !== "");
  const listed: Listed = {
    tops: new Set(plain.map((path) => path.split(".", 1)[0] ?? path)),
    isWithin: (path) => plain.some((one) => path === one || path.startsWith(`${one}.`)),
  };
  listedRows.set(row, listed);
  return listed;
}

function pathsOf(source: PlaceSource): string[] {
  if (source.how === "zone") return [...source.zones, ...source.subnets];
  if (source.how === "firstOf") return source.sources.flatMap(pathsOf);
  return "path" in source ? [source.path] : [];
}
