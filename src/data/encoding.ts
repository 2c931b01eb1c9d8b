// From bytes to text: byte order marks, UTF-8, UTF-16, windows-1252, and files that are no text at all.

import { isAscii, isUtf8 } from 'node:buffer';
import { ProblemError } from '../problem';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** So many bytes are looked at before the first is decoded. */
const HEAD_BYTES = 1024;

/** Decodes a file chunk by chunk; a character or a line break may lie across two chunks. */
export class Decoder {
  private encoding: Encoding | undefined;
  /** UTF-8 is only a guess until the first bytes beyond ASCII have confirmed it. */
  private confirmed = false;
  private rest: Buffer = Buffer.alloc(0);
  /** The text so far ends with CR, so that an LF would belong to the same line break. */
  private afterReturn = false;

  constructor(private readonly file: string) {}

  /**
   * The text of `bytes` and of what was left over from the chunk before, with `\n` for every line break.
   * `last` leaves nothing over.
   * @throws ProblemError if the file is not text.
   */
  decode(bytes: Uint8Array, last: boolean): string {
    let buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.rest.length > 0) buffer = Buffer.concat([this.rest, buffer]);
    if (this.encoding === undefined) {
      if (buffer.length < HEAD_BYTES && !last) {
        this.keep(buffer, 0);
        return '';
      }
      const mark = byteOrderMark(buffer);
      this.encoding = mark?.encoding ?? guessEncoding(buffer, this.file);
      this.confirmed = mark !== undefined;
      buffer = buffer.subarray(mark?.length ?? 0);
    }
    const end = last ? buffer.length : lastBoundary(buffer, this.encoding);
    const text = this.textOf(buffer.subarray(0, end));
    this.keep(buffer, end);
    return this.unifyLineBreaks(text);
  }

  private unifyLineBreaks(text: string): string {
    if (text === '') return text;
    const whole = this.afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.afterReturn = text.endsWith('\r');
    return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
  }

  /** Leaves what begins at `from` for the next call, as a copy: the caller may overwrite its chunk. */
  private keep(buffer: Buffer, from: number): void {
    this.rest = Buffer.from(buffer.subarray(from));
  }

  private textOf(buffer: Buffer): string {
    if (this.encoding === 'utf-16le') return buffer.toString('utf16le');
    if (this.encoding === 'utf-16be') return Buffer.from(buffer.subarray(0, buffer.length & ~1)).swap16().toString('utf16le');
    if (buffer.includes(0)) throw notText(this.file, 'The file is binary, not text.', 'Export the data as CSV and open that file.');
    if (isAscii(buffer)) return buffer.toString('latin1');
    if (!this.confirmed) {
      this.confirmed = true;
      if (!isUtf8(buffer)) this.encoding = 'windows-1252';
    }
    return this.encoding === 'utf-8' ? buffer.toString('utf8') : windows1252(buffer);
  }
}

function byteOrderMark(head: Buffer): { encoding: Encoding; length: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
}

const EXPORT = 'Export the data as CSV and open that file.';
const UNPACK = 'Unpack it and open the CSV file inside.';
const WORKBOOK = 'Save it as CSV (in Excel: File > Save As > CSV) and open that file.';

/** First bytes of what people take for a CSV, read as latin1. */
const FORMATS: readonly (readonly [RegExp, string, string])[] = [
  [/^PK\x03\x04[^]*(\[Content_Types\]|xl\/)/, 'This is an Excel workbook, not a text file.', WORKBOOK],
  [/^\xd0\xcf\x11\xe0/, 'This is an Excel workbook, not a text file.', WORKBOOK],
  [/^PK\x03\x04[^]*opendocument/, 'This is an OpenDocument spreadsheet, not a text file.', 'Save it as CSV and open that file.'],
  [/^PK\x03\x04/, 'This is a ZIP archive (or a workbook), not a text file.', 'Unpack it, or save the workbook as CSV, and open the CSV file.'],
  [/^\x1f\x8b/, 'This is a gzip archive, not a text file.', UNPACK],
  [/^(BZh[1-9]1AY|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd)/, 'This is a compressed file, not a text file.', UNPACK],
  [/^PAR1[\x00-\x08\x0e-\x1f]/, 'This is a Parquet file, not a text file.', EXPORT],
  [/^\x93NUMPY/, 'This is a NumPy array, not a text file.', 'Save it with numpy.savetxt(…, delimiter=",") and open that file.'],
  [/^%PDF-/, 'This is a PDF, not a text file.', EXPORT],
  [/^(\x89PNG|\xff\xd8\xff|GIF8)/, 'This is a picture, not a text file.', EXPORT],
  [/^SQLite format 3\0/, 'This is an SQLite database, not a text file.', EXPORT],
];

function guessEncoding(buffer: Buffer, file: string): Encoding {
  const head = buffer.toString('latin1', 0, 4 * HEAD_BYTES);
  for (const [magic, what, todo] of FORMATS) if (magic.test(head)) throw notText(file, what, todo);

  // Mostly ASCII characters in UTF-16 have a NUL in every second byte, nearly always the same one of the two.
  const pairs = Math.floor(Math.min(buffer.length, HEAD_BYTES) / 2);
  let high = 0;
  let low = 0;
  for (let i = 0; i < pairs; i++) {
    if (buffer[2 * i] === 0) high++;
    if (buffer[2 * i + 1] === 0) low++;
  }
  if (low > pairs / 2 && high < low / 4) return 'utf-16le';
  if (high > pairs / 2 && low < high / 4) return 'utf-16be';
  return 'utf-8';
}

/** End of the last line in `buffer`, or of the last character that lies in it as a whole. */
function lastBoundary(buffer: Buffer, encoding: Encoding): number {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return buffer.length & ~1;
  // Whole lines spare the reader from joining texts, which V8 makes slow to scan.
  const line = buffer.lastIndexOf(10) + 1;
  if (line > 0) return line;
  if (encoding === 'windows-1252') return buffer.length;
  for (let back = 1; back <= Math.min(3, buffer.length); back++) {
    const byte = buffer[buffer.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? buffer.length - back : buffer.length;
    }
  }
  return buffer.length;
}

/** 0x80 … 0x9f, the only bytes in which windows-1252 is not latin1; five are not assigned. */
const C1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** TextDecoder would do, but several releases of Node 22 and 23 decode these bytes as latin1. */
function windows1252(buffer: Buffer): string {
  return buffer.toString('latin1').replace(/[\x80-\x9f]/g, (character) => C1[character.charCodeAt(0) - 0x80]!);
}

function notText(file: string, what: string, todo: string): ProblemError {
  return new ProblemError({ what, todo, file });
}
