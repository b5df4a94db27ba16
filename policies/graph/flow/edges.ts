import type { Dimension } from "@hybrid-ai-fabric/locality";
import { type CatalogueRow, catalogueRow, type Reference } from "../catalogue";
import { joinLabels } from "../labels";
import { topLevel } from "../path";
import { isOnlyInProgram, locateInAws } from "../places";
import type { PlannedResource } from "../resource";
import type { Settings } from "../settings";
import { describeExternal } from "./external";
import { hubsOf, isImage, PORTS } from "./hubs";
import type { DataNode, FlowEdge } from "./node";
import type { PlanIndex } from "./plan-index";
import { resolve } from "./references";
import { readByStranger } from "./strangers";
import { isSwitchedOff } from "./switches";
import type { Target } from "./target";
import { unlistedEnds } from "./unlisted";

/** Where nodes and edges are gathered while a graph is built. */
export interface EdgeSink {
  /** Nodes that are no resource of the plan, made for whoever names them first. */
  nodes: Map<string, DataNode>;
  settings: Settings;
  index: PlanIndex;
  add(edge: FlowEdge): void;
}

/** Every flow that one resource declares. */
export function edgesOf(resource: PlannedResource, sink: EdgeSink): void {
  annotatedFlows(resource, sink);
  const row = catalogueRow(resource.type);
  if (!row || row.opaque) readByStranger(resource, sink);
  if (!row || isSwitchedOff(resource, row)) return;
  hubsOf(resource, row, sink);
  const carries = row.role === "key" ? "key" : "data";
  const rules = sink.index.rulesOf(resource);
  const declaresReads = rules.some(({ reads }) => reads !== undefined);
  const declaresWrites = rules.some(({ writes }) => writes !== undefined);
  // Who approves the settings says what code does, which covers its documents, and no property that names one end.
  const says = (declared: boolean, { kind }: Reference) => declared && kind === "document";
  for (const reference of row.sources)
    flow(resource, row, reference, "in", carries, sink, says(declaresReads, reference));
  for (const reference of row.destinations)
    flow(resource, row, reference, "out", carries, sink, says(declaresWrites, reference));
  for (const reference of row.keys) flow(resource, row, reference, "out", "key", sink, false);
  for (const reference of row.endpoint ? row.remote : [])
    flow(resource, row, reference, "in", "data", sink, true);
  for (const reference of row.grantsOn)
    flow(resource, row, reference, "in", reference.kind === "key" ? "key" : "data", sink, true);
  for (const reference of row.attached) attach(resource, row, reference, sink);
  unlistedFlows(resource, row, sink);
  if ((row.code || row.opaque) && !declaresReads && !declaresWrites) undescribed(resource, row, sink);
}

/** Flows by properties that the row does not name, of which nothing is certain. */
function unlistedFlows(resource: PlannedResource, row: CatalogueRow, sink: EdgeSink): void {
  for (const { target, inwards } of unlistedEnds(resource, row, sink.index)) {
    if (target.kind === "everything") continue;
    const { property } = target;
    const other = nodeOfTarget(target, resource, row, { path: property, kind: "resource" }, "data", sink);
    const edge = { declaredBy: resource.urn, property, carries: "data" as const, certain: false };
    sink.add({ ...edge, from: other, to: resource.urn });
    if (!inwards) sink.add({ ...edge, from: resource.urn, to: other });
  }
}

function flow(
  resource: PlannedResource,
  row: CatalogueRow,
  reference: Reference,
  direction: "in" | "out",
  carries: "data" | "key",
  sink: EdgeSink,
  declared: boolean,
): void {
  for (const target of resolve(resource, reference, sink.index)) {
    if (target.kind === "unresolved" && declared) continue;
    // What is read from something that the engine lost every trace of may be read from any store of the plan.
    const anything =
      target.kind === "unresolved" && direction === "in" && reference.kind !== "group" && target.untraced;
    const named = () => nodeOfTarget(target, resource, row, reference, carries, sink);
    const certain = !anything && isCertain(target) && !isCapability(row, target, sink);
    const edge = { declaredBy: resource.urn, property: target.property, carries, certain };
    const into = (from: string) => sink.add({ ...edge, from, to: resource.urn });
    const out = (to: string) => sink.add({ ...edge, from: resource.urn, to });
    const isTwoWay = reference.kind === "group" || isOpenBothWays(row, reference, target, direction);
    if (direction === "in") into(anything ? anyHolder(carries, resource, sink) : named());
    if (direction === "out" || isTwoWay) out(named());
    if (direction === "out" && isTwoWay) into(named());
    if (direction === "out" && target.kind === "resource") reachRemote(resource, target, sink);
  }
}

