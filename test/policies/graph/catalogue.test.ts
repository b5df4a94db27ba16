import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CatalogueRow, carriesNoData, catalogueRow, catalogueRows } from "@hybrid-ai-fabric/graph";
import { resourceTypes, Shapes, sdk } from "../../support/sdk-shapes";

describe("the catalogue against the SDK", function () {
  this.timeout(120_000);
  const types = resourceTypes(sdk);

  it("holds every resource type, or knows that it carries nothing", () => {
    assert.ok(types.size > 1_700, `only ${types.size} types were found`);
    const missing = [...types.keys()].filter((type) => !catalogueRow(type) && !carriesNoData(type));
    assert.deepEqual(missing, []);
  });

  it("holds no type twice and none that the SDK does not have", () => {
    const rows = catalogueRows().filter(({ type }) => type.startsWith("aws:"));
    const written = readFileSync(join(__dirname, "../../../policies/graph/catalogue/data/aws.json"), "utf8");
    assert.equal((JSON.parse(written) as { rows: unknown[] }).rows.length, rows.length);
    assert.deepEqual(
      rows.filter(({ type }) => !types.has(type)).map(({ type }) => type),
      [],
    );
    assert.deepEqual(
      rows.filter(({ type }) => carriesNoData(type)).map(({ type }) => type),
      [],
    );
  });

  it("names only properties that the SDK has", () => {
    const shapes = new Shapes(sdk);
    const wrong = catalogueRows()
      .filter(({ type }) => type.startsWith("aws:"))
      .flatMap((row) =>
        pathsOf(row)
          .filter((path) => !shapes.has(types.get(row.type) ?? "", path))
          .map((path) => `${row.type} ${path}`),
      );
    assert.deepEqual(wrong, []);
  });

  it("marks as labelled by tags exactly the types that have tags", () => {
    const shapes = new Shapes(sdk);
    const wrong = catalogueRows()
      .filter(({ type }) => type.startsWith("aws:"))
      .filter((row) => shapes.has(types.get(row.type) ?? "", "tags") !== (row.tags === "tags"))
      .map(({ type }) => type);
    assert.deepEqual(wrong, []);
  });
});

function pathsOf(row: CatalogueRow): string[] {
  const placed = row.places.flatMap((source) =>
    source.how === "zone" ? [...source.zones, ...source.subnets] : "path" in source ? [source.path] : [],
  );
  const ends = [
    ...[...row.sources, ...row.destinations, ...row.remote, ...row.keys, ...row.attached],
    ...row.grantsOn,
  ];
  const own = [row.activeWhen?.path, row.retention?.path, ...(row.joins?.by ?? []), row.joins?.when];
  return [...placed, ...row.readers, ...ends.map(({ path }) => path), ...own.flatMap((path) => path ?? [])];
}
