import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** What is created inside `apply` is not in the preview, so no rule could see it. */
function newInsideApply(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node, inApply: boolean): void => {
    const applies =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === "apply";
    if (inApply && ts.isNewExpression(node)) found.push(node.getText(source).split("\n", 1)[0] ?? "");
    ts.forEachChild(node, (child) =>
      visit(child, inApply || (applies && child !== (node as ts.CallExpression).expression)),
    );
  };
  visit(source, false);
  return found;
}

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

describe("no resource is created inside apply", () => {
  it("would be noticed", () => {
    assert.equal(newInsideApply(parse("x.ts", "a.apply((id) => new Bucket(id));")).length, 1);
    assert.equal(newInsideApply(parse("x.ts", "new Bucket(a.apply((id) => id));")).length, 0);
  });

  for (const folder of ["components", "stacks"]) {
    const root = join(__dirname, "../..", folder);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && !/(^|\/)(dist|node_modules)\//.test(file),
    );
    it(`in ${folder}/`, () => {
      assert.ok(files.length > 0);
      for (const file of files)
        assert.deepEqual(newInsideApply(parse(file, readFileSync(join(root, file), "utf8"))), [], file);
    });
  }
});
