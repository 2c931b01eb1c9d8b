// Dates as tables hold them, as days since 1970-01-01 UTC.

/** The order in which a column writes day, month and year. `year` is ISO 8601: year, month, day; `name` has the month's English name. */
export type DateOrder = 'year' | 'month' | 'day' | 'name';

const MILLISECONDS_A_DAY = 86_400_000;

const CLOCK = String.raw`(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([AaPp][Mm])?)?`;
const ZONE = String.raw`\s*(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?${CLOCK}${ZONE}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${CLOCK}${ZONE}$`);
/** Jan 1 2000, January 1st, 2000, Mon Jan-01-00 */
const NAME_FIRST = new RegExp(String.raw`^(?:[A-Za-z]{3},?\s+)?([A-Za-z]{3,9})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4}|\d{2})${CLOCK}${ZONE}$`);
/** 1 Jan 2000, 01-Jan-00, Mon, 1 January 2000 */
const NAME_SECOND = new RegExp(String.raw`^(?:[A-Za-z]{3},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})${CLOCK}${ZONE}$`);
/** Jan 2000: its first day */
const NAME_AND_YEAR = /^([A-Za-z]{3,9})\.?[\s-]+(\d{4})$/;
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/**
 * Days since 1970-01-01 UTC, with fractions, of a date with or without a time of day; NaN if `text` is none in that
 * order. Without a zone it counts as UTC. Dots (31.12.2024) always mean day first; two digits of a year mean
 * 1969 … 2068, as in POSIX.
 */
export function readDate(text: string, order: DateOrder): number {
  if (order === 'name') return readNamedDate(text);
  // Cheap tests that spare most regular expressions.
  if (!isDigit(text.charCodeAt(0)) || beginsWithYear(text) !== (order === 'year')) return NaN;
  const parts = (order === 'year' ? YEAR_FIRST : YEAR_LAST).exec(text);
  if (!parts) return NaN;
  if (order === 'year') {
    // 2024.05 is a number, 2024-05 a month.
    if (parts[4] === undefined && parts[2] !== '-') return NaN;
    return days(Number(parts[1]), Number(parts[3]), Number(parts[4] ?? 1), parts.slice(5));
  }
  if (parts[2] === '.' && order === 'month') return NaN;
  const [day, month] = order === 'day' ? [parts[1], parts[3]] : [parts[3], parts[1]];
  return days(fullYear(parts[4]!), Number(month), Number(day), parts.slice(5));
}

function readNamedDate(text: string): number {
  if (text.length < 7 || text.length > 60) return NaN;
  const first = NAME_FIRST.exec(text);
  if (first) return days(fullYear(first[3]!), monthOfName(first[1]!), Number(first[2]), first.slice(4));
  const second = NAME_SECOND.exec(text);
  if (second) return days(fullYear(second[3]!), monthOfName(second[2]!), Number(second[1]), second.slice(4));
  const month = NAME_AND_YEAR.exec(text);
  return month ? days(Number(month[2]), monthOfName(month[1]!), 1, []) : NaN;
}

/** 1 … 12 of an English month or its first three letters (or `Sept`); 0 for another word. */
function monthOfName(text: string): number {
  const name = text.toLowerCase();
  return name.length === 3 || name === 'sept' ? MONTHS.findIndex((month) => month.startsWith(name)) + 1 : MONTHS.indexOf(name) + 1;
}

function beginsWithYear(text: string): boolean {
  return isDigit(text.charCodeAt(1)) && isDigit(text.charCodeAt(2)) && isDigit(text.charCodeAt(3));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `clock`: what CLOCK and ZONE captured. */
function days(year: number, month: number, day: number, clock: readonly (string | undefined)[]): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NaN;
  const time = timeOfDay(clock[0], clock[1], clock[2], clock[3], clock[4]);
  return daysSince1970(year, month, day) + (time - zoneOffset(clock[5])) / MILLISECONDS_A_DAY;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** As Date.UTC, which takes the years 0 … 99 for 1900 … 1999. */
function daysSince1970(year: number, month: number, day: number): number {
  // The calendar repeats every 400 years of 146,097 days.
  return Date.UTC(year + 400, month - 1, day) / MILLISECONDS_A_DAY - 146_097;
}

/** Milliseconds since midnight. */
function timeOfDay(hours = '0', minutes = '0', seconds = '0', fraction = '0', half?: string): number {
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return NaN;
  return ((hour * 60 + Number(minutes)) * 60 + Number(`${seconds}.${fraction}`)) * 1000;
}

/** Milliseconds by which a zone such as `+02:00` is ahead of UTC. */
function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || !/\d/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}
