import type { CatalogueRow } from "../catalogue";
import { declaredProperties, type PlannedResource } from "../resource";

/** What references are resolved against. */
export interface Directory {
  byUrn(urn: string): PlannedResource | undefined;
  rowOf(type: string): CatalogueRow | undefined;
  /** The resources that a literal ARN, name or id may belong to. */
  byIdentity(identity: string): readonly PlannedResource[];
  /** Regions that are known of a resource; empty for what has none or an unknown one. */
  regionsOf(resource: PlannedResource): readonly string[];
  /** Stores that carry a tag. */
  byTag(key: string, value: string): readonly PlannedResource[];
}

/** Every text by which other resources may name this one. */
export function identities(resource: PlannedResource): string[] {
  const properties = declaredProperties(resource);
  return [
    ...new Set(
      Object.entries(properties).flatMap(([property, value]) =>
        typeof value === "string" && value !== "" && isIdentity(property) ? [value] : [],
      ),
    ),
    ...metadataName(properties.metadata),
  ];
}

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
