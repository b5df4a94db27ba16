import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  allowedPlacesText,
  isUnlimited,
  mayBeIn,
  placeOfAwsRegion,
  tableProblems,
  withTables,
} from "@hybrid-ai-fabric/locality";
import relations from "../../../components/locality/data/jurisdictions.json";
import shipped from "../../../components/locality/data/profiles.json";
import { crdDirectory } from "../../support/crds";

const at = (region: string) => placeOfAwsRegion(region) ?? assert.fail(region);

describe("profiles that treat a kind of data apart", () => {
  const localised = { kinds: ["sdf-localised"] };

  it("narrow it in the dimensions that they name, also in messages", () => {
    assert.equal(mayBeIn(["india-dpdp"], "store", at("eu-west-1")).verdict, "holds");
    for (const dimension of ["store", "backup", "log", "process", "transit"] as const) {
      assert.equal(mayBeIn(["india-dpdp"], dimension, at("eu-west-1"), localised).verdict, "broken");
      assert.equal(mayBeIn(["india-dpdp"], dimension, at("ap-south-1"), localised).verdict, "holds");
    }
    assert.equal(mayBeIn(["india-dpdp"], "telemetry", at("eu-west-1"), localised).verdict, "holds");
    assert.equal(
      allowedPlacesText(["india-dpdp"], "store", localised.kinds),
      "anywhere and, as sdf-localised, only in IN",
    );
  });

  it("can be a user's own, for any kind, and set a limit where the places set none", () => {
    const everywhere = shipped.profiles["no-restriction"].places;
    const own = (entry: string) => ({
      profiles: {
        acme: { title: "", sources: [], places: everywhere, kinds: { "pi-sensitive": { store: [entry] } } },
      },
    });
    assert.deepEqual(tableProblems(own("CN")), []);
    assert.match(tableProblems(own("bloc:NATO"))[0]?.path ?? "", /acme\.kinds\.pi-sensitive\.store\[0\]/);
    withTables(own("CN"), () => {
      assert.equal(isUnlimited(["acme"], "store"), false);
      const kinds = ["pi-sensitive"];
      assert.equal(mayBeIn(["acme"], "store", at("eu-west-1"), { kinds }).verdict, "broken");
      assert.equal(mayBeIn(["acme"], "store", at("eu-west-1")).verdict, "holds");
    });
  });

  it("do not have to say which kinds a decision of the law leaves out", () => {
    const everywhere = shipped.profiles.korea.places;
    const own = { profiles: { acme: { title: "", sources: [], places: everywhere } } };
    withTables(own, () => {
      assert.equal(mayBeIn(["acme"], "store", at("eu-west-1")).verdict, "holds");
      assert.notEqual(mayBeIn(["acme"], "store", at("eu-west-1"), { kinds: ["rrn"] }).verdict, "holds");
    });
  });

  it("open the way out that an attestation shows, where a user lays the row", () => {
    const places = Object.fromEntries(
      Object.entries(shipped.profiles.saudi.places).map(([dimension, list]) => [
        dimension,
        [...list, "adequate:SA"],
      ]),
    );
    const attestations = [{ id: "sdaia-safeguard" }];
    const verdict = (given: object) => mayBeIn(["saudi"], "store", at("eu-west-1"), given).verdict;
    assert.equal(verdict({ attestations }), "broken", "the shipped profile has no way out");
    withTables({ profiles: { saudi: { places } } }, () => {
      assert.equal(verdict({ attestations }), "holds");
      assert.equal(verdict({}), "cannotBeShown");
    });
  });
});

/** What docs/profiles.md says is kept as a text, or not judged: by field, and by profile where only there. */
const notJudged: { [field: string]: string[] | "all" } = {
  status: "all",
  conditional: "all",
  note: "all",
  requireAttestation: ["japan-only", "us-hipaa"],
  telemetryMayCarry: ["gdpr-eu-only"],
  preferPartition: ["us-itar"],
  classes: ["china"],
};

