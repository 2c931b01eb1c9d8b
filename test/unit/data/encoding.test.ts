// Bytes of every encoding that a spreadsheet or a script writes become the same text, however they are cut.

import assert from 'node:assert/strict';
import { Decoder } from '../../../src/data/encoding';

function decode(bytes: Uint8Array, chunk = bytes.length): string {
  const decoder = new Decoder('test.csv');
  let text = '';
  for (let from = 0; from < bytes.length; from += chunk) text += decoder.decode(bytes.subarray(from, from + chunk), false);
  return text + decoder.decode(new Uint8Array(0), true);
}

const sample = 'größe,€,😀\n1,2,3\n';
const utf16le = Buffer.from(sample, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
const long = 'a,b\n' + 'größe,😀\n'.repeat(500);

describe('Decoder', () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['UTF-8', Buffer.from(sample), sample],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${sample}`), sample],
    ['UTF-16LE with a byte order mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le]), sample],
    ['UTF-16BE with a byte order mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be]), sample],
    ['UTF-16LE without one', utf16le, sample],
    ['UTF-16BE without one', utf16be, sample],
    ['windows-1252', Buffer.from([0x67, 0xf6, 0x2c, 0x80, 0x0a, 0x92]), 'gö,€\n’'],
    ['more than its first look', Buffer.from(long), long],
    ['more UTF-16 than its first look', Buffer.from(long, 'utf16le'), long],
  ];
  for (const [name, bytes, expected] of cases) {
    it(`reads ${name}`, () => assert.equal(decode(bytes), expected));
    it(`reads ${name} byte by byte`, () => assert.equal(decode(bytes, 1), expected));
  }

  for (const chunk of [1, 2, 3, 1000]) {
    it(`turns CRLF, CR and LF into LF, ${chunk} bytes at a time`, () => {
      assert.equal(decode(Buffer.from('a\r\nb\rc\n\r\n\r\rd'), chunk), 'a\nb\nc\n\n\n\nd');
    });
  }

  it('does not take a header PAR1 for a Parquet file', () => assert.equal(decode(Buffer.from('PAR1,PAR2\n1,2\n')), 'PAR1,PAR2\n1,2\n'));
});
