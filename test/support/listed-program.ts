import { resolve } from "node:path";
import type { PreparedConfiguration } from "../../offline/configuration";
import type { Project } from "../../offline/project";
import { type ResourceSpec, written } from "./plan";

/** The project that registers listed resources in the engine, under the URNs that `plan` gives them. */
export const listedProject: Project = {
  environment: "test",
  configFile: undefined,
  directory: resolve(__dirname, "../offline/fixtures/listed"),
  name: "fixture",
};

/** Its configuration: references of the list become outputs of resources, so that the engine itself says what is unknown. */
export function configurationFor(specs: readonly ResourceSpec[]): PreparedConfiguration {
  const resources = specs.map(({ type, name, properties = {}, parent, providerRegion }) => ({
    ...{ type, name, parent, providerRegion },
    properties: written(properties),
  }));
  const config = { [`${listedProject.name}:resources`]: JSON.stringify(resources) };
  return { text: JSON.stringify({ config }), secrets: {}, stoodIn: [] };
}
