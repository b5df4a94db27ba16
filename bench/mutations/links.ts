import type { CatalogueRow, Reference, Value } from "@hybrid-ai-fabric/graph";
import { isRecord, isUnknown, packageOf, unknownValue } from "@hybrid-ai-fabric/graph";
import type { Holder } from "./mutation";
import type { Written } from "./plan-edits";

/** A way in which a new resource can name one that holds data, so that the data comes to it. */
export interface Link extends Written {
  /** It is the far end of a path that starts somewhere else. */
  isFarEnd: boolean;
  /** It means the stores of its own region, so that in another region it takes nothing from the holder. */
  isOfItsRegion?: true;
}

/**
 * Every way in which a resource of a row can take data from a holder. Whatever reads may read from any store. What only
 * moves or computes, and networks, are named by properties that speak of them: `functionName` of a function,
 * `transitGatewayId` of a gateway. What merely stands in a network takes nothing from it, circuits of a carrier excepted.
 */
export function linksOf(row: CatalogueRow, holder: Holder): Link[] {
  const { role, network } = holder.row;
  if (row.role === "control" || row.role === "key" || role === "control" || role === "key") return [];
  const reads = role === "store" && !row.network;
  const meant = ({ path }: Reference) => reads || speaksOf(path, holder);
  const near = [...row.sources, ...(row.carrier ? row.attached : [])].filter(meant);
  // Data passes a network both ways, so that the far end of a path may be ours as well as the near one.
  const far = network && row.network ? row.destinations.filter(meant) : [];
  return [
    ...unique(near).flatMap((reference) => link(reference, holder, false)),
    ...unique(far).flatMap((reference) => link(reference, holder, true)),
  ];
}

/** The same for what grants something on a holder. */
export function grantLinks(row: CatalogueRow, holder: Holder): Link[] {
  const named = row.grantsOn.length > 0 ? row.grantsOn : row.sources;
  return named
    .filter(({ path }) => speaksOf(path, holder) || (isAnything(path) && isOfOneService(row, holder)))
    .flatMap((reference) => link(reference, holder, false));
}

function link({ path, kind }: Reference, { resource, properties }: Holder, isFarEnd: boolean): Link[] {
  if (kind === "everything") return [{ path, value: "ALL", isFarEnd, isOfItsRegion: true }];
  if (kind !== "tags") return [{ path, value: unknownValue, from: [resource.urn], isFarEnd }];
  const selected = tagOf(properties.tags);
  return selected ? [{ path, value: selected, isFarEnd }] : [];
}

/** A tag that selects the resource by itself. */
function tagOf(tags: Value | undefined): Value | undefined {
  if (!isRecord(tags) || isUnknown(tags)) return undefined;
  const tag = Object.entries(tags).find(([, value]) => typeof value === "string");
  return tag && { key: tag[0], value: tag[1] };
}

/** Words that end the name of a property and say nothing of what it names. */
const suffixes = new Set(["id", "ids", "arn", "arns", "name", "uuid", "uid", "uri", "url", "identifier"]);

function speaksOf(path: string, { resource }: Holder): boolean {
  const noun = wordsOf(resource.type.split(":").at(-1) ?? "").at(-1);
  const said = meaning(path);
  return (
    noun !== undefined && (said === noun || (said === "product" && packageOf(resource.type) === "megaport"))
  );
}

function isAnything(path: string): boolean {
  return meaning(path) === undefined || meaning(path) === "resource";
}

/** `aws:dynamodb/table:Table` and `aws:dynamodb/resourcePolicy:ResourcePolicy`. */
function isOfOneService({ type }: CatalogueRow, { resource }: Holder): boolean {
  const service = (token: string) => token.split("/", 1)[0];
  return service(type) === service(resource.type);
}

/** Last word of a path that says what it names: `aSide.accessPoint.router.uuid` names a router. */
function meaning(path: string): string | undefined {
  return path
    .split(".")
    .flatMap((step) => wordsOf(step.replace("[]", "")))
    .filter((word) => !suffixes.has(word))
    .at(-1);
}

function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? []).map((word) =>
    word.toLowerCase().replace(/s$/, ""),
  );
}

function unique(references: readonly Reference[]): Reference[] {
  return [...new Map(references.map((reference) => [reference.path, reference])).values()];
}
