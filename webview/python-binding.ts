// Which function is which, what was found where that is not clear, and what was checked and what was not.

import type { PythonReport, PythonResult } from '../src/protocol';
import { button, h, icon, marks } from './dom';
import { post } from './python-host';
import { placeLink, placeText } from './python-place';

const roles: Record<string, string> = {
  init: 'Initialization',
  forward: 'Forward',
  cost: 'Cost',
  backward: 'Backward',
  both: 'Cost and gradient',
  update: 'Update',
  train: 'Training',
};

export function boundFunctions(report: PythonReport): HTMLElement {
  const { result, boundBy, companion } = report;
  const bound = result.bound!;
  const entries = Object.entries(roles).flatMap(([role, name]) => {
    const each = bound.functions[role];
    return each ? [[name, each] as const] : [];
  });
  return h('section', { class: 'card', testid: 'binding' },
    h('h2', {}, 'Functions'),
    h('dl', {},
      ...(bound.class === null ? [] : [h('dt', {}, 'Class'), h('dd', {}, h('code', {}, bound.class))]),
      ...entries.flatMap(([name, each]) => [
        h('dt', {}, name),
        h('dd', {}, h('code', {}, each.function), ' ', placeLink(each, placeText(each, result.file), { testid: 'bound' })),
      ]),
      ...(bound.cost === null ? [] : [h('dt', {}, 'Cost'), h('dd', {}, bound.cost, h('span', { class: 'quiet' }, ' (inferred)'))]),
      h('dt', {}, 'Parameters'),
      h('dd', { class: 'mono' }, bound.parameters.join(', ')),
    ),
    h('p', { class: 'quiet' }, { names: 'Found by their names.', person: 'Chosen by you; remembered for this file.', file: `Chosen in ${companion}.` }[boundBy]),
    h('div', { class: 'actions' },
      boundBy === 'file'
        ? button(`Open ${companion}`, () => post({ type: 'open-binding' }), { class: 'secondary', testid: 'open-binding' })
        : button('Bind by Hand…', () => post({ type: 'bind' }), { class: 'secondary', testid: 'rebind' }),
      boundBy === 'person' && button('Forget', () => post({ type: 'forget-binding' }), { class: 'secondary', testid: 'forget-binding' }),
      boundBy !== 'file' && button(`Save in ${companion}`, () => post({ type: 'save-binding' }), { class: 'secondary', testid: 'save-binding' }),
    ),
  );
}

/** Where binding failed: every function there is, what its name says, and what is missing. */
export function foundFunctions(result: PythonResult): HTMLElement {
  const says = (each: string[]): string => each.map((role) => (role === 'link' ? 'one link of the chain' : (roles[role] ?? role).toLowerCase())).join(', ');
  return h('section', { class: 'card', testid: 'found' },
    h('h2', {}, 'What was found'),
    ...result.missing.map((each) => h('p', { class: 'missing', testid: 'missing' }, icon(marks.warning, 'warning'), ` Missing: ${each}`)),
    result.found.length === 0
      ? h('p', { class: 'quiet' }, 'The file has no function.')
      : h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Functions of the file' },
          h('table', {},
            h('thead', {}, h('tr', {}, ...['Function', 'Arguments', 'Place', 'By its name'].map((name) => h('th', { scope: 'col' }, name)))),
            h('tbody', {}, ...result.found.map((each) =>
              h('tr', { testid: 'found-function' },
                h('th', { scope: 'row', class: 'mono' }, each.function),
                h('td', { class: 'mono' }, each.arguments.join(', ')),
                h('td', {}, placeLink(each, placeText(each, result.file))),
                h('td', { class: 'quiet' }, each.roles.length === 0 ? '–' : says(each.roles)),
              ))),
          ),
        ),
  );
}

export function scope({ checked, notChecked, verdict }: PythonResult): HTMLElement | null {
  if (checked.length === 0 && notChecked.length === 0) return null;
  const list = (items: readonly string[], mark: 'ok' | 'none'): HTMLElement => h('ul', { class: 'scope' }, ...items.map((each) => h('li', {}, icon(marks[mark], mark), h('span', {}, each))));
  return h('section', { class: 'card', testid: 'scope' },
    h('h2', {}, 'What was checked'),
    list(checked, 'ok'),
    notChecked.length > 0 && h('h2', {}, 'What was not'),
    notChecked.length > 0 && list(notChecked, 'none'),
    verdict === 'correct' && h('p', { class: 'quiet' }, 'Nothing was found in it. Code that none of these functions calls was not run.'),
  );
}
