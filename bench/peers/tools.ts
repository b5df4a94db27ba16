import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";

/** What a tool says, by the name of the program: one text for each finding. */
export type Findings = ReadonlyMap<string, readonly string[]>;

export interface Peer {
  name: string;
  version: string;
  /** The format that it reads. */
  format: "terraform" | "cloudformation" | "pulumi";
  /** Findings of its own rules, and of those written by hand for it; undefined for a kind that is not asked. */
  findings(directory: string, files: readonly string[]): Said;
}

export interface Said {
  stock?: Findings;
  written?: Findings;
}

/** A peer with a command of its own that reads one file. */
export interface CommandPeer extends Peer {
  executable: string;
  /** Arguments that check one file, for timing. */
  command(file: string): readonly string[];
}

const rules = join(__dirname, "rules");

/** The peers that are there, or that this machine can install into a folder of the cache. */
export function commandPeers(home: string): CommandPeer[] {
  return [checkov(home), conftest(home), cfnGuard(home)].flatMap((peer) => (peer ? [peer] : []));
}

function checkov(home: string): CommandPeer | undefined {
  const version = "3.3.30";
  const venv = join(home, `checkov-${version}`);
  const executable = join(venv, "bin", "checkov");
  if (!existsSync(executable)) {
    run("python3", ["-m", "venv", venv]);
    run(join(venv, "bin", "pip"), ["install", "--quiet", `checkov==${version}`]);
  }
  if (!existsSync(executable)) return undefined;
  const common = ["--framework", "terraform_plan", "--quiet", "--compact", "-o", "json"];
  return {
    ...{ name: "Checkov", version, format: "terraform", executable },
    findings: (directory) => {
      const { stdout } = run(executable, [
        ...["-d", directory, "--external-checks-dir", join(rules, "checkov"), ...common],
      ]);
      const report = JSON.parse(stdout) as CheckovReport | CheckovReport[];
      const failed = [report].flat().flatMap(({ results }) => results.failed_checks);
      const found = (written: boolean) =>
        grouped(
          failed
            .filter(({ check_id }) => check_id.startsWith("CKV2_HOME") === written)
            .map(({ check_id, resource, file_path }) => [
              basename(file_path),
              `${check_id} ${typeOf(resource)}`,
            ]),
        );
      return { stock: found(false), written: found(true) };
    },
    command: (file) => ["-f", file, ...common],
  };
}

interface CheckovReport {
  results: { failed_checks: { check_id: string; resource: string; file_path: string }[] };
}

function conftest(home: string): CommandPeer | undefined {
  const version = "0.71.1";
  const executable = join(home, `conftest-${version}`, "conftest");
  if (!existsSync(executable)) {
    const env = { ...process.env, GOBIN: join(home, `conftest-${version}`) };
    spawnSync("go", ["install", `github.com/open-policy-agent/conftest@v${version}`], { env });
  }
  if (!existsSync(executable)) return undefined;
  const common = ["test", "--policy", join(rules, "residency.rego"), "--output", "json"];
  return {
    ...{ name: "conftest (OPA)", version, format: "terraform", executable },
    findings: (directory, files) => {
      const { stdout } = run(executable, [...common, ...files.map((file) => join(directory, file))]);
      const reports = JSON.parse(stdout) as { filename: string; failures?: { msg: string }[] }[];
      const written = grouped(
        reports.flatMap(({ filename, failures }) =>
          (failures ?? []).map(({ msg }): [string, string] => [basename(filename), msg]),
        ),
      );
      return { written };
    },
    command: (file) => [...common, file],
  };
}

function cfnGuard(home: string): CommandPeer | undefined {
  const version = "3.2.1";
  const root = join(home, `cfn-guard-${version}`);
  const executable = join(root, "bin", "cfn-guard");
  if (!existsSync(executable))
    run("cargo", ["install", "--locked", "--root", root, "cfn-guard", "--version", version]);
  if (!existsSync(executable)) return undefined;
  const common = ["validate", "--rules", join(rules, "residency.guard"), "--show-summary", "none"];
  const structured = ["--structured", "--output-format", "json"];
  return {
    ...{ name: "cfn-guard", version, format: "cloudformation", executable },
    findings: (directory) => {
      const { stdout } = run(executable, [...common, ...structured, "--data", directory]);
      const reports = JSON.parse(stdout) as { name: string; not_compliant: { Rule?: { name: string } }[] }[];
      const written = grouped(
        reports.flatMap(({ name, not_compliant }) =>
          not_compliant.map(({ Rule }): [string, string] => [basename(name), Rule?.name ?? ""]),
        ),
      );
      return { written };
    },
    command: (file) => [...common, ...structured, "--data", file],
  };
}

/** Names differ between a program and its twin at home; the types do not. */
function typeOf(address: string): string {
  return address.split(".", 1)[0] ?? address;
}

function run(command: string, args: readonly string[]): { stdout: string } {
  return spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 30 });
}

export function grouped(pairs: readonly [string, string][]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [file, finding] of pairs) groups.set(file, [...(groups.get(file) ?? []), finding]);
  return groups;
}
