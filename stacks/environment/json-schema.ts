import { z } from "zod";
import { environmentShape } from "./shape";

/** JSON Schema of a Pulumi.<environment>.yaml, by which editors complete and check it while it is written. */
export function configurationJsonSchema(): object {
  const { $schema, ...environment } = z.toJSONSchema(environmentShape, {
    io: "input",
    unrepresentable: "any",
  });
  return {
    $schema,
    title: "Pulumi.<environment>.yaml of hybrid-ai-fabric",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: {
          "hybrid-ai-fabric:environment": {
            description: "The environment itself, or the path of a YAML file that several stacks share",
            anyOf: [{ type: "string" }, environment],
          },
        },
      },
    },
    required: ["config"],
  };
}
