import assert from "node:assert/strict";
import { decodeWireValue, isCustom, type PlannedResource, type Value } from "@hybrid-ai-fabric/graph";
import type { Requested } from "../../support/mocks";

export interface Statement {
  Sid?: string;
  Effect?: string;
  Principal?: unknown;
  Action: string | string[];
  Resource?: string | string[];
  Condition: { [operator: string]: { [key: string]: unknown } };
}

/** The statements of a policy, which must be known at preview. */
export function policyStatements(resource: Requested, property = "policy"): Statement[] {
  const text = resource.inputs[property];
  assert.equal(typeof text, "string", `${resource.name}.${property} is not known at preview`);
  return (JSON.parse(String(text)) as { Statement: Statement[] }).Statement;
}

/** What a component asks for at preview, as a pack sees it. */
export function asPlanned(requested: readonly Requested[]): PlannedResource[] {
  return requested.map(({ type, name, inputs }) => {
    const properties = Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [key, readable(value)]),
    );
    return {
      urn: `urn:pulumi:test::test::${type}::${name}`,
      type,
      name,
      custom: isCustom(type, undefined),
      inputs: properties,
      outputs: properties,
      dependencies: [],
      propertyDependencies: {},
    };
  });
}

function readable(value: unknown): Value {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return decodeWireValue(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return { $unknown: true };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readable(each)]));
}
