import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CouldNotRun } from "../../offline/engine/failure";
import { isReady } from "./api";
import type { ControlPlanePrograms } from "./build";

/** A control plane of Kubernetes on this machine: no node, no controller, nothing ever becomes ready. */
export interface ControlPlane {
  url: string;
  token: string;
  /** Certificate that the server made for itself. */
  certificate: string;
  stop(): void;
}

/** Starts etcd and the API server on loopback, each on a port that was free. */
export async function startControlPlane({ apiServer, etcd }: ControlPlanePrograms): Promise<ControlPlane> {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-cluster-"));
  const [client = 0, peer = 0, secure = 0] = await freePorts(3);
  const children: ChildProcess[] = [];
  const start = (command: string, args: string[]) => {
    const child = spawn(command, args, { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
    const errors: Buffer[] = [];
    child.stderr?.on("data", (data: Buffer) => errors.push(data));
    children.push(child);
    return () => (child.exitCode === null ? undefined : Buffer.concat(errors).toString("utf8").slice(-2000));
  };
  const stop = () => {
    for (const child of children.reverse()) child.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const token = randomBytes(16).toString("hex");
    const ended = [
      start(etcd, etcdArguments(join(directory, "etcd"), client, peer)),
      start(apiServer, apiServerArguments(directory, client, secure, token)),
    ];
    const certificate = join(directory, "certificates", "apiserver.crt");
    const plane = { url: `https://127.0.0.1:${secure}`, token, certificate: "", stop };
    for (let attempt = 0; attempt < 300; attempt++) {
      const output = ended.map((end) => end()).find((text) => text !== undefined);
      if (output !== undefined) throw new CouldNotRun(`The control plane ended at once:\n${output}`);
      if (existsSync(certificate)) {
        plane.certificate = readFileSync(certificate, "utf8");
        if (await isReady(plane)) return plane;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new CouldNotRun("The API server did not become ready in 150 s.");
  } catch (error) {
    stop();
    throw error;
  }
}

function etcdArguments(data: string, client: number, peer: number): string[] {
  const peerUrl = `http://127.0.0.1:${peer}`;
  return [
    `--data-dir=${data}`,
    `--listen-client-urls=http://127.0.0.1:${client}`,
    `--advertise-client-urls=http://127.0.0.1:${client}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ];
}

function apiServerArguments(directory: string, etcd: number, secure: number, token: string): string[] {
  const key = join(directory, "service-accounts.pem");
  const tokens = join(directory, "tokens.csv");
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  mkdirSync(join(directory, "certificates"));
  writeFileSync(key, privateKey, { mode: 0o600 });
  writeFileSync(tokens, `${token},tester,tester,system:masters\n`, { mode: 0o600 });
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${secure}`,
    `--cert-dir=${join(directory, "certificates")}`,
    "--service-account-issuer=https://127.0.0.1",
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    `--token-auth-file=${tokens}`,
    "--authorization-mode=RBAC",
    "--service-cluster-ip-range=10.96.0.0/16",
    "--disable-admission-plugins=ServiceAccount",
  ];
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve))));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
