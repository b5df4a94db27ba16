import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { PlannedResource, Summary, Violation } from "@hybrid-ai-fabric/graph";
import { cacheDirectory } from "../../offline/setup/progress";
import { start } from "../../offline/start";

/** A plan file as `npm start -- <environment> --json FILE` writes it. */
export interface Plan {
  version: number;
  environment: string;
  standIns: { package: string; version: string }[];
  resources: PlannedResource[];
  violations: Violation[];
  summary: Summary;
}

export interface Run {
  status: number;
  printed: string;
  complained: string;
  plan: Plan | undefined;
}

const root = resolve(__dirname, "../..");

/** A preview on the real engine, through the same code as `npm start`. */
export async function preview(...args: string[]): Promise<Run> {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-test-"));
  const file = join(directory, "plan.json");
  let printed = "";
  let complained = "";
  try {
    const status = await start([...args, "--json", file], {
      root,
      workingDirectory: root,
      cache: cacheDirectory(),
      compiled: join(root, "offline", "dist"),
      step: (_, work) => work(),
      print: (text) => {
        printed += text;
      },
      complain: (text) => {
        complained += text;
      },
      colour: false,
    });
    const plan = status <= 1 ? (JSON.parse(readFileSync(file, "utf8")) as Plan) : undefined;
    return { status, printed, complained, plan };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
