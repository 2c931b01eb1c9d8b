// mocha's spec reporter, which also writes its counts to the file that scripts/test.mjs names.
const { appendFileSync } = require('node:fs');
const mocha = require('mocha');
const { Spec } = (mocha.default ?? mocha).reporters;

module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (process.env.GRADIENT_DEBUGGER_COUNTS) appendFileSync(process.env.GRADIENT_DEBUGGER_COUNTS, `${JSON.stringify({ passes, failures, pending })}\n`);
    });
  }
};