interface Collected {
  profiles: ({ id: string } & { [field: string]: unknown })[];
  transferRelations: { [field: string]: unknown }[];
  operators: { [id: string]: { controlCountries: string[]; exposure: string[] } };
  denyLists: { [id: string]: { places: string[] } };
  attestations: object;
  blocs: object;
}

function collected(): Collected | undefined {
  const crds = crdDirectory();
  const file = crds && join(dirname(crds), "jurisdictions.json");
  return file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

describe("the shipped profiles beside what was collected of the law", () => {
  const law = collected();
  const compare = (title: string, test: (law: Collected) => void) =>
    law
      ? it(title, () => test(law))
      : it.skip(`${title} (no shared/data/jurisdictions.json)`, () => undefined);

  compare("are the same 17, field by field, but for what docs/profiles.md says", ({ profiles }) => {
    assert.deepEqual(profiles.map(({ id }) => id).sort(), Object.keys(shipped.profiles).sort());
    const docs = readFileSync(join(__dirname, "../../../docs/profiles.md"), "utf8");
    for (const { id, ...fields } of profiles) {
      const ours: { [field: string]: unknown } = { ...shipped.profiles[id as keyof typeof shipped.profiles] };
      for (const [field, value] of Object.entries(fields)) {
        const except = notJudged[field];
        if (except === "all" || except?.includes(id)) {
          assert.ok(
            except === "all" || docs.includes(`\`${field}\``),
            `docs/profiles.md does not name ${field}`,
          );
          continue;
        }
        assert.deepEqual(judgedForm(field, ours), judgedForm(field, { [field]: value }), `${id}.${field}`);
      }
      const added = Object.keys(ours).filter((field) => !(field in fields));
      assert.deepEqual(added, id === "india-dpdp" ? ["kinds"] : [], id);
    }
  });

  compare("rest on the same decisions, operators and lists", (law) => {
    const key = ({ from, to, basis }: { [field: string]: unknown }) => `${from}>${to} ${basis}`;
    const ours = new Map(relations.transferRelations.map((relation) => [key(relation), relation]));
    const judged = ["condition", "attestation", "since", "expires", "source", "dataExclusions"];
    for (const relation of law.transferRelations) {
      // An organisation stands in no country, so that no place is judged by it.
      if (String(relation.to).startsWith("org:")) continue;
      const own: { [field: string]: unknown } = ours.get(key(relation)) ?? assert.fail(key(relation));
      for (const field of judged) {
        // Said by the kinds that the decision leaves out; that a list is empty so far is no condition of a transfer.
        if (field === "condition" && (relation.dataExclusions || relation.from === "IN")) continue;
        assert.deepEqual(own[field], relation[field], `${key(relation)} ${field}`);
      }
    }
    for (const [id, { exposure, controlCountries }] of Object.entries(law.operators)) {
      const own = relations.operators[id as keyof typeof relations.operators];
      assert.deepEqual(own.exposure, exposure, id);
      if (id !== "self") assert.deepEqual(own.controlCountries, controlCountries, id);
    }
    for (const [id, { places }] of Object.entries(law.denyLists))
      assert.deepEqual(relations.denyLists[id as keyof typeof relations.denyLists], places);
    assert.deepEqual(relations.attestations, law.attestations);
  });
});

/** Fields whose form differs, reduced to what both say. */
function judgedForm(field: string, profile: { [field: string]: unknown }): unknown {
  const value = profile[field];
  switch (field) {
    case "relaxations":
      return (value as { [field: string]: unknown }[]).map(({ attestation: _, ...rest }) => rest);
    case "temporaryStore": {
      // Any place, and the attestation that the text names.
      const { maxHours, attestation, requires } = value as { [field: string]: unknown };
      return { maxHours, attestation: attestation ?? /attestation (\S+)/.exec(String(requires))?.[1] };
    }
    case "classes": {
      const classes = (value ?? profile.kinds) as { [kind: string]: { [dimension: string]: unknown } };
      return Object.entries(classes).map(([kind, { store, process, transit }]) => [
        kind,
        store,
        process,
        transit,
      ]);
    }
    default:
      return value;
  }
}
