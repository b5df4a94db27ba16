import type { CatalogueRow, PlannedResource, Properties } from "@hybrid-ai-fabric/graph";

/** One step away from a recorded plan: what was changed, and how to make the plan with the change. */
export interface Mutation {
  kind: string;
  what: string;
  make(): PlannedResource[];
  /** Refused in strict mode only, and told otherwise: whom a policy lets read that is not known yet. */
  strict?: true;
}

/** Places that no dataset of the plan may be in, in the words of each service, and one in which the plan stands. */
export interface Places {
  home: string;
  /** AWS region. */
  abroad: string;
  /** Equinix metro. */
  metro: string;
  /** Direct Connect location. */
  directConnect: string;
  /** Geo zone of Equinix Fabric that reaches beyond every residency. */
  geoScope: string;
  /** Megaport location, which the settings of the corpus place abroad. */
  megaport: number;
}

/** A resource of the plan that holds labelled data, or that labelled data can pass. */
export interface Holder {
  resource: PlannedResource;
  row: CatalogueRow;
  properties: Properties;
  /** AWS region that it stands in; that of most resources where it has none. */
  region: string;
  /** Regions and metros that it is in, for what stands between two of them. */
  ends: number;
  /** Some of its data may not be in this country. */
  isOutside(country: string): boolean;
  /** Data is written to it, and goes where it points. */
  isWritten: boolean;
  /** The first of those that differ in nothing but their name and number: it stands for all of them. */
  isFirst: boolean;
}
