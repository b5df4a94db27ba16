import type { Dimension } from "@hybrid-ai-fabric/locality";
import type { CatalogueRow } from "../catalogue";
import type { Labels } from "../labels";
import type { Location } from "../places";
import type { PlannedResource } from "../resource";
import type { LabelRule, Settings } from "../settings";

/** A place where data can be: a resource of the plan, something outside it, or an end that nothing shows. */
export interface DataNode {
  /** URN of the resource; for what has none, a text that is unique in the graph. */
  id: string;
  /** Resource to blame: the node itself, or the one that names it. */
  urn: string;
  /** A hub stands for what several resources share: a record set, a registry, the networks of a region. */
  kind: "resource" | "external" | "unresolved" | "hub";
  resource?: PlannedResource;
  row?: CatalogueRow;
  /** Questions that are asked of the place. */
  dimensions: readonly Dimension[];
  location: Location;
  labels: Labels;
  /** Property or component that the labels come from. */
  labelledBy: string;
  /** Component that the labels come from, where the resource carries none of its own. */
  inheritedFrom?: string;
  /** Interconnect that the resource is part of, by the output that a component above it registered. */
  interconnect?: string;
  /** The settings say that no data of others passes here. */
  closed?: true;
  /** Labels that stand there but are unknown before creation. */
  unreadableLabels: string[];
  /** Keys that look like labels and are none. */
  misspeltLabels?: { path: string; key: string }[];
}

/** Data moves, or a key is used, from one node to another because `property` of `declaredBy` says so. */
export interface FlowEdge {
  from: string;
  to: string;
  declaredBy: string;
  property: string;
  /** Property that leads to `declaredBy`, where the flow is that of another resource: a task, through its location. */
  through?: { urn: string; property: string };
  carries: "data" | "key";
  certain: boolean;
}

export interface Graph {
  nodes: ReadonlyMap<string, DataNode>;
  outgoing: ReadonlyMap<string, readonly FlowEdge[]>;
  resources: readonly PlannedResource[];
  settings: Settings;
  /** Resource of a URN, components and providers included. */
  byUrn(urn: string): PlannedResource | undefined;
  /** Whether a label rule of the settings means a resource. */
  matches(rule: LabelRule, resource: PlannedResource): boolean;
  /** Where the control plane of a resource stands, for services without regions. */
  controlPlaneOf(resource: PlannedResource): Location;
  /** Where a resource would be if these were its properties: what was declared beside what was found. */
  locateAs(resource: PlannedResource): Location;
}
