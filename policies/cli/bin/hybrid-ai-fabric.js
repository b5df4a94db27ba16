#!/usr/bin/env node
// Starts the compiled command. It is committed as JavaScript so that npm can link it before anything is compiled.
const { existsSync } = require("node:fs");
const path = require("node:path");

const main = path.join(__dirname, "..", "dist", "main.js");
if (existsSync(main)) require(main);
else {
  process.stderr.write(
    "hybrid-ai-fabric is not compiled yet; run `npm run build`, or use `npm run check-plan --`.\n",
  );
  process.exitCode = 3;
}
