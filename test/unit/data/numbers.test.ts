// Numbers in every notation, each against the value that it stands for.

import assert from 'node:assert/strict';
import { isGroupedByPoint, plainNumber, readNumber, splitAffix } from '../../../src/data/numbers';

describe('plainNumber', () => {
  it('gives bit for bit what Number gives', () => {
    const texts = ['0', '-0', '+5', '1.5', '.5', '5.', '-12.25', '1e3', '1E-7', '-2.5e+10', '0.1', '123456789012345', '1234567890123456789', '0.000123456789', '179769313486231570000e288', '007'];
    let seed = 1;
    for (let k = 0; k < 2000; k++) {
      seed = (seed * 16807) % 2147483647;
      texts.push((seed / 1000).toFixed(k % 12), String(1 / seed));
    }
    for (const text of texts) assert.ok(Object.is(plainNumber(text), Number(text)), `${text}: ${plainNumber(text)}`);
  });

  for (const text of ['', '-', '.', '+.', 'e5', '1e', '1e999', 'inf', 'Infinity', 'NaN', '0x10', '1_000', '1,5', ' 1', '1 ', '--1', '1.2.3', 'abc']) {
    it(`does not take "${text}" for a number`, () => assert.ok(Number.isNaN(plainNumber(text))));
  }
});

describe('readNumber', () => {
  const cases: readonly (readonly [string, number, number])[] = [
    // text, with a decimal point, with a decimal comma
    ['1,234,567.5', 1234567.5, NaN],
    ['1.234.567,5', NaN, 1234567.5],
    ['1,234', 1234, 1.234],
    ['1.234', 1.234, 1234],
    ['1,5', NaN, 1.5],
    ['0,123', NaN, 0.123],
    ['1 234 567', 1234567, 1234567],
    ['1\u00a0234,5', NaN, 1234.5],
    ['1\u202f234.5', 1234.5, NaN],
    ["1'234'567", 1234567, 1234567],
    ['1’234.25', 1234.25, NaN],
    ['-1,234.5e3', -1234500, NaN],
    ['\u22125', -5, -5],
    ['1,23,456', NaN, NaN],
    ['1,234 567', NaN, NaN],
    ['12,34,567', NaN, NaN],
    ['2024-01-01', NaN, NaN],
    ['', NaN, NaN],
    [',', NaN, NaN],
  ];
  for (const [text, point, comma] of cases) {
    it(`reads "${text}" as ${point} or ${comma}`, () => {
      assert.deepEqual([readNumber(text, 'point'), readNumber(text, 'comma')], [point, comma]);
    });
  }
});

describe('splitAffix', () => {
  for (const [text, affix, number] of [
    ['$5', '$', '5'],
    ['-$5.50', '$', '-5.50'],
    ['$ -5', '$', '-5'],
    ['€ 1.000', '€', '1.000'],
    ['5,00 €', '€', '5,00'],
    ['£.5', '£', '.5'],
    ['12 %', '%', '12'],
    ['12', '', '12'],
  ] as const) {
    it(`splits "${text}"`, () => assert.deepEqual(splitAffix(text), { affix, number }));
  }
});

describe('isGroupedByPoint', () => {
  it('knows where a point may group thousands', () => {
    assert.deepEqual(['1.234', '-123.456', '0.123', '1234.567', '1.23', '1.2345'].map(isGroupedByPoint), [true, true, false, false, false, false]);
  });
});