/**
 * Data passes a network both ways: whoever asked for a peering, its near end is reached from its far one. A near end
 * that this plan does not show is judged as well, unless it can only stand in the region of the network itself.
 */
function isOpenBothWays(
  row: CatalogueRow,
  { path, kind }: Reference,
  target: Target,
  direction: "in" | "out",
): boolean {
  if (!row.network || kind === "document" || isImage(path)) return false;
  return target.kind === "resource" || (direction === "in" && !isOfOwnRegion(path));
}

/** A VPC, a subnet or a route table that a network belongs to. */
function isOfOwnRegion(path: string): boolean {
  return /^(vpc|subnet|secondaryNetwork|\w*routeTable)Ids?(\[\])?$/i.test(path);
}

/** Data written to one end of a transfer arrives where that end points: a location is followed to its store. */
function reachRemote(
  writer: PlannedResource,
  location: Extract<Target, { kind: "resource" }>,
  sink: EdgeSink,
): void {
  const end = sink.index.byUrn(location.urn);
  const row = end && catalogueRow(end.type);
  if (!end || !row?.endpoint) return;
  const targets = row.remote.flatMap((reference) =>
    resolve(end, reference, sink.index).map((target) => ({ reference, target })),
  );
  const [reference] = row.remote;
  if (reference && targets.length === 0 && row.remote.some(({ kind }) => kind !== "document")) {
    const reason = "nothing that is shown says where it points";
    targets.push({ reference, target: { kind: "unresolved", property: reference.path, reason } });
  }
  for (const { reference, target } of targets) {
    sink.add({
      from: writer.urn,
      to: nodeOfTarget(target, end, row, reference, "data", sink),
      declaredBy: end.urn,
      property: target.property,
      through: { urn: writer.urn, property: location.property },
      carries: "data",
      certain: location.certain && isCertain(target),
    });
  }
}

/** A network can carry the data of whatever stands in it; whether it does, no plan shows. */
function attach(resource: PlannedResource, row: CatalogueRow, reference: Reference, sink: EdgeSink): void {
  for (const target of resolve(resource, reference, sink.index)) {
    const edge = {
      declaredBy: resource.urn,
      property: target.property,
      carries: "data" as const,
      certain: false,
    };
    // A circuit at an end without any trace may carry what any store or any port of the plan holds.
    if (target.kind === "unresolved" && target.untraced && row.carrier) {
      for (const held of [anyHolder("data", resource, sink), hub(PORTS, resource, sink)])
        sink.add({ ...edge, from: held, to: resource.urn });
    }
    if (target.kind !== "resource") continue;
    sink.add({ ...edge, from: resource.urn, to: target.urn });
    // The circuits of one router or port reach each other through it.
    if (row.carrier) sink.add({ ...edge, from: target.urn, to: resource.urn });
  }
}

/** Code may read and write whatever its properties were computed from, described by the catalogue or not. */
function undescribed(resource: PlannedResource, row: CatalogueRow, sink: EdgeSink): void {
  const described = new Set(
    [...row.sources, ...row.destinations, ...row.keys, ...row.attached].map(({ path }) => topLevel(path)),
  );
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    if (described.has(property)) continue;
    for (const urn of urns) {
      const other = sink.index.byUrn(urn);
      const role = other && catalogueRow(other.type)?.role;
      if (role !== "store" && role !== "flow") continue;
      const edge = { declaredBy: resource.urn, property, carries: "data" as const, certain: false };
      sink.add({ ...edge, from: urn, to: resource.urn });
      sink.add({ ...edge, from: resource.urn, to: urn });
    }
  }
}

function isCertain(target: Target): boolean {
  return target.kind === "unresolved" || (target.kind !== "everything" && target.certain);
}

/** What a network could carry is not what it carries. */
function isCapability(row: CatalogueRow, target: Target, sink: EdgeSink): boolean {
  return row.network || (target.kind === "resource" && isNetwork(target.urn, sink));
}

function isNetwork(urn: string, { index }: EdgeSink): boolean {
  const other = index.byUrn(urn);
  return other !== undefined && catalogueRow(other.type)?.network === true;
}

