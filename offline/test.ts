import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** What `npm test` does after set-up: types, style, then every test with its coverage. */
const root = resolve(__dirname, "..");
const bin = (name: string, script: string) => resolve(root, "node_modules", name, script);

const checks: [string, string[]][] = [
  ["types", [bin("typescript", "bin/tsc"), "--noEmit", "-p", "tsconfig.json"]],
  ["style", [bin("@biomejs/biome", "bin/biome"), "check", "--error-on-warnings", "."]],
  [
    "tests",
    [
      ...[bin("c8", "bin/c8.js"), "--reporter=text-summary", "--exclude=test", "--exclude=sdks"],
      ...[
        process.execPath,
        bin("mocha", "bin/mocha.js"),
        "--reporter",
        resolve(root, "test/support/reporter.cjs"),
      ],
      ...process.argv.slice(2),
    ],
  ],
];

for (const [name, args] of checks) {
  process.stdout.write(`${name} ...\n`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    process.stderr.write(`${name} failed\n`);
    process.exitCode = 1;
    break;
  }
}
