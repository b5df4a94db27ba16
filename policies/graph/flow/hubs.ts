import { perLayer } from "@hybrid-ai-fabric/locality";
import { type CatalogueRow, catalogueRows } from "../catalogue";
import { leavesAt, topLevel } from "../path";
import { declaredProperties, type PlannedResource } from "../resource";
import { isUnknown } from "../value";
import { type EdgeSink, hub, regionOf, UNKNOWN_REGION } from "./edges";
import { resolve } from "./references";

/** Names the hub of a type in all regions. */
const ANY_REGION = "any";

/** Flows through what several resources share without naming each other. */
export function hubsOf(resource: PlannedResource, row: CatalogueRow, sink: EdgeSink): void {
  joined(resource, row, sink);
  gathered(resource, row, sink);
  if (row.network) networks(resource, row, sink);
}

/** Resources that agree in a key act as one: the records of a set, the SiteLink interfaces of a gateway. */
function joined(resource: PlannedResource, row: CatalogueRow, sink: EdgeSink): void {
  if (!row.joins) return;
  const properties = declaredProperties(resource);
  const { by, when } = row.joins;
  if (when !== undefined) {
    const condition = properties[when];
    if (condition !== true && !isUnknown(condition)) return;
  }
  let certain = true;
  const key = by.map((path) => {
    const [leaf] = leavesAt(properties, path);
    if (leaf === undefined) return "";
    if (!isUnknown(leaf.value)) return String(leaf.value);
    const origins = resource.propertyDependencies[topLevel(path)] ?? [];
    if (origins.length !== 1) certain = false;
    return origins.length > 0 ? origins.join(",") : "?";
  });
  const shared = hub(`${row.type}:${key.join("|")}`, resource, sink);
  const edge = {
    declaredBy: resource.urn,
    property: when ?? by.join(", "),
    carries: "data" as const,
    certain,
  };
  sink.add({ ...edge, from: resource.urn, to: shared });
  sink.add({ ...edge, from: shared, to: resource.urn });
}

/** Whole registries, accounts and selections: every resource of a type in the region is a source, unnamed. */
function gathered(resource: PlannedResource, row: CatalogueRow, sink: EdgeSink): void {
  const region = regionOf(resource, sink);
  const edge = { declaredBy: resource.urn, carries: "data" as const };
  const into = (name: string, certain: boolean, carries: "data" | "key" = "data") =>
    sink.add({ ...edge, carries, from: resource.urn, to: hub(name, resource, sink), property: "", certain });
  if (row.role === "store") for (const name of ["stores", `stores:${region}`]) into(name, false);
  if (row.role === "key") into("keys", false, "key");
  if (gatheredTypes().has(row.type))
    for (const place of [region, ANY_REGION]) into(`${row.type}:${place}`, place === region);
  for (const type of row.gathers) {
    // Whose region is not known may gather in any.
    const known = region !== UNKNOWN_REGION;
    const from = hub(`${type}:${known ? region : ANY_REGION}`, resource, sink);
    sink.add({ ...edge, from, to: resource.urn, property: "region", certain: known });
  }
}

/** Types that some row of the catalogue gathers. */
const gatheredTypes = perLayer(() => new Set(catalogueRows().flatMap(({ gathers }) => gathers)));

/** Names the hub of ports, routers and circuits of carriers. */
export const PORTS = "ports";

/** The image of a machine is data that it starts from, and joins it with no network. */
export function isImage(path: string): boolean {
  return path === "imageId";
}

/**
 * A network that names something outside the plan may be joined there with every other network of its region: two
 * attachments of a transit gateway that another stack owns reach each other.
 */
function networks(resource: PlannedResource, row: CatalogueRow, sink: EdgeSink): void {
  const edge = { declaredBy: resource.urn, carries: "data" as const, certain: false };
  if (!resource.type.startsWith("aws:"))
    sink.add({ ...edge, from: resource.urn, to: hub(PORTS, resource, sink), property: "" });
  if (row.carrier) return;
  const networked = [...row.sources, ...row.destinations].filter(({ path }) => !isImage(path));
  const outside = networked.flatMap((reference) =>
    resolve(resource, reference, sink.index).filter(
      ({ kind }) => kind === "external" || kind === "unresolved",
    ),
  );
  const region = regionOf(resource, sink);
  if (region === UNKNOWN_REGION) return;
  const shared = hub(`networks:${region}`, resource, sink);
  sink.add({ ...edge, from: resource.urn, to: shared, property: "region" });
  const [first] = outside;
  if (first) sink.add({ ...edge, from: shared, to: resource.urn, property: first.property });
}
