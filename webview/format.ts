// Numbers and names as people read them: the same as in reports and sentences.

export { count, exponent, number, plural } from '../src/protocol';

/** `target y` of a column y; of a column that is called target itself the word alone. `word` as it begins there. */
export function targetOf(column: string, word: 'target' | 'Target'): string {
  return column.trim().toLowerCase() === 'target' ? word : `${word} ${column}`;
}
