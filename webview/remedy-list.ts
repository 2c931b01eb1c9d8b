// What to try against a finding: a label, what it would change, and a button where trying is there.

import type { Remedy } from '../src/protocol';
import { disclosure } from './disclosure';
import { button, h } from './dom';

/** The first ones are the most promising; more than these are shown on demand. */
const MOST = 3;

/** `tryRemedy` trains the experiment with the remedy of this id; null: it cannot be tried here. */
export type TryRemedy = ((id: string) => void) | null;

export function remedyList(key: string, remedies: readonly Remedy[], tryRemedy: TryRemedy): HTMLElement | null {
  if (remedies.length === 0) return null;
  const list = (some: readonly Remedy[]): HTMLElement => h('ul', { class: 'remedies' }, ...some.map((remedy) => item(remedy, tryRemedy)));
  const rest = remedies.slice(MOST);
  // one more line for a single one would save nothing
  if (rest.length <= 1) return list(remedies);
  return h('div', {}, list(remedies.slice(0, MOST)), disclosure(`${key} remedies`, { class: 'disclosure', testid: 'more-remedies' }, [`${rest.length} more`], list(rest)));
}

function item({ id, label, why }: Remedy, tryRemedy: TryRemedy): HTMLElement {
  return h('li', { testid: 'remedy', 'data-remedy': id },
    h('div', {}, h('div', {}, label), h('p', { class: 'quiet' }, why)),
    tryRemedy && button('Try', () => tryRemedy(id), { class: 'secondary', testid: 'finding-try', 'aria-label': `Try: ${label}`, title: 'Trains with this change and shows both runs' }),
  );
}
