import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { SemVer } from "semver";
import { buildEngine } from "./build";
import { ENGINE_VERSION, isNewEnough } from "./version";

/** An engine that can run, and whether it brings the language host for Node. */
export interface Engine {
  command: string;
  version: string;
  hasNodeHost: boolean;
}

/** One way to get an engine; undefined when it does not lead to one. */
export interface Strategy {
  title: string;
  /** True for a way that takes so long that its progress is shown. */
  slow: boolean;
  attempt(): Promise<string | undefined>;
}

export type Step = <T>(title: string, work: () => Promise<T>) => Promise<T>;

/** The ways to an engine, nearest first: what is installed, what was kept, what Pulumi offers, what Go can build. */
export function strategies(cache: string, path: string): Strategy[] {
  const home = join(cache, `pulumi-${ENGINE_VERSION}`);
  const cached = join(home, "bin", "pulumi");
  return [
    { title: "pulumi on PATH", slow: false, attempt: async () => onPath(path) },
    { title: "cached engine", slow: false, attempt: async () => (existsSync(cached) ? cached : undefined) },
    { title: `Installing Pulumi ${ENGINE_VERSION}`, slow: true, attempt: () => installOfficial(home) },
    {
      title: `Building Pulumi ${ENGINE_VERSION} from its Go module (about 4 minutes, once)`,
      slow: true,
      attempt: () => buildEngine(ENGINE_VERSION, cached),
    },
  ];
}

/** Takes the first way that leads to an engine that is new enough. */
export async function findEngine(
  ways: readonly Strategy[],
  step: Step,
  versionOf: (command: string) => Promise<string | undefined> = askVersion,
): Promise<Engine | undefined> {
  for (const way of ways) {
    const command = await (way.slow ? step(way.title, way.attempt) : way.attempt());
    const version = command === undefined ? undefined : await versionOf(command);
    if (command !== undefined && version !== undefined && isNewEnough(version)) {
      return { command, version, hasNodeHost: existsSync(join(dirname(command), "pulumi-language-nodejs")) };
    }
  }
  return undefined;
}

function onPath(path: string): string | undefined {
  return path
    .split(delimiter)
    .map((directory) => join(directory, "pulumi"))
    .find((candidate) => existsSync(candidate));
}

async function askVersion(command: string): Promise<string | undefined> {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { stdout } = await promisify(execFile)(command, ["version"], { env });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

const CONNECTION_TIMEOUT_MS = 10_000;

/** The official installer waits long for a network that is not there, so a connection is tried first. */
async function installOfficial(root: string): Promise<string | undefined> {
  if (!(await canConnect("get.pulumi.com", 443, CONNECTION_TIMEOUT_MS))) return undefined;
  try {
    const installed = await PulumiCommand.install({ root, version: new SemVer(ENGINE_VERSION) });
    return installed.command;
  } catch {
    return undefined;
  }
}

export function canConnect(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (connected: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(connected);
    };
    const timer = setTimeout(() => finish(false), timeoutMs);
    socket.on("connect", () => finish(true));
    socket.on("error", () => finish(false));
  });
}
