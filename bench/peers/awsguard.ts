import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import type { Engine } from "../../offline/engine/find";
import { readEvents } from "../../offline/events";
import { analysesBy } from "../../test/support/analyze";
import { type Duration, durationOf } from "../timing";
import { grouped, type Peer } from "./tools";

const VERSION = "0.3.1";
/** How the URNs of the programs begin. */
const STACK = "urn:pulumi:test::";

/** Pulumi's own pack for AWS, which is another pack of the same engine and so reads the programs as they are. */
export interface PackPeer extends Peer {
  /** Its folder. */
  pack: string;
}

export function awsGuard(home: string, engine: Engine): PackPeer | undefined {
  const pack = installed(join(home, `awsguard-${VERSION}`));
  if (pack === undefined) return undefined;
  return {
    ...{ name: "AWSGuard", version: VERSION, format: "pulumi", pack },
    // All programs in one state, each as a stack of its own name: starting the engine takes longer than the rules.
    findings: (directory, files) => {
      const resources = files.flatMap((file) => {
        const state = readFileSync(join(directory, file), "utf8").replaceAll(STACK, `urn:pulumi:${file}::`);
        return (JSON.parse(state) as State).deployment.resources;
      });
      const all = join(directory, "all.json");
      const analyses = analysesBy(engine);
      try {
        writeFileSync(all, JSON.stringify({ version: 3, deployment: { resources } }));
        const { command, args, ...from } = analyses.of(all, pack);
        const options = { ...from, encoding: "utf8", maxBuffer: 1 << 30 } as const;
        const { stdout, stderr } = spawnSync(command, args, options);
        const said = readEvents(stdout).policies.filter(isMandatory);
        // It has something to say of any bucket without logs; silence means that it did not run.
        if (said.length === 0) throw new Error(`AWSGuard said nothing: ${stdout}${stderr}`);
        const stock = said.map(({ policyName, resourceUrn }): [string, string] => {
          const [stack = "", , chain = ""] = resourceUrn.slice("urn:pulumi:".length).split("::");
          return [stack, `${policyName} ${chain}`];
        });
        return { stock: grouped(stock) };
      } finally {
        analyses.remove();
      }
    },
  };
}

interface State {
  deployment: { resources: unknown[] };
}

function isMandatory({ enforcementLevel }: { enforcementLevel: string }): boolean {
  return enforcementLevel === "mandatory";
}

/**
 * The pack in a folder of its own with the SDKs that it asks for: it needs @pulumi/aws 4, and finds Pulumi's other
 * packages in the versions of this repository.
 */
function installed(directory: string): string | undefined {
  if (!existsSync(join(directory, "node_modules", "@pulumi", "awsguard"))) {
    mkdirSync(directory, { recursive: true });
    const write = (name: string, content: string) => writeFileSync(join(directory, name), content);
    const own = JSON.parse(readFileSync(resolve(__dirname, "../../package.json"), "utf8")) as {
      dependencies: { [name: string]: string };
      devDependencies: { [name: string]: string };
    };
    const dependencies = {
      "@pulumi/awsguard": VERSION,
      "@pulumi/aws": "4.38.1",
      "@pulumi/pulumi": own.dependencies["@pulumi/pulumi"],
      "@pulumi/policy": own.devDependencies["@pulumi/policy"],
    };
    const manifest = { name: "awsguard", version: VERSION, private: true, main: "index.js", dependencies };
    write("package.json", JSON.stringify(manifest));
    const runtime = { name: "nodejs", options: { typescript: false } };
    write("PulumiPolicy.yaml", JSON.stringify({ description: "AWSGuard, all of it", runtime }));
    write(
      "index.js",
      'const { AwsGuard } = require("@pulumi/awsguard");\nnew AwsGuard({ all: "mandatory" });\n',
    );
    spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: directory });
  }
  return existsSync(join(directory, "node_modules", "@pulumi", "awsguard")) ? directory : undefined;
}

/** How long each pack takes for a plan through `pulumi policy analyze`, the start of the engine included. */
export function throughEngine(
  engine: Engine,
  resources: readonly PlannedResource[],
  packs: { [title: string]: { pack: string; settings?: unknown } },
  runs: number,
): { [title: string]: Duration } {
  const analyses = analysesBy(engine);
  try {
    const state = analyses.written(resources);
    return Object.fromEntries(
      Object.entries(packs).map(([title, { pack, settings }]) => {
        const { command, args, ...from } = analyses.of(state, pack, settings);
        return [title, durationOf(command, args, runs, from)];
      }),
    );
  } finally {
    analyses.remove();
  }
}
