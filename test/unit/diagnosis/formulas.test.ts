// The formulas that findings refer to: each can be drawn as the panel draws it, and is said in words too.

import assert from 'node:assert/strict';
import katex from 'katex';
import { formulas } from '../../../src/diagnosis/formulas';

describe('formulas of findings', () => {
  for (const [name, { tex, says }] of Object.entries(formulas)) {
    it(`${name} is TeX that KaTeX knows`, () => {
      assert.doesNotThrow(() => katex.renderToString(tex, { output: 'mathml', displayMode: true, throwOnError: true, strict: 'error' }));
      assert.match(says, /^[A-Z].*\.$|^dZ|^dW/);
    });
  }
});
