import assert from 'node:assert/strict';
import { checkFormula } from '../../../src/formula/check';
import { formulaMarkdown, marked } from '../../../src/formula/markdown';

describe('the page of a formula', () => {
  const page = (text: string): string => formulaMarkdown(text, checkFormula(text, { loss: 'mse' }));

  it('says the verdict, marks the place, and gives the right formula and a table', () => {
    const text = page('dA2 = np.sum(A2-Y)/m');
    assert.match(text, /^# dA2 is wrong\n[^]*\*\*This is summed where one value a sample is meant/);
    assert.match(text, /```python\ndA2 = np\.sum\(A2-Y\)\/m\n {6}\^{14}\n```/);
    assert.match(text, /\*\*It should be\*\*\n\n```python\ndA2 = A2 - Y\n```/);
    assert.match(text, /`constant-factor × 1\/m`/);
    assert.match(text, /\| entry \| yours \| right \| central difference \|\n\| --- \| --- \| --- \| --- \|\n\| \\\[0, 0\\\] \|/);
  });

  it('proposes nothing where it is right', () => {
    const text = page('dA2 = A2 - Y');
    assert.match(text, /^# dA2 is correct\n[^]*Correct: this is dA2 for MSE/);
    assert.doesNotMatch(text, /should be/);
  });

  it('keeps the signs of formulas from being read as Markdown', () => {
    assert.match(page('dAL = np.sum(AL*Y_hatt_2)'), /the name Y\\_hatt\\_2\./);
    assert.match(page('dA_prev = W.T * dZ'), /W\.T \\\* dZ multiplies/);
  });

  it('marks the line it is about', () => {
    assert.equal(marked('a = 1\nb = c + d', [{ rule: 'sign', severity: 'error', message: '', explanation: '', at: { from: 12, to: 13 } }]), 'a = 1\nb = c + d\n      ^');
  });
});
