import { writeFileSync } from "node:fs";
import { inferSchema, renderApi, snapshotFile } from "./component-api";

/** `npm run schema:components`: agrees on the API of the components as it is now. */
writeFileSync(snapshotFile, renderApi(inferSchema()));
process.stdout.write(`${snapshotFile}\n`);
