import assert from "node:assert/strict";
import {
  allowedPlacesText,
  awsRegion,
  awsRegionIds,
  type Dimension,
  equinixMetro,
  exposuresToTell,
  isUnlimited,
  mayBeIn,
  type Place,
  parseResidency,
  placeOfAwsRegion,
  placeOfMetro,
  placeOfZone,
  residencyProfileIds,
  withTables,
} from "@hybrid-ai-fabric/locality";
import fc from "fast-check";

const dimensions: Dimension[] = [
  "store",
  "backup",
  "log",
  "telemetry",
  "process",
  "transit",
  "key",
  "controlPlane",
];
const place = fc.constantFrom(...awsRegionIds()).map((id) => placeOfAwsRegion(id) as Place);
const term = fc.constantFrom(...residencyProfileIds(), "JP", "JP+SG", "bloc:EEA", "any");
const rank = { holds: 0, cannotBeShown: 1, broken: 2 } as const;

function at(region: string): Place {
  const found = placeOfAwsRegion(region);
  assert.ok(found);
  return found;
}

describe("residency", () => {
  it("never gets weaker by one more term", () => {
    fc.assert(
      fc.property(
        fc.array(term, { maxLength: 3 }),
        term,
        place,
        fc.constantFrom(...dimensions),
        (terms, more, where, dimension) => {
          const before = mayBeIn(terms, dimension, where).verdict;
          const after = mayBeIn([...terms, more], dimension, where).verdict;
          assert.ok(rank[after] >= rank[before]);
        },
      ),
    );
  });

  it("never holds for a term that cannot be read", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), place, (text, where) => {
        fc.pre("problem" in parseResidency(text));
        assert.equal(mayBeIn([text], "store", where).verdict, "cannotBeShown");
      }),
    );
  });

  it("keeps japan-only in Japan and nowhere else", () => {
    for (const id of awsRegionIds()) {
      const expected = awsRegion(id)?.country === "JP" ? "holds" : "broken";
      assert.equal(mayBeIn(["japan-only"], "store", at(id)).verdict, expected, id);
    }
  });

  it("does not take a region for European because of its name", () => {
    assert.equal(mayBeIn(["gdpr-eu-only"], "store", at("eu-central-1")).verdict, "holds");
    assert.equal(mayBeIn(["gdpr-eu-only"], "store", at("eu-west-2")).verdict, "broken");
    assert.equal(mayBeIn(["gdpr-eu-only"], "store", at("eu-central-2")).verdict, "broken");
    assert.equal(mayBeIn(["gdpr-adequate"], "store", at("eu-central-2")).verdict, "holds");
  });

  it("asks for the attestation that a transfer needs", () => {
    assert.equal(mayBeIn(["gdpr-adequate"], "store", at("us-east-1")).verdict, "cannotBeShown");
    const attestations = [{ id: "dpf-importer" }];
    assert.equal(mayBeIn(["gdpr-adequate"], "store", at("us-east-1"), { attestations }).verdict, "holds");
  });

  it("keeps excluded kinds of data at home", () => {
    assert.equal(mayBeIn(["korea"], "store", at("eu-central-1")).verdict, "holds");
    assert.equal(mayBeIn(["korea"], "store", at("eu-central-1"), { kinds: ["rrn"] }).verdict, "broken");
    assert.equal(mayBeIn(["korea"], "store", at("ap-northeast-2"), { kinds: ["rrn"] }).verdict, "holds");
  });

  it("judges store and process apart", () => {
    assert.equal(mayBeIn(["india-rbi-payments"], "process", at("eu-west-1")).verdict, "holds");
    assert.equal(mayBeIn(["india-rbi-payments"], "store", at("eu-west-1")).verdict, "broken");
  });

  it("denies by operator and by deny list", () => {
    assert.equal(mayBeIn(["eu-sovereign-operator"], "store", at("eu-central-1")).verdict, "broken");
    assert.equal(mayBeIn(["us-bulk-data"], "store", at("cn-north-1")).verdict, "broken");
  });

  it("says where data may be", () => {
    assert.equal(allowedPlacesText(["japan-only"], "store"), "JP");
    assert.equal(allowedPlacesText([], "store"), "anywhere");
  });
});

describe("places", () => {
  it("knows that CH is Chicago and FR is in Germany", () => {
    assert.equal(equinixMetro("CH")?.country, "US");
    assert.equal(placeOfMetro("FR")?.country, "DE");
    assert.equal(placeOfMetro("XX"), undefined);
  });

  it("finds zones by id and by name, and never guesses the country of a Local Zone", () => {
    assert.equal(placeOfZone("apne1-az1")?.region, "ap-northeast-1");
    assert.equal(placeOfZone("ap-northeast-1a")?.country, "JP");
    assert.equal(placeOfZone("us-east-1-lim-1a")?.country, "PE");
    assert.equal(placeOfZone("us-east-1-xyz-1a"), undefined);
  });
});

describe("operators", () => {
  const aws = at("eu-central-1");
  const sovereign = at("eusc-de-east-1");

  it("are told where a residency wants to know which laws reach them, and not where it does not", () => {
    assert.deepEqual(exposuresToTell(["gdpr-eu-only"], aws), ["US-CLOUD-ACT"]);
    assert.deepEqual(exposuresToTell(["gdpr-adequate"], aws), []);
    assert.deepEqual(exposuresToTell(["gdpr-eu-only"], { country: "DE", operator: "self" }), []);
  });

  it("are told, refused or let be where an exposure is disputed, as the profile says", () => {
    const terms = ["eu-sovereign-operator"];
    const counting = (disputedExposure: string) => ({
      profiles: { "eu-sovereign-operator": { operators: { disputedExposure } } },
    });
    const verdict = () => mayBeIn(terms, "store", sovereign).verdict;
    assert.deepEqual(exposuresToTell(terms, sovereign), ["US-CLOUD-ACT:disputed"]);
    assert.equal(verdict(), "holds");
    assert.equal(withTables(counting("deny"), verdict), "broken");
    assert.deepEqual(
      withTables(counting("ignore"), () => exposuresToTell(terms, sovereign)),
      [],
    );
    assert.equal(mayBeIn(terms, "store", aws).verdict, "broken");
  });

  it("of keys can be others than those of the data", () => {
    const own = { profiles: { "gdpr-eu-only": { keyOperators: { allow: ["self"] } } } };
    withTables(own, () => {
      assert.equal(mayBeIn(["gdpr-eu-only"], "key", aws).verdict, "broken");
      assert.equal(mayBeIn(["gdpr-eu-only"], "key", { country: "DE", operator: "self" }).verdict, "holds");
      assert.equal(mayBeIn(["gdpr-eu-only"], "store", aws).verdict, "holds");
      assert.equal(isUnlimited(["gdpr-eu-only"], "key"), false);
    });
  });
});
