// The diagnosis measured on experiments that are really trained: every fault is named first, and healthy ones are left alone.

import assert from 'node:assert/strict';
import { diagnose, verdictOf } from '../../../src/diagnosis/diagnose';
import { ruleNames, type Finding } from '../../../src/diagnosis/finding';
import { formulas } from '../../../src/diagnosis/formulas';
import { faulty, healthy } from './support/experiments';
import { trained } from './support/trained';

const summary = (findings: readonly Finding[]): string => findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`).join('\n');

describe('diagnosis of faulty experiments', function () {
  this.timeout(30_000);
  const seen = new Set<string>();

  for (const { name, rule, experiment } of faulty) {
    it(`${name}: ${rule}`, async () => {
      const run = await trained(experiment);
      const findings = diagnose(run);
      const [first] = findings;
      assert.equal(first?.rule, rule, summary(findings));
      assert.notEqual(first.severity, 'info');
      assert.ok(verdictOf(run, findings).text === first.message || rule === 'skipped-lines');
      findings.forEach((finding) => seen.add(finding.rule));
      for (const finding of findings) checkForm(finding);
    });
  }

  it('are at least 25, of as many kinds as there are causes', () => {
    assert.ok(faulty.length >= 25);
    assert.ok(new Set(faulty.map(({ rule }) => rule)).size >= 18);
  });
});

describe('diagnosis of healthy experiments', function () {
  this.timeout(30_000);
  for (const { name, experiment } of healthy) {
    it(`${name}: no error and no warning`, async () => {
      const findings = diagnose(await trained(experiment));
      assert.deepEqual(findings.filter(({ rule, severity }) => severity !== 'info' && rule !== 'skipped-lines'), [], summary(findings));
    });
  }

  it('are at least 12', () => assert.ok(healthy.length >= 12));
});

/** What every finding owes its readers. */
function checkForm(finding: Finding): void {
  assert.ok(ruleNames.includes(finding.rule));
  for (const sentence of [finding.message, finding.explanation, ...finding.details]) {
    assert.match(sentence, /^\S.*[.?!]$/s, sentence);
    assert.doesNotMatch(sentence, /undefined|\[object|NaN %/, sentence);
  }
  assert.deepEqual(structuredClone(finding), finding);
  if (finding.formula !== null) assert.ok(formulas[finding.formula]);
  assert.equal(new Set(finding.remedies.map(({ id }) => id)).size, finding.remedies.length, `remedies of ${finding.rule} repeat: ${finding.remedies.map(({ id }) => id).join()}`);
  for (const { change, label, why, polynomial } of finding.remedies) {
    assert.ok(label && why.endsWith('.'));
    assert.equal(Object.keys(change).length === 0, polynomial !== undefined, `${label} changes ${JSON.stringify(change)}`);
  }
}
