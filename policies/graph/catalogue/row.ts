import type { Dimension } from "@hybrid-ai-fabric/locality";

/**
 * What a resource does with data.
 * `store` keeps it, `processor` reads it, `flow` moves it from its sources to its destinations, `path` can carry it,
 * `key` encrypts it, `control` only says who may or how.
 */
export type Role = "store" | "processor" | "flow" | "path" | "key" | "control";

/** How a property names the other end of a flow. */
export type ReferenceKind =
  /** An ARN, id or name. */
  | "resource"
  /** An S3 bucket by ARN, name or s3:// address: none of them says where it is, so the bucket itself must be found. */
  | "bucket"
  /** A URL, host name or address. */
  | "host"
  /** A document, map or text in which ends are mentioned: JSON, YAML, environment variables. */
  | "document"
  /** Tags that select what is meant. */
  | "tags"
  /** Where it is there, every store of the region is meant: a default that selects nothing. */
  | "everything"
  /** A group whose members exchange data: global clusters, core networks. */
  | "group"
  | "key";

export interface Reference {
  /** Property path; `[]` for each element of a list. */
  path: string;
  kind: ReferenceKind;
  /** What the software takes where nothing is written. */
  byDefault?: string;
}

/** Where to read a place of a resource. All of them count: a path between two metros has two places. */
export type PlaceSource =
  /** The resource's own `region`, else its provider's. */
  | { how: "awsRegion" }
  | { how: "region" | "metro" | "directConnectLocation" | "megaportLocation" | "model" | "arn"; path: string }
  /** The `region` of a block; where the block is there without one, the region that the software takes by itself. */
  | { how: "regionOf"; path: string; byDefault: string }
  /** Availability Zone or Local Zone, else that of the subnets, else the region. */
  | { how: "zone"; zones: string[]; subnets: string[] }
  /** The place of the resource that a property names. */
  | { how: "reference"; path: string }
  /** A region of another cloud; the cloud is in a property of its own, or ends the name of the region. */
  | { how: "cloudRegion"; path: string; cloud?: string }
  /** The first of these that is there: a port says its own metro, else the metro of what it names. */
  | { how: "firstOf"; sources: PlaceSource[] }
  /** The cluster behind the provider. */
  | { how: "cluster" }
  /** Hardware of a customer, outside every region, when the property is set. */
  | { how: "outpost"; path: string }
  /** Any country: an edge network, or a service that picks a region itself. */
  | { how: "anywhere" }
  | { how: "anywhereIf" | "anywhereUnless"; path: string; values: string[] }
  /** Anywhere inside the geography that inference profiles use around the region, unless each of these names a model. */
  | { how: "geography"; unless: string[] }
  /** Beyond what any plan names: another company, a telephone, the machine that deploys. */
  | { how: "outside" }
  | { how: "outsideIf"; path: string }
  /** A service without regions, whose control plane has one home per partition. */
  | { how: "global" }
  /** Nowhere in particular: a global object whose members decide. */
  | { how: "members" };

/** One resource type of the catalogue: what it does with data, and which properties say from where to where. */
export interface CatalogueRow {
  type: string;
  /** The same resource in another package that wraps the same service. */
  alsoKnownAs: string[];
  role: Role;
  /** Which of the law's questions are asked of the place: where data rests, is processed, passes through ... */
  dimensions: Dimension[];
  places: PlaceSource[];
  /** Property that holds labels; absent where the type has none. */
  tags?: "tags" | "resourceTags" | "annotations";
  sources: Reference[];
  destinations: Reference[];
  /** One end of a transfer: where it really points. Data reaches that only through who writes to this end. */
  remote: Reference[];
  endpoint: boolean;
  /** Keys that the data is encrypted with: the label follows to them. */
  keys: Reference[];
  /** What a permission is about. */
  grantsOn: Reference[];
  /** Accounts, principals and policies that say who else may read or use it, by property. */
  readers: string[];
  /** Network that the resource stands in, by property. */
  attached: Reference[];
  /** Types whose every resource in the region is a source, without being named: a registry, the calls of an account. */
  gathers: string[];
  /** Resources that agree in these properties act as one; with `when`, only those in which it is set. */
  joins?: { by: string[]; when?: string };
  /** The row moves data only for elements of this list whose property has this value (`rules[].status` Enabled). */
  activeWhen?: { path: string; equals: string };
  /** A provider's own promise to keep what passes inside a boundary (Equinix Fabric geo zones). */
  boundary?: string;
  /** Whose network it crosses: only the ends show, so what lies between needs a boundary or approved evidence. */
  carrier?: "equinix" | "megaport";
  /** A network that data can pass, whether or not it does. */
  network: boolean;
  /** Creates or runs what no plan shows. */
  opaque: boolean;
  /** Runs code: what it reads and writes is known only as far as properties mention it. */
  code: boolean;
  /** The service accepts no end in another region, so a bare name is one of the same region. */
  sameRegion: boolean;
  /** How long a store keeps what passes through it; some laws let data rest abroad for a day. */
  retention?: { path: string; default: number; unit: "seconds" | "hours" };
}

/** Every reference of a row, whatever it is for. */
export function referencesOf(row: CatalogueRow): Reference[] {
  return [row.sources, row.destinations, row.remote, row.keys, row.attached, row.grantsOn].flat();
}
