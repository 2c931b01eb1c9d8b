// The backward pass as a chain of links in the order they ran: right ones, the first broken one, and what comes after it in grey.

import type { PythonLink, PythonResult } from '../src/protocol';
import { h, icon, marks } from './dom';
import { placeLink, placeText } from './python-place';

interface Step {
  readonly function: string;
  readonly links: readonly PythonLink[];
}

export function chain({ chain: links, file }: PythonResult): HTMLElement {
  const broken = links.find(({ state }) => state === 'broken');
  const steps = stepsOf(links);
  return h('section', { class: 'card', testid: 'chain' },
    h('h2', {}, 'The chain of your backward pass'),
    h('p', { class: 'quiet' }, broken
      ? 'From the cost down, as it ran. Each link was compared with the numeric derivative that it stands for; what comes after the broken link is fed by it and was not judged.'
      : 'From the cost down, as it ran. Each link was compared with the numeric derivative that it stands for.'),
    h('ol', { class: 'chain' }, ...steps.map((step) => row(step, broken, file))),
  );
}

/** Neighbouring links of one function; of the same link at the same line, one. */
function stepsOf(links: readonly PythonLink[]): Step[] {
  const steps: { function: string; links: PythonLink[] }[] = [];
  for (const link of links) {
    const last = steps.at(-1);
    if (!last || last.function !== link.function) steps.push({ function: link.function, links: [link] });
    else if (!last.links.some(({ name, line, cell, state }) => name === link.name && line === link.line && cell === link.cell && state === link.state)) last.links.push(link);
  }
  return steps;
}

function row(step: Step, broken: PythonLink | undefined, file: string): HTMLElement {
  const holds = broken !== undefined && step.links.includes(broken);
  const after = !holds && step.links.every(({ state }) => state !== 'right');
  const mark = holds ? 'error' : after ? 'none' : 'ok';
  return h('li', { class: holds ? 'broken' : after ? 'after' : 'right-link', testid: 'chain-step' },
    icon(marks[mark], mark),
    h('code', { class: 'where' }, step.function),
    h('span', { class: 'links' }, ...step.links.map((link) => chip(link, link === broken, file))),
  );
}

/** Its own state is said, not only coloured. */
function chip(link: PythonLink, first: boolean, file: string): HTMLElement {
  const says = first ? 'the first broken link' : link.state === 'right' ? `right${link.is === null ? '' : `: the ${link.is}`}` : 'after the broken link, not judged';
  const where = placeText(link, file);
  return placeLink(link, link.name, {
    class: `chip ${first ? 'broken' : link.state === 'right' ? 'right-link' : 'after'}`,
    testid: first ? 'broken-link' : 'link',
    'data-line': link.line ?? undefined,
    title: `${where}: ${says}`,
    'aria-label': `${link.name}, ${where}, ${says}`,
  });
}
