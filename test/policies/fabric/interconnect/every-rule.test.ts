import assert from "node:assert/strict";
import { isRecord, isUnknown, judge, type PlannedResource, type Value } from "@hybrid-ai-fabric/graph";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";
import fc from "fast-check";
import { interconnectRules } from "../../../../policies/fabric/rules/interconnect";
import { plan, registry } from "../../../support/plan";
import { today } from "../../../support/rule-suite";
import { interconnectFixtures } from "./fixtures";

const cases = Object.entries(interconnectFixtures).flatMap(([rule, { fail, unknown, settings }]) => [
  { rule, verdict: "broken" as const, specs: fail, settings: settings ?? registry },
  { rule, verdict: "cannotBeShown" as const, specs: unknown, settings: settings ?? registry },
]);
const passing = Object.values(interconnectFixtures).map(({ pass, settings }) => ({
  specs: pass,
  settings: settings ?? registry,
}));
const violationsIn = (resources: readonly PlannedResource[], settings: unknown, rules = interconnectRules) =>
  judge(resources, settings, rules, today).violations;

describe("every rule over the private path", () => {
  it("finds the same whatever the order of the resources and of what they depend on", () => {
    for (const { specs, settings } of cases) {
      const resources = plan(specs);
      const first = violationsIn(resources, settings);
      assert.ok(first.length > 0);
      fc.assert(
        fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
          assert.deepEqual(violationsIn(shuffled, settings), first);
        }),
        { numRuns: 10 },
      );
    }
  });

  it("never holds because one property of a refused plan is not known", () => {
    const escaped = cases.flatMap(({ rule, verdict, specs, settings }) =>
      plan(specs).flatMap(({ urn, inputs }, index) =>
        Object.keys(inputs).flatMap((property) => {
          const resources = plan(specs);
          const resource = resources[index];
          if (!resource) return [];
          resource.inputs[property] = { $unknown: true };
          resource.outputs[property] = { $unknown: true };
          // Labels that are not known are refused by the sovereignty pack, for all packs.
          const rules = property === "tags" ? allRules : interconnectRules;
          const found = violationsIn(resources, settings, rules);
          return found.length > 0 ? [] : [`${rule} ${verdict}: ${urn.split("::").at(-1)}.${property}`];
        }),
      ),
    );
    assert.deepEqual(escaped, []);
  });

  it("says of one resource alone only what the whole plan says as well: an update is stopped by nothing else", () => {
    const plans = [...cases, ...passing].map(({ specs, settings }) => ({
      settings,
      resources: asCreated(plan(specs)),
    }));
    const stopped = plans.flatMap(({ resources, settings }) => {
      const whole = new Set(violationsIn(resources, settings).map(({ rule, urn }) => `${rule} ${urn}`));
      return resources.flatMap((resource) => {
        const provider = resources.filter(({ urn }) => urn === resource.provider);
        const alone = { ...resource, outputs: {}, dependencies: [], propertyDependencies: {} };
        return violationsIn([...provider, alone], settings)
          .filter(
            ({ verdict, urn, level }) =>
              verdict === "broken" && level === "mandatory" && urn === resource.urn,
          )
          .map(({ rule, urn }) => `${rule} ${urn}`)
          .filter((finding) => !whole.has(finding));
      });
    });
    assert.deepEqual(stopped, []);
  });

  it("follows ids as well as traces: what is broken before creation is broken while it exists", () => {
    for (const { rule, verdict, specs, settings } of cases) {
      if (verdict === "cannotBeShown" || rule === "circuits-are-where-they-were-declared") continue;
      const untraced = asCreated(plan(specs)).map((resource) => ({ ...resource, propertyDependencies: {} }));
      const found = violationsIn(untraced, settings).map((violation) => violation.rule);
      assert.ok(found.includes(rule), `${rule} is not found by ids alone`);
    }
  });

  it("reads both packages that wrap Equinix, and any name that an SDK was generated under", () => {
    for (const { rule, specs, settings } of cases) {
      const found = violationsIn(plan(specs), settings).map((violation) => violation.rule);
      for (const rename of [asStaticPackage, asNamedPackage]) {
        const renamed = violationsIn(plan(specs).map(rename), settings).map((violation) => violation.rule);
        assert.deepEqual(renamed, found, `${rule} under ${rename.name}`);
      }
    }
  });
});

/**
 * The same plan during an update: everything has an id, and what was computed from a resource is the id of it. An
 * unknown without a trace stays one.
 */
function asCreated(resources: readonly PlannedResource[]): PlannedResource[] {
  const idOf = (urn: string) => `id-of-${urn.split("::").at(-1)}`;
  return resources.map((resource) => {
    const inputs = Object.fromEntries(
      Object.entries(resource.inputs).map(([property, value]) => {
        const [from] = resource.propertyDependencies[property] ?? [];
        return [property, from === undefined ? value : filled(value, idOf(from))];
      }),
    );
    const ids = Object.fromEntries(
      ["id", "uuid", "productUid", "arn"].map((key) => [key, idOf(resource.urn)]),
    );
    return { ...resource, inputs, outputs: { ...resource.outputs, ...inputs, ...ids } };
  });
}

function filled(value: Value, id: string): Value {
  if (Array.isArray(value)) return value.map((element) => filled(element, id));
  if (!isRecord(value)) return value;
  if (isUnknown(value)) return id;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, filled(child, id)]));
}

const staticTokens: { [token: string]: string } = {
  "equinix:index/fabricConnection:FabricConnection": "equinix:fabric/connection:Connection",
  "equinix:index/fabricCloudRouter:FabricCloudRouter": "equinix:fabric/cloudRouter:CloudRouter",
  "equinix:index/fabricRoutingProtocol:FabricRoutingProtocol":
    "equinix:fabric/routingProtocol:RoutingProtocol",
  "equinix:index/fabricNetwork:FabricNetwork": "equinix:fabric/network:Network",
};

/** equinix/pulumi-equinix has singular names, and objects where the bridge has lists of one. */
function asStaticPackage(resource: PlannedResource): PlannedResource {
  const type = staticTokens[resource.type];
  if (type === undefined) return resource;
  const singular = (properties: { [property: string]: Value }) =>
    Object.fromEntries(
      Object.entries(properties).map(([property, value]) =>
        /^(bfd|bgpIpv4|directIpv4)s$/.test(property)
          ? [property.slice(0, -1), Array.isArray(value) ? (value[0] ?? null) : value]
          : [property.replace(/^additionalInfos$/, "additionalInfo"), value],
      ),
    );
  return { ...resource, type, inputs: singular(resource.inputs), outputs: singular(resource.outputs) };
}

function asNamedPackage(resource: PlannedResource): PlannedResource {
  return { ...resource, type: resource.type.replace(/^(equinix|megaport):/, "$1tokyo:") };
}
