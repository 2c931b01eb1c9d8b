// Places in the person's code as links that open them.

import type { PythonPlace } from '../src/protocol';
import { button } from './dom';
import { count } from './format';
import { post } from './python-host';

/** "line 12", "cell 3, line 12"; with its file where that is not the one checked. */
export function placeText(place: PythonPlace, checked: string): string {
  const name = place.file === checked ? '' : `${place.file.split(/[\\/]/).at(-1)}, `;
  const cell = place.cell === undefined ? '' : `cell ${count(place.cell + 1)}, `;
  return `${name}${cell}${place.line == null ? 'no line' : `line ${count(place.line)}`}`;
}

export function placeLink(place: PythonPlace, text: string, attributes: Parameters<typeof button>[2] = {}): HTMLButtonElement {
  const { file, line, cell, column } = place;
  return button(text, () => post({ type: 'open-place', place: { file, line, cell, column } }), { class: 'link', ...attributes });
}
