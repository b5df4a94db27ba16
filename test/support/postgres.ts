import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const DEBIAN = "/usr/lib/postgresql";

/** A PostgreSQL server of this machine on a free loopback port, with nothing in it. Whoever starts it stops it. */
export interface Database {
  /** Address as `pulumi login` takes it. */
  url: string;
  /** Answer of a query, one row a line. */
  ask(query: string): string;
  stop(): Promise<void>;
}

/** Folder of its programs: on PATH, or where Debian puts them. Undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, "bin")) : [];
  return [...(process.env.PATH ?? "").split(delimiter), ...debian].find((folder) =>
    ["initdb", "postgres", "psql"].every((program) => existsSync(join(folder, program))),
  );
}

export async function startPostgres(programs: string): Promise<Database> {
  const directory = mkdtempSync("/tmp/hybrid-ai-fabric-postgres-");
  const data = join(directory, "data");
  const user = unprivileged();
  if (user) chownSync(directory, user.uid, user.gid);
  execFileSync(join(programs, "initdb"), ["-D", data, "-U", "pulumi", "-A", "trust", "--no-sync"], {
    ...user,
    cwd: directory,
    stdio: "ignore",
  });
  const port = await freePort();
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", directory, "-F"],
    { ...user, cwd: directory, stdio: "ignore" },
  );
  const url = `postgres://pulumi@127.0.0.1:${port}/postgres?sslmode=disable`;
  const psql = (query: string) =>
    spawnSync(join(programs, "psql"), ["-At", "-c", query, url], { encoding: "utf8" });
  const stop = async () => {
    await ended(server);
    rmSync(directory, { recursive: true, force: true });
  };
  for (let left = 100; psql("select 1").status !== 0; left -= 1) {
    if (left === 0) {
      await stop();
      throw new Error("PostgreSQL did not start");
    }
    await pause(100);
  }
  return { url, ask: (query) => psql(query).stdout.trim(), stop };
}

/** PostgreSQL refuses to run as root: there it runs as the user that Debian keeps for it, or as nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid = 65534, gid = 65534] = ["-u", "-g"].flatMap((flag) => {
    const { status, stdout } = spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
    return status === 0 ? [Number(stdout)] : [];
  });
  return { uid, gid };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null) return resolve();
    server.once("exit", () => resolve());
    server.kill("SIGINT");
  });
}
