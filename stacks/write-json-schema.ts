import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationJsonSchema } from "./environment/json-schema";

/** `npm run schema`: writes the JSON Schema that editors find named at the top of each environment. */
writeFileSync(
  join(__dirname, "environment.schema.json"),
  `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`,
);
