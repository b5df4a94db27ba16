// Prints the findings of a SARIF file as workflow commands, by which GitHub shows them at their lines in a pull request.
// It needs no permission: unlike an upload to code scanning, it works for a pull request from a fork.

const fs = require("node:fs");

/** One command for each finding; those that an exemption suppresses are left out. */
function annotations(log) {
  const results = log.runs.flatMap((run) => run.results ?? []);
  return results.filter(({ suppressions = [] }) => suppressions.length === 0).map(annotation);
}

function annotation({ level, ruleId, message, locations = [] }) {
  const place = locations[0]?.physicalLocation;
  const file = place?.artifactLocation?.uri;
  const properties = {
    ...(file === undefined ? {} : { file: decodeURIComponent(file) }),
    ...(place?.region ? { line: place.region.startLine, col: place.region.startColumn } : {}),
    title: ruleId,
  };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapedProperty(String(value))}`,
  );
  return `::${level === "error" ? "error" : "warning"} ${written.join(",")}::${escaped(message.text)}`;
}

/** A command is one line, and a percent sign begins an escape. */
function escaped(text) {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text) {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

module.exports = { annotations };

if (require.main === module) {
  const log = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
  for (const line of annotations(log)) process.stdout.write(`${line}\n`);
}
