// Dates of the usual notations, judged by the JavaScript Date of the same instant.

import assert from 'node:assert/strict';
import { readDate, type DateOrder } from '../../../src/data/time';

describe('readDate', () => {
  const cases: readonly (readonly [string, DateOrder, string])[] = [
    ['2024-03-01', 'year', '2024-03-01T00:00Z'],
    ['2024/3/1', 'year', '2024-03-01T00:00Z'],
    ['2024.03.01', 'year', '2024-03-01T00:00Z'],
    ['2024-03', 'year', '2024-03-01T00:00Z'],
    ['1969-12-31', 'year', '1969-12-31T00:00Z'],
    ['0099-01-01', 'year', '0099-01-01T00:00Z'],
    ['2024-03-01 06:30', 'year', '2024-03-01T06:30Z'],
    ['2024-03-01T06:30:15.250', 'year', '2024-03-01T06:30:15.250Z'],
    ['2024-03-01T06:30:15Z', 'year', '2024-03-01T06:30:15Z'],
    ['2024-03-01T06:30:00+02:00', 'year', '2024-03-01T04:30Z'],
    ['2024-03-01 06:30:00-0530', 'year', '2024-03-01T12:00Z'],
    ['31.12.2024', 'day', '2024-12-31T00:00Z'],
    ['1.2.24', 'day', '2024-02-01T00:00Z'],
    ['31/12/1999 23:59', 'day', '1999-12-31T23:59Z'],
    ['12/31/1999', 'month', '1999-12-31T00:00Z'],
    ['1/2/70', 'month', '1970-01-02T00:00Z'],
    ['1/2/2024 1:05 PM', 'month', '2024-01-02T13:05Z'],
    ['1/2/2024 12:05 am', 'month', '2024-01-02T00:05Z'],
    ['Jan 1 2000', 'name', '2000-01-01T00:00Z'],
    ['January 1st, 2000', 'name', '2000-01-01T00:00Z'],
    ['Sept. 9, 1999 1:05 PM', 'name', '1999-09-09T13:05Z'],
    ['02-Mar-24', 'name', '2024-03-02T00:00Z'],
    ['Sat, 2 March 2024 06:30:00 +0200', 'name', '2024-03-02T04:30Z'],
    ['Mar-2024', 'name', '2024-03-01T00:00Z'],
  ];
  for (const [text, order, instant] of cases) {
    it(`reads ${text}, ${order} first`, () => assert.equal(readDate(text, order), Date.parse(instant) / 86_400_000));
  }

  for (const [text, order] of [
    ['2024-02-30', 'year'],
    ['2024-13-01', 'year'],
    ['2024-01/01', 'year'],
    ['2024.05', 'year'],
    ['Foo 1 2000', 'name'],
    ['Marc 1 2000', 'name'],
    ['Feb 30 2000', 'name'],
    ['chapter 1 20', 'name'],
    ['2024', 'year'],
    ['2024-01-01 25:00', 'year'],
    ['31/12/2024', 'month'],
    ['12/31/2024', 'day'],
    ['1.2.2024', 'month'],
    ['12.5', 'day'],
    ['soon', 'year'],
  ] as const) {
    it(`does not take ${text} for a date, ${order} first`, () => assert.ok(Number.isNaN(readDate(text, order))));
  }
});
