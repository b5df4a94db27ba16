import { type ChildProcess, spawn } from "node:child_process";
import { setPriority } from "node:os";
import { resolve } from "node:path";
import { BUILD_SECONDS, ending, JUDGE_SECONDS, left, type Outcome } from "./outcome";

/**
 * What continuous integration runs: every test, and the plans of all environments against a real API server. The server
 * is built once per machine, beside the tests and with what they leave of the processor.
 */
const root = resolve(__dirname, "../..");
const all: Running[] = [];
const started = Number(process.env.HYBRID_AI_FABRIC_CI_STARTED ?? "") * 1000 || Date.now();

interface Running {
  child: ChildProcess;
  ended: Promise<number>;
  /** What it wrote so far. */
  output(): string;
}

async function main(): Promise<number> {
  const build = run(["test/cluster/main.ts", "--build"], "kept");
  setPriority(build.child.pid ?? 0, 19);
  const tests = run(["offline/test.ts", ...process.argv.slice(2)], "shown");
  const status = await tests.ended;
  if (status !== 0) {
    stop(build);
    return status;
  }
  const outcome = await judgePlans(build);
  const totals =
    tests
      .output()
      .match(/^\d+ passed, \d+ failed.*$/gm)
      ?.at(-1) ?? "";
  process.stdout.write(`\n${ending(totals, outcome).join("\n")}\n`);
  return outcome.kind === "refused" ? 1 : 0;
}

async function judgePlans(build: Running): Promise<Outcome> {
  const built = await before(BUILD_SECONDS, build);
  if (built === undefined) {
    const reason = `kube-apiserver was not built after ${BUILD_SECONDS / 60} minutes; what is compiled is kept, so the next run gets further.`;
    return { kind: "notRun", reason };
  }
  if (built !== 0) return { kind: "notRun", reason: build.output().trim() };
  process.stdout.write("\ncluster ...\n");
  const judged = await before(JUDGE_SECONDS, run(["test/cluster/main.ts"], "shown"));
  if (judged === undefined)
    return { kind: "notRun", reason: `It had not ended after ${JUDGE_SECONDS / 60} minutes.` };
  return { kind: judged === 0 ? "accepted" : "refused" };
}

/** Status of a process that ends in time; one that does not is stopped, with all that it started. */
async function before(seconds: number, running: Running): Promise<number | undefined> {
  const timeout = new Promise<undefined>((late) => {
    setTimeout(() => late(undefined), left(seconds, started, Date.now())).unref();
  });
  const status = await Promise.race([running.ended, timeout]);
  if (status === undefined) stop(running);
  return status;
}

function run(script: readonly string[], output: "shown" | "kept"): Running {
  const args = ["--import", "tsx", "--conditions=source", ...script];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const chunks: Buffer[] = [];
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (output === "shown") to.write(chunk);
    });
  }
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  const running = { child, ended, output: () => Buffer.concat(chunks).toString("utf8") };
  all.push(running);
  return running;
}

/** Each runs in a group of its own, because compilers and servers are started by what is started here. */
function stop({ child }: Running): void {
  if (child.exitCode !== null || child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch {
    // It ended in the meantime.
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    all.forEach(stop);
    process.exit(130);
  });
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 3;
  },
);
