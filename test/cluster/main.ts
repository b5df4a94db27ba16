import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CouldNotRun } from "../../offline/engine/failure";
import { environmentsIn } from "../../offline/project";
import { cacheDirectory } from "../../offline/setup/progress";
import { crdDirectory, readDefinitions } from "../support/crds";
import { ask, dryRun, type KubernetesObject, pathOf } from "./api";
import { controlPlanePrograms } from "./build";
import { kubernetesObjects, namespacesOf, type PlannedObject, type Prepared } from "./planned-objects";
import { type ControlPlane, startControlPlane } from "./processes";
import { renderedObjects } from "./rendered-objects";

/** What `npm run test:cluster` does: a real API server judges every Kubernetes object of every environment. */
const root = resolve(__dirname, "../..");

/** Of two releases of one project the newer or bundled one is left out: a cluster has one definition per kind. */
const definitions = [
  ...["metal3-bmo", "capm3", "tinkerbell/v1alpha1", "network-operator", "sriov-network-operator"],
  ...["nfd", "multus-nad", "nv-ipam", "gpu-operator", "nvidia-dra-driver", "jobset", "kueue"],
  ...["gateway-api", "istio"],
];

/** Groups whose definitions are not at hand: their objects are counted and not judged. */
const withoutDefinitions = ["kafka.strimzi.io", "agentgateway.dev"];

/** What a server must refuse, or its yes means nothing. */
const refused: { [why: string]: KubernetesObject } = {
  "a required field is missing": {
    apiVersion: "sriovnetwork.openshift.io/v1",
    kind: "SriovNetworkNodePolicy",
    metadata: { name: "broken" },
    spec: { nicSelector: { vendor: "15b3" }, numVfs: 1, resourceName: "r" },
  },
  "a CEL rule is broken": {
    apiVersion: "kueue.x-k8s.io/v1beta2",
    kind: "ResourceFlavor",
    metadata: { name: "broken" },
    spec: { topologyName: "rack" },
  },
  "a property does not exist": {
    apiVersion: "nv-ipam.nvidia.com/v1alpha1",
    kind: "IPPool",
    metadata: { name: "broken" },
    spec: { subnet: "10.0.0.0/24", perNodeBlockSize: 2, perNodeBlokSize: 2 },
  },
};

async function main(): Promise<void> {
  const crds = crdDirectory();
  if (!crds) throw new CouldNotRun("no CRDs: set HYBRID_AI_FABRIC_CRDS to the folder of the definitions.");
  const programs = await controlPlanePrograms(cacheDirectory());
  // Continuous integration builds beside its tests and judges after them.
  if (process.argv.includes("--build")) return;
  const named = process.argv.slice(2);
  const plans = planAll(named.length > 0 ? named : environmentsIn(join(root, "stacks")));
  if (named.length === 0)
    plans.push({ environment: "components of a site", objects: await renderedObjects() });
  const plane = await startControlPlane(programs);
  try {
    await install(plane, crds);
    for (const [why, object] of Object.entries(refused)) {
      if ((await dryRun(plane, object)) === undefined)
        throw new CouldNotRun(`The server accepts an object although ${why}: its answers prove nothing.`);
    }
    report(await judge(plane, plans));
  } finally {
    plane.stop();
  }
}

/** Plans as `npm start` writes them. A refused plan is a plan as well. */
function planAll(environments: readonly string[]): { environment: string; objects: Prepared[] }[] {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-plans-"));
  try {
    return environments.map((environment) => {
      const file = join(directory, `${environment}.json`);
      const command = [join(root, "offline/dist/main.js"), environment, "--json", file, "--quiet"];
      const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
      if (status !== 0 && status !== 1)
        throw new CouldNotRun(`The plan of ${environment} could not be made:\n${stderr}`);
      const { resources } = JSON.parse(readFileSync(file, "utf8")) as { resources: PlannedObject[] };
      return { environment, objects: kubernetesObjects(resources) };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Definitions are kept, because an object can only be judged by what is served. */
async function install(plane: ControlPlane, crds: string): Promise<void> {
  const all = readDefinitions(crds, definitions);
  for (const definition of all) {
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const { status, body } = await ask(plane, "POST", path, definition);
    if (status >= 300) throw new CouldNotRun(`A definition was refused: ${body.message}`);
  }
  for (const { spec } of all) {
    const version = spec.versions.find(({ served }) => served)?.name ?? "";
    const object = { apiVersion: `${spec.group}/${version}`, kind: spec.names.kind, metadata: {} };
    for (let attempt = 0; (await pathOf(plane, object)) === undefined; attempt++) {
      if (attempt > 100) throw new CouldNotRun(`${spec.names.kind} is not served after 20 s.`);
      await new Promise((wait) => setTimeout(wait, 200));
    }
  }
  process.stdout.write(`${all.length} definitions are served\n`);
}

interface Judged {
  environment: string;
  objects: number;
  unknown: number;
  /** Kinds that no definition at hand describes, with the number of their objects. */
  notJudged: Map<string, number>;
  problems: string[];
}

async function judge(
  plane: ControlPlane,
  plans: readonly { environment: string; objects: Prepared[] }[],
): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const { environment, objects } of plans) {
    for (const name of namespacesOf(objects)) {
      const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
      await ask(plane, "POST", "/api/v1/namespaces", namespace);
    }
    const problems: string[] = [];
    const notJudged = new Map<string, number>();
    const asked = objects.filter(({ object }) => {
      const [group = ""] = object.apiVersion.split("/");
      if (!withoutDefinitions.includes(group)) return true;
      const kind = `${object.kind}.${group}`;
      notJudged.set(kind, (notJudged.get(kind) ?? 0) + 1);
      return false;
    });
    for (const { urn, object } of asked) {
      const problem = await dryRun(plane, object);
      if (problem !== undefined) problems.push(`${urn}\n  ${problem}`);
    }
    const unknown = asked.filter((prepared) => prepared.unknown.length > 0).length;
    judged.push({ environment, objects: asked.length, unknown, notJudged, problems });
  }
  return judged;
}

function report(judged: readonly Judged[]): void {
  for (const { environment, objects, unknown, notJudged, problems } of judged) {
    const partly = unknown > 0 ? `, ${unknown} of them without what is not known yet` : "";
    process.stdout.write(
      `${environment}: ${objects - problems.length} of ${objects} objects accepted${partly}\n`,
    );
    for (const [kind, count] of notJudged)
      process.stdout.write(`  ${count} ${kind} not judged: no definition is at hand\n`);
    for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  }
  const all = judged.reduce((sum, { objects }) => sum + objects, 0);
  const wrong = judged.reduce((sum, { problems }) => sum + problems.length, 0);
  process.stdout.write(`${all - wrong} accepted, ${wrong} refused\n`);
  if (wrong > 0 || all === 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof CouldNotRun ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 3;
});
