import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { configurationOf } from "../../offline/configuration";
import { installedEngine } from "../../offline/engine/installed";
import { projectIn } from "../../offline/project-in";
import { createStack } from "../../offline/stack";
import { createWorkspace, type Workspace } from "../../offline/workspace";
import { type Database, postgresPrograms, startPostgres } from "../support/postgres";

const root = resolve(__dirname, "../..");
const programs = postgresPrograms();
const withDatabase = programs === undefined ? describe.skip : describe;

/** State that several machines share: what one of them creates, another one sees, with nothing on either's disk. */
withDatabase(`state in PostgreSQL${programs === undefined ? " (no PostgreSQL)" : ""}`, function () {
  this.timeout(300_000);
  this.slow(60_000);
  let database: Database;
  const machines: Workspace[] = [];
  before(async () => {
    database = await startPostgres(programs ?? "");
  });
  after(async () => {
    for (const machine of machines) machine.remove();
    await database?.stop();
  });

  it("holds a stack that one machine brings up and another one reads", async () => {
    const engine = await installedEngine();
    const project = projectIn(join(root, "test/refused/key-abroad"), undefined);
    const machine = () => {
      const workspace = createWorkspace(engine, project, join(root, "offline/dist"));
      workspace.environment.PULUMI_BACKEND_URL = database.url;
      machines.push(workspace);
      return workspace;
    };
    const first = await createStack(engine, project, machine());
    await first.configure(configurationOf(project));
    const { status, output } = await first.run(["up", "--yes", "--skip-preview"]);
    assert.equal(status, 0, output);
    assert.match(database.ask("select key from pulumi_state"), /stacks\/.*key-abroad/);
    // The other machine makes no stack: it finds the one that is there.
    const second = await createStack(engine, project, machine()).then(
      () => "made a second stack",
      (error: Error) => error.message,
    );
    assert.match(second, /already exists/);
    const { deployment } = JSON.parse(await first.exported()) as {
      deployment: { resources: { type: string }[] };
    };
    assert.ok(deployment.resources.some(({ type }) => type === "aws:s3/bucket:Bucket"));
  });
});
