// Binding by hand: a quick pick for each of backward, forward, cost and the parameters, with a way back.

import * as vscode from 'vscode';
import type { PythonResult } from '../protocol';
import type { PythonBinding } from '../python/check';

type Found = PythonResult['found'][number];
type Role = 'backward' | 'forward' | 'cost' | 'init';

interface Step {
  readonly role: Role;
  readonly question: string;
  /** What it means that there is none; null: there must be one. */
  readonly none: string | null;
}

const STEPS: readonly Step[] = [
  { role: 'backward', question: 'Which function computes the gradients?', none: null },
  { role: 'forward', question: 'Which function computes the prediction?', none: 'The function that computes the gradients does it too' },
  { role: 'cost', question: 'Which function computes the cost?', none: 'The cost is inferred from the gradient' },
  { role: 'init', question: 'Which function makes the parameters?', none: 'The other functions say by their names which there are' },
];

interface Item extends vscode.QuickPickItem {
  readonly name: string | null;
}

/** Undefined where the person leaves. */
export async function pickBinding({ found, bound }: Pick<PythonResult, 'found' | 'bound'>): Promise<PythonBinding | undefined> {
  const chosen: Partial<Record<Role, string | null>> = {};
  for (let at = 0; at < STEPS.length; ) {
    // the parameters of a class are its attributes
    const steps = STEPS.filter(({ role }) => role !== 'init' || !chosen.backward?.includes('.'));
    const step = steps[at];
    if (!step) break;
    const answer = await ask(step, found, chosen[step.role] ?? bound?.functions[step.role]?.function, at + 1, steps.length);
    if (answer === undefined) return undefined;
    if (answer === 'back') at--;
    else {
      chosen[step.role] = answer.name;
      at++;
    }
  }
  const owner = /^(.+)\.[^.]+$/.exec(chosen.backward ?? '')?.[1];
  const named = Object.fromEntries(Object.entries(chosen).filter(([, name]) => typeof name === 'string')) as PythonBinding;
  return owner === undefined ? named : { class: owner, ...named, init: undefined };
}

function ask({ role, question, none }: Step, found: readonly Found[], known: string | undefined, step: number, totalSteps: number): Promise<Item | 'back' | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Item>();
    pick.title = 'Bind Functions by Hand';
    pick.placeholder = question;
    pick.step = step;
    pick.totalSteps = totalSteps;
    pick.matchOnDescription = true;
    pick.ignoreFocusOut = true;
    pick.items = itemsFor(role, found, none);
    const active = pick.items.find(({ name }) => name !== null && name === known);
    if (active) pick.activeItems = [active];
    if (step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
    pick.onDidTriggerButton(() => {
      resolve('back');
      pick.dispose();
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item) return;
      resolve(item);
      pick.dispose();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
}

/** Those whose name says the role first, then all others, then none. */
function itemsFor(role: Role, found: readonly Found[], none: string | null): Item[] {
  const item = (each: Found): Item => ({
    name: each.function,
    label: `$(symbol-function) ${each.function}`,
    description: `(${each.arguments.join(', ')})  ${each.cell === undefined ? '' : `cell ${each.cell + 1}, `}line ${each.line ?? '?'}`,
  });
  const separator = (label: string): Item => ({ name: null, label, kind: vscode.QuickPickItemKind.Separator });
  const fits = found.filter(({ roles }) => roles.includes(role) || (role === 'backward' && roles.includes('both')));
  const others = found.filter((each) => !fits.includes(each));
  return [
    ...(fits.length > 0 ? [separator('by their names'), ...fits.map(item)] : []),
    ...(others.length > 0 ? [separator('other functions'), ...others.map(item)] : []),
    ...(none === null ? [] : [separator('none'), { name: null, label: '$(circle-slash) None of these', description: none }]),
  ];
}
