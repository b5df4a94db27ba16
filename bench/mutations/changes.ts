import { type PlannedResource, unknownValue } from "@hybrid-ai-fabric/graph";
import { type End, endsOf, foreign } from "./ends";
import type { Holder, Mutation, Places } from "./mutation";
import { changed, resourceOf, type Written } from "./plan-edits";
import { clusterAbroad, providerAbroad } from "./standing";

/** A property of a resource that holds data is changed so that it leads abroad, or nothing shows where it leads. */
export function changes(plan: readonly PlannedResource[], holder: Holder, places: Places): Mutation[] {
  const ends = [...endsOf(holder.row, { ...holder, places }), ...pointedAt(holder, places)];
  return [
    ...ends
      .filter((end) => end.kind !== "boundary" || isBetweenPlaces(holder))
      .flatMap((end) => redirected(plan, holder, end, places)),
    ...deployedElsewhere(plan, holder, places),
  ];
}

function redirected(
  plan: readonly PlannedResource[],
  { resource, row }: Holder,
  end: End,
  places: Places,
): Mutation[] {
  const what = `${resource.name} ${end.path}`;
  const { activeWhen } = row;
  // A rule that is off moves nothing, wherever it leads.
  const on =
    activeWhen && sharesList(activeWhen.path, end.path)
      ? [{ path: activeWhen.path, value: activeWhen.equals }]
      : [];
  const write = (written: Omit<Written, "path">) =>
    changed(plan, resource, ...on, { ...written, path: end.path });
  const { target } = end;
  return [
    { kind: `${end.kind}, known`, what, make: () => write({ value: end.abroad }) },
    ...(end.unknownIsHome
      ? []
      : [{ kind: `${end.kind}, unknown`, what, make: () => write({ value: unknownValue }) }]),
    ...(end.kind === "boundary"
      ? [{ kind: "boundary, absent", what, make: () => write({ value: null }) }]
      : []),
    ...(target === undefined
      ? []
      : [
          {
            kind: `${end.kind}, of the plan`,
            what,
            make: () => {
              const there = resourceOf(target, "leak-end", resource, [
                { path: "region", value: places.abroad },
              ]);
              return [...write({ value: unknownValue, from: [there.urn] }), withProvider(there, resource)];
            },
          },
        ]),
  ];
}

function withProvider(resource: PlannedResource, like: PlannedResource): PlannedResource {
  return like.provider === undefined ? resource : { ...resource, provider: like.provider };
}

function sharesList(a: string, b: string): boolean {
  return a.includes("[]") && b.startsWith(a.slice(0, a.lastIndexOf("[]") + 2));
}

/** A carrier's promise says something only of circuits between two places. */
function isBetweenPlaces({ ends }: Holder): boolean {
  return ends > 1;
}

/** What a transfer location points at, where a transfer writes to it. */
function pointedAt({ row, isWritten }: Holder, places: Places): End[] {
  if (!row.endpoint || !isWritten) return [];
  return row.remote.map((reference) => ({
    kind: "pointed at",
    path: reference.path,
    abroad: foreign(reference, places.abroad),
    target: "aws:s3/bucket:Bucket",
  }));
}

/** The same object in another cluster. */
function deployedElsewhere(
  plan: readonly PlannedResource[],
  { resource, row }: Holder,
  places: Places,
): Mutation[] {
  if (!row.places.some(({ how }) => how === "cluster")) return [];
  const after = { ...resource, provider: providerAbroad(resource) };
  const make = (where: Places | undefined) => () => [
    ...plan.map((other) => (other === resource ? after : other)),
    ...clusterAbroad(resource, where),
  ];
  return [
    { kind: "cluster, known", what: resource.name, make: make(places) },
    { kind: "cluster, unknown", what: resource.name, make: make(undefined) },
  ];
}
