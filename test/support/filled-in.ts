import { resolve } from "node:path";
import { type PlannedResource, type Properties, packageOf, unknownValue } from "@hybrid-ai-fabric/graph";
import { sdksOf } from "../../offline/sdks";
import { membersOf } from "../../offline/standin/declarations";
import { knownValue } from "../../offline/standin/known";
import { readShape } from "../../offline/standin/shape";

const sdks = new Map(
  sdksOf(resolve(__dirname, "../.."))
    .reverse()
    .map(({ package: name, directory }) => [name, directory]),
);

/** A recorded plan as it is where providers tell what they fill in: what `--unset known` previews, without a preview. */
export function withKnown(resources: readonly PlannedResource[]): PlannedResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return resources.map((resource) => {
    const directory = resource.custom ? sdks.get(packageOf(resource.type)) : undefined;
    const filledIn = directory && readShape(directory, resource.type)?.filledIn;
    if (!directory || !filledIn) return resource;
    const { region = unknownValue } = { ...byUrn.get(resource.provider ?? "")?.inputs, ...resource.inputs };
    const around = {
      urn: resource.urn,
      region: String(region),
      membersOf: (type: string) => membersOf(directory, type),
    };
    const known = Object.fromEntries(
      [...filledIn]
        .filter(([property]) => property !== "region" && !Object.hasOwn(resource.inputs, property))
        .map(([property, declared]) => [property, knownValue(property, declared, around)]),
    );
    return { ...resource, outputs: { ...resource.outputs, ...(known as Properties) } };
  });
}
