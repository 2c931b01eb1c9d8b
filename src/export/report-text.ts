// Text and ranges of lines as they stand in an HTML page.

import { count } from '../format';

/** Text that is only ever text: names of columns and messages may hold anything. */
export function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** 2-9, 12, 14-15: ascending numbers, at most `limit` stretches. */
export function ranges(values: readonly number[], limit: number): string {
  const stretches: [from: number, to: number][] = [];
  for (const value of values) {
    const last = stretches.at(-1);
    if (last && value <= last[1] + 1) last[1] = value;
    else stretches.push([value, value]);
  }
  const shown = stretches.slice(0, limit).map(([from, to]) => (from === to ? count(from) : `${count(from)}–${count(to)}`));
  return shown.join(', ') + (stretches.length > limit ? ', …' : '');
}
