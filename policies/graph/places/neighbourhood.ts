import type { CatalogueRow } from "../catalogue";
import type { PlannedResource } from "../resource";
import type { Location } from "./location";

/** Finds the resources of the plan that a location may have to be read from. */
export interface Neighbourhood {
  byUrn(urn: string): PlannedResource | undefined;
  rowOf(type: string): CatalogueRow | undefined;
  /** Resources of the plan that a property names, by a literal or by what an unknown was computed from. */
  named(resource: PlannedResource, path: string): PlannedResource[];
  locate(resource: PlannedResource, depth: number): Location;
  /** Places that the settings give to a resource. */
  placesOf(resource: PlannedResource): string[];
  /** Place of a subnet that another stack exported, by its id. */
  exportedSubnet(id: string): Location | undefined;
  /** Country of a Megaport location id, from the tables of the settings. */
  countryOfMegaportLocation(id: string): string | undefined;
  /** The nearest component above a resource that registered this output. */
  ancestorWith(resource: PlannedResource, output: string): PlannedResource | undefined;
}
