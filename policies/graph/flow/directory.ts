import { type CatalogueRow, referencesOf } from "../catalogue";
import { declaredProperties, type PlannedResource } from "../resource";

/** Stands for the value of a tag that only creation will tell. */
export const ANY_VALUE = "*";

/** What references are resolved against. */
export interface Directory {
  byUrn(urn: string): PlannedResource | undefined;
  rowOf(type: string): CatalogueRow | undefined;
  /** The resources that a literal ARN, name or id may belong to. */
  byIdentity(identity: string): readonly PlannedResource[];
  /** Regions that are known of a resource; empty for what has none or an unknown one. */
  regionsOf(resource: PlannedResource): readonly string[];
  /** Stores that carry a tag, written `key=value`. */
  byTag(tag: string): readonly PlannedResource[];
}

/** Every text by which other resources may name this one: not those by which it names others. */
export function identities(resource: PlannedResource, row: CatalogueRow): string[] {
  const properties = declaredProperties(resource);
  const others = namesOthersBy(row);
  const own = new Set<string>();
  for (const [property, value] of Object.entries(properties)) {
    if (typeof value === "string" && value !== "" && !others.has(property) && isIdentity(property))
      own.add(value);
  }
  return [...own, ...metadataName(properties.metadata)];
}

/** Properties by which resources of a type name other ends. */
function namesOthersBy(row: CatalogueRow): ReadonlySet<string> {
  const known = naming.get(row);
  if (known) return known;
  const properties = new Set(referencesOf(row).map(({ path }) => path));
  naming.set(row, properties);
  return properties;
}

const naming = new Map<CatalogueRow, ReadonlySet<string>>();

/** `arn`, `id`, `bucket`, `name`, `tableName`, `clusterIdentifier`, `functionName`, `endpoint`, `dnsName` ... */
function isIdentity(property: string): boolean {
  return (
    /^(arn|id|bucket|name|identifier|keyId|url|uuid|dnsName|endpoint|domain|productUid|family|domainName|path)$|(Name|Identifier|Arn|Id|Url)$/.test(
      property,
    ) &&
    !/^(kms|role|subnet|vpc|account|owner|source|target|destination|region|availability|parent|execution)/i.test(
      property,
    )
  );
}

function metadataName(metadata: unknown): string[] {
  if (typeof metadata !== "object" || metadata === null || !("name" in metadata)) return [];
  return typeof metadata.name === "string" && metadata.name !== "" ? [metadata.name] : [];
}
