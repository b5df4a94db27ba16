import assert from "node:assert/strict";
import { mentionsIn } from "../../../policies/graph/flow/mentions";

describe("what a text names", () => {
  const names = (action: string) =>
    mentionsIn(JSON.stringify({ Resource: `arn:aws:states:::aws-sdk:${action}` })).map(({ name }) => name);

  it("leaves out the actions that only turn the limit of a transfer, and no other", () => {
    for (const action of ["datasync:describeTask", "datasync:updateTaskExecution"]) {
      assert.deepEqual(names(action), []);
    }
    for (const action of [
      "datasync:startTaskExecution",
      "datasync:updateTask",
      "datasync:updateTaskExecutions",
      "dynamodb:updateItem",
      "s3:copyObject",
    ]) {
      assert.equal(names(action).length, 1, action);
    }
  });
});