function nodeOfTarget(
  target: Target,
  resource: PlannedResource,
  row: CatalogueRow,
  reference: Reference,
  carries: "data" | "key",
  sink: EdgeSink,
): string {
  if (target.kind === "resource") return target.urn;
  if (target.kind === "everything") return hub(`stores:${regionOf(resource, sink)}`, resource, sink);
  const dimension = carries === "key" ? "key" : dimensionOf(row);
  const mark = dimension === "store" ? "" : `${dimension}:`;
  // The name of a bucket never tells its region, whatever the service accepts.
  const sameRegion = carries === "key" || (row.sameRegion && reference.kind !== "bucket");
  const same = sameRegion && target.kind === "external" ? `${resource.urn}#` : "";
  const id =
    target.kind === "external"
      ? `external:${mark}${isAlone(target.name) ? same : ""}${target.name}`
      : `unresolved:${resource.urn}#${target.property}`;
  if (sink.nodes.has(id)) return id;
  const node = { id, urn: resource.urn, labelledBy: "", dimensions: [dimension], unreadableLabels: [] };
  if (target.kind === "external") {
    const { location, datasets, residency } = describeExternal(target.name, {
      declared: sink.settings.externalStores,
      exported: sink.index.exported,
      ...(sameRegion ? { sameAs: sink.index.locate(resource, 0) } : {}),
    });
    const labels = { ...joinLabels([]), datasets, residency };
    sink.nodes.set(id, { ...node, kind: "external", location, labels, labelledBy: "externalStores" });
  } else {
    const location = { places: [], unresolved: [`${target.property}: ${target.reason}`] };
    sink.nodes.set(id, { ...node, kind: "unresolved", location, labels: joinLabels([]) });
  }
  return id;
}

/** A bare name means something else in each region that says it. */
function isAlone(name: string): boolean {
  return !name.includes(":") && !name.includes(".");
}

/** What data does at the far end of a flow: it rests there, unless the flow is one of logs, backups or telemetry. */
function dimensionOf(row: CatalogueRow): Dimension {
  const special: readonly Dimension[] = ["log", "backup", "telemetry"];
  if (row.role === "path") return "transit";
  return row.dimensions.find((dimension) => special.includes(dimension)) ?? "store";
}

/** Every store of the plan, or every key. */
function anyHolder(carries: "data" | "key", resource: PlannedResource, sink: EdgeSink): string {
  return hub(carries === "key" ? "keys" : "stores", resource, sink);
}

/** The one region that a resource belongs to; places that it sends data to are none of its own. */
export function regionOf(resource: PlannedResource, { index }: EdgeSink): string {
  const own =
    resource.type.startsWith("aws:") && index.placesOf(resource).length === 0
      ? locateInAws(resource, index).places.flatMap(({ place }) => place.region ?? [])
      : index.regionsOf(resource);
  return own[0] ?? UNKNOWN_REGION;
}

/** Names the hubs of what stands nobody knows where. */
export const UNKNOWN_REGION = "unknown";

/** A node that stands for what several resources share; it has no place of its own. */
export function hub(name: string, resource: PlannedResource, sink: EdgeSink): string {
  const id = `hub:${name}`;
  if (!sink.nodes.has(id)) {
    sink.nodes.set(id, {
      id,
      urn: resource.urn,
      kind: "hub",
      dimensions: [],
      location: { places: [], unresolved: [] },
      labels: joinLabels([]),
      labelledBy: "",
      unreadableLabels: [],
    });
  }
  return id;
}

/** `reads` and `writes` of the settings: flows of code that no property shows. */
function annotatedFlows(resource: PlannedResource, sink: EdgeSink): void {
  const known = (urns: readonly string[] | undefined) => (urns ?? []).filter((urn) => isNode(urn, sink));
  const add = (from: string, to: string, property: string) =>
    sink.add({ from, to, declaredBy: resource.urn, property, carries: "data", certain: true });
  for (const rule of sink.index.rulesOf(resource)) {
    for (const urn of known(rule.reads)) add(urn, resource.urn, "settings.labels.reads");
    for (const urn of known(rule.writes)) add(resource.urn, urn, "settings.labels.writes");
  }
}

function isNode(urn: string, { index }: EdgeSink): boolean {
  const resource = index.byUrn(urn);
  return resource !== undefined && !isOnlyInProgram(resource);
}
