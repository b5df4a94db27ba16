// Mocha's spec reporter with one plain last line, which continuous integration reads.
"use strict";
const { reporters } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    this.reasons = new Set();
    // A suite that cannot run says why at the end of its title: "... (no CRDs)".
    runner.on("pending", (test) => {
      const [, reason] = /\((no [^)]+)\)/.exec(test.fullTitle()) ?? [];
      if (reason) this.reasons.add(reason);
    });
  }

  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const reasons = this.reasons.size > 0 ? ` (${[...this.reasons].sort().join(", ")})` : "";
    const skipped = pending > 0 ? `, ${pending} skipped${reasons}` : "";
    process.stdout.write(`${passes} passed, ${failures} failed${skipped}\n`);
  }
};
