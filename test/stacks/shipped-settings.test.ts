import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const root = join(__dirname, "../..");
const json = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8")).settings;
const environmentOf = (name: string) =>
  parse(readFileSync(join(root, `stacks/Pulumi.${name}.yaml`), "utf8")).config[
    "hybrid-ai-fabric:environment"
  ];

interface Claimed {
  transitEvidence?: { countries: string[]; basis: string; document: string; expires: string };
}

describe("settings of the shipped environments", () => {
  for (const name of ["japan-prod", "global-prod"]) {
    it(`of ${name} approve the evidence of paths that it claims, and of no other`, () => {
      const interconnects: { [name: string]: Claimed } = environmentOf(name).interconnects;
      const claimed = Object.entries(interconnects).flatMap(([id, { transitEvidence }]) =>
        transitEvidence ? [{ id: `transit:${id}`, ...transitEvidence }] : [],
      );
      assert.ok(claimed.length > 0);
      const attested: { id: string }[] = json(`policies/config/${name}.json`).attestations;
      assert.deepEqual(
        attested.filter(({ id }) => id.startsWith("transit:")),
        claimed,
      );
    });

    it(`of ${name} differ from the refused ones by the evidence alone`, () => {
      const { attestations: _, ...rest } = json(`policies/config/${name}.json`);
      assert.deepEqual(json(`test/refused/without-evidence/${name}.json`), rest);
    });

    it(`of ${name} register its datasets as it declares them`, () => {
      const declared = Object.entries<{ classification: string; residency: string[]; kinds?: string[] }>(
        environmentOf(name).datasets,
      ).map(([dataset, { classification, residency, kinds = [] }]) => [
        dataset,
        { classification, kinds, residency },
      ]);
      assert.deepEqual(json(`policies/config/${name}.json`).datasets, Object.fromEntries(declared));
    });
  }
});
