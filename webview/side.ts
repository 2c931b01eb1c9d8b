// One thing that is done on demand beside a run: nothing, then how far it is, then what came of it.

import type { Problem } from '../src/protocol';
import { button, h } from './dom';
import type { Theme } from './theme';
import { stopTrials } from './trial-requests';

type State = { readonly kind: 'none' | 'done' } | { readonly kind: 'running'; readonly done: number } | { readonly kind: 'failed'; readonly problem: Problem };

export interface Side<S> {
  readonly element: HTMLElement;
  show(state: S, theme: Theme): void;
}

type Children = Parameters<typeof h>[2][];

/** `result` gives what is shown when it is done. */
export function onTheSide<S extends State>(testid: string, title: string, result: (state: S, theme: Theme) => Children | null): Side<S> {
  const element = h('section', { class: 'side', testid, 'data-state': 'none', hidden: true });
  return {
    element,
    show(state, theme) {
      const running = element.querySelector('progress');
      element.hidden = state.kind === 'none';
      element.dataset['state'] = state.kind;
      if (state.kind === 'running' && running) {
        running.value = state.done;
        return;
      }
      element.replaceChildren(...(content(state, theme) ?? []).filter((child) => child !== null && child !== false));
    },
  };

  function content(state: S, theme: Theme): Children | null {
    switch (state.kind) {
      case 'none':
        return [];
      case 'running':
        return [
          h('h3', {}, title),
          h('div', { class: 'banner' }, h('progress', { class: 'grow', max: 1, value: (state as { done: number }).done, 'aria-label': title }), button('Stop', stopTrials, { class: 'secondary', testid: `${testid}-stop` })),
        ];
      case 'failed': {
        const { what, todo } = (state as { problem: Problem }).problem;
        return [h('h3', {}, title), h('p', { role: 'alert' }, `${what} ${todo}`)];
      }
      default:
        return result(state, theme);
    }
  }
}
