import assert from "node:assert/strict";
import { isRecord, isUnknown, judge, type PlannedResource, type Value } from "@hybrid-ai-fabric/graph";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";
import { plan, registry } from "../../../support/plan";
import { today } from "../../../support/rule-suite";
import { siteFixtures } from "./fixtures";

type Fields = { [field: string]: Value };
const unknown: Value = { $unknown: true };

/** The value with one field unknown, once for each field at any depth, with the path of that field. */
function hidingOne(value: Value, path: string): [string, Value][] {
  const inside = isRecord(value) && !isUnknown(value) ? Object.entries(value) : [];
  const elements = Array.isArray(value) ? [...value.entries()] : [];
  return [
    [path, unknown],
    ...elements.flatMap(([index, child]) =>
      hidingOne(child, `${path}[${index}]`).map(([at, hidden]): [string, Value] => [
        at,
        replaced(value as Value[], index, hidden),
      ]),
    ),
    ...inside.flatMap(([field, child]) =>
      hidingOne(child, `${path}.${field}`).map(([at, hidden]): [string, Value] => [
        at,
        { ...(value as Fields), [field]: hidden },
      ]),
    ),
  ];
}

const replaced = <T>(list: readonly T[], index: number, element: T): T[] =>
  list.map((kept, at) => (at === index ? element : kept));

function withInput(resource: PlannedResource, property: string, value: Value): PlannedResource {
  const inputs = { ...resource.inputs, [property]: value };
  return { ...resource, inputs, outputs: { ...resource.outputs, [property]: value } };
}

describe("every rule over manifests of a site", () => {
  it("never holds because one field of a refused plan is not known", () => {
    const escaped = Object.entries(siteFixtures).flatMap(([rule, { fail, settings }]) => {
      const resources = plan(fail);
      return resources.flatMap((resource, index) =>
        Object.entries(resource.inputs).flatMap(([property, input]) =>
          hidingOne(input, property).flatMap(([path, value]) => {
            const changed = replaced(resources, index, withInput(resource, property, value));
            const { violations } = judge(changed, settings ?? registry, allRules, today);
            return violations.length > 0 ? [] : [`${rule}: ${resource.name} ${path}`];
          }),
        ),
      );
    });
    assert.deepEqual(escaped, []);
  });
});
