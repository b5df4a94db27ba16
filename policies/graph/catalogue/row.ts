import type { Dimension } from "@hybrid-ai-fabric/locality";

/**
 * What a resource does with data.
 * `store` keeps it, `processor` reads it, `flow` moves it from its sources to its destinations, `path` can carry it,
 * `key` encrypts it, `control` only says who may or how.
 */
export type Role = "store" | "processor" | "flow" | "path" | "key" | "control";

/** How a property names the other end of a flow. */
export type ReferenceKind =
  | "arn"
  /** An S3 ARN: it carries no region, so the bucket itself must be found. */
  | "bucketArn"
  | "bucketName"
  | "id"
  | "region"
  | "keyId";

export interface Reference {
  /** Property path; `[]` for each element of a list. */
  path: string;
  kind: ReferenceKind;
}

/** Where to read the place of a resource, first hit wins. */
export type PlaceSource =
  /** The resource's own `region`, else its provider's. */
  | { how: "awsRegion" }
  | { how: "region" | "metro" | "zone" | "directConnectLocation" | "megaportLocation"; path: string }
  /** The first of these that is there: a port says its own metro, else the metro of what it names. */
  | { how: "firstOf"; sources: PlaceSource[] }
  /** The place of the resource that a property names. */
  | { how: "reference"; path: string }
  /** Nowhere in particular: a global object whose members decide. */
  | { how: "members" };

/** One resource type of the catalogue: what it does with data, and which properties say from where to where. */
export interface CatalogueRow {
  type: string;
  /** The same resource in another package that wraps the same service. */
  alsoKnownAs?: string[];
  role: Role;
  /** Which of the law's questions is asked of the place: where data rests, is processed, passes through ... */
  dimension?: Dimension;
  /** Every source counts; a path between two metros has two places. */
  places: PlaceSource[];
  /** Property that holds labels; absent where the type has none. */
  tags?: "tags" | "resourceTags" | "annotations";
  sources?: Reference[];
  destinations?: Reference[];
  /** Keys that the data is encrypted with: the label follows to them. */
  keys?: Reference[];
  /** The row moves data only for elements of this list whose property has this value (`rules[].status` Enabled). */
  activeWhen?: { path: string; equals: string };
  /** A provider's own promise to keep what passes inside a boundary (Equinix Fabric geo zones). */
  boundary?: string;
  /** Whose network it crosses: only the ends show, so what lies between needs a boundary or approved evidence. */
  carrier?: "equinix" | "megaport";
}
