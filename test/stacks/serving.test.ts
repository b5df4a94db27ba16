import assert from "node:assert/strict";
import { endpointsAt, pathOf, placesOfFrontDoor, servicesAskedForAt } from "../../stacks/serving-decisions";
import { at, readShipped, reasonsFor, set, type Tree } from "../support/environments";

const read = () => readShipped("global-prod");

describe("serving in an environment", () => {
  it("has one front door for each of three legal blocs, and stores beside every endpoint", () => {
    const environment = read();
    const places = Object.values(environment.frontDoors).map((door) => placesOfFrontDoor(environment, door));
    assert.deepEqual(places.flat().sort(), ["frankfurt", "tokyo", "virginia"]);
    for (const endpoint of Object.values(environment.endpoints)) {
      assert.ok(endpoint.reads.vectorIndexes.length > 0 && endpoint.reads.featureStores.length > 0);
    }
  });

  it("gives each endpoint of a place a path and a priority of its own", () => {
    const environment = read();
    const there = endpointsAt(environment, "virginia");
    assert.equal(there.length, 2);
    assert.equal(new Set(there.map(({ endpoint }) => pathOf(endpoint))).size, 2);
    assert.deepEqual(
      there.map(({ priority }) => priority),
      [10, 20],
    );
    assert.ok(servicesAskedForAt(environment, "virginia").includes("sagemaker.runtime"));
    assert.ok(!servicesAskedForAt(environment, "frankfurt").includes("sagemaker.runtime"));
  });

  const cases: [string, string, RegExp, (environment: Tree) => void][] = [
    [
      "a model larger than the memory of its instance",
      "endpoints.assistant-tokyo.model",
      /900 GiB need 1080 GiB with caches and activations, and one g6e\.48xlarge has 352 GiB/,
      (e) => set(at(e, "models", "assistant"), "gib", 900),
    ],
    [
      "a bloc without a region that offers the type",
      "endpoints.chat-frankfurt.resident.instanceType",
      /"p6-b300\.48xlarge" is not offered in eu-central-1; no region can: these demands exclude each other: .*bloc:EEA; EC2 of p6-b300\.48xlarge/,
      (e) => set(at(e, "endpoints", "chat-frankfurt", "resident"), "instanceType", "p6-b300.48xlarge"),
    ],
    [
      "a region without the type, in a bloc that has it elsewhere",
      "endpoints.chat-frankfurt.resident.instanceType",
      /"p5en\.48xlarge" is not offered in eu-central-1; within its residency eu-/,
      (e) => set(at(e, "endpoints", "chat-frankfurt", "resident"), "instanceType", "p5en.48xlarge"),
    ],
    [
      "a dimension that the engine refuses",
      "vectorIndexes.manuals-virginia.dimension",
      /30000: pinecone takes whole numbers from 1 to 20000/,
      (e) => set(at(e, "vectorIndexes", "manuals-virginia"), "dimension", 30000),
    ],
    [
      "a floor of 0 with a latency budget",
      "endpoints.assistant-tokyo.floor",
      /0, and budgets\.userRoundTripMs promises users an answer in time/,
      (e) => set(at(e, "endpoints", "assistant-tokyo"), "floor", 0),
    ],
    [
      "a Pinecone region outside the residency",
      "vectorIndexes.manuals-virginia.pinecone.region",
      /"eu-west-1" \(IE\) is a Pinecone region outside US/,
      (e) => set(at(e, "vectorIndexes", "manuals-virginia", "pinecone"), "region", "eu-west-1"),
    ],
    [
      "two legal blocs behind one door",
      "frontDoors.japan.endpoints",
      /are in .*JP.* an accelerator fails over between its regions/,
      (e) => {
        set(at(e, "frontDoors", "japan"), "endpoints", ["assistant-tokyo", "chat-frankfurt"]);
        set(at(e, "frontDoors", "japan", "certificates"), "frankfurt", "arn:aws:acm:x");
      },
    ],
    [
      "a model that may not be copied to where it is served",
      "models.assistant.dataset",
      /a copy is needed in frankfurt: "eu-central-1" \(DE\) is outside/,
      (e) => set(at(e, "datasets", "assistant"), "residency", ["JP+US"]),
    ],
    [
      "a resident model that no door leads to",
      "endpoints.chat-virginia",
      /is resident, and no front door leads to it/,
      (e) => set(at(e, "frontDoors", "america"), "endpoints", ["assistant-virginia"]),
    ],
    [
      "two hosts of one endpoint",
      "endpoints.assistant-tokyo",
      /both sageMaker and resident: exactly one hosts the model/,
      (e) =>
        set(
          at(e, "endpoints", "assistant-tokyo"),
          "resident",
          at(e, "endpoints", "chat-frankfurt", "resident"),
        ),
    ],
    [
      "a population that no table holds",
      "budgets.userRoundTripMs.atlantis",
      /"atlantis" is no place/,
      (e) => set(at(e, "budgets"), "userRoundTripMs", { atlantis: 20 }),
    ],
  ];
  for (const [what, path, reason, change] of cases) {
    it(`refuses ${what}, naming it`, () => {
      const reasons = reasonsFor("global-prod", change);
      assert.match(reasons[path] ?? JSON.stringify(reasons), reason);
    });
  }
});
