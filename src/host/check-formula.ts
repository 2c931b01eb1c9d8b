// "Check a Formula…": takes the selection or what is typed, asks for what the text leaves open, and shows
// the answer as a rendered page beside the code.

import * as vscode from 'vscode';
import { checkFormula, type FormulaOptions } from '../formula/check';
import { ACTIVATION_TITLES, LOSS_TITLES, targetTitle } from '../formula/describe';
import { targetNames, type Chosen, type FormulaCheck } from '../formula/finding';
import { formulaMarkdown } from '../formula/markdown';

const SCHEME = 'gradient-debugger-formula';

/** What the command can be given by other code; a click in a menu gives a Uri. */
export interface FormulaRequest extends FormulaOptions {
  readonly text: string;
}

export function registerFormulaCheck(): vscode.Disposable {
  return vscode.Disposable.from(
    // the page is computed from its address alone, so it outlives the command
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent({ query }) {
        const { text, ...options } = JSON.parse(query) as FormulaRequest;
        return formulaMarkdown(text, checkFormula(text, options));
      },
    }),
    vscode.commands.registerCommand('gradientDebugger.checkFormula', (request?: FormulaRequest | vscode.Uri) => check(request && 'text' in request ? request : undefined)),
  );
}

/** @returns the check that was shown; undefined if the person gave up */
async function check(request: FormulaRequest | undefined): Promise<FormulaCheck | undefined> {
  const { text = await askText(selectedText()), ...given } = request ?? {};
  if (text === undefined || text.trim() === '') return undefined;
  const options = await decide(text, given);
  if (!options) return undefined;
  const result = checkFormula(text, options);
  await show({ text, ...options }, result);
  return result;
}

function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  return editor ? dedent(editor.document.getText(editor.selection)) : '';
}

/** Lines taken out of a function, moved to the left. */
function dedent(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const indents = lines.slice(1).filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)![0].length);
  const common = Math.min(...indents, lines.length > 1 ? Infinity : 0);
  return [lines[0]!.trimStart(), ...lines.slice(1).map((line) => line.slice(common))].join('\n').trim();
}

async function askText(selection: string): Promise<string | undefined> {
  // an input box has one line: several statements go on it, a whole function does not
  if (/^(def|class|@)\b|:\s*\n/m.test(selection)) return selection;
  const lines = selection.split('\n').map((line) => line.trim());
  return typed(lines.filter((line) => line !== '' && !line.startsWith('#')).join('; '));
}

/** An input box of its own kind, because showInputBox says nothing of the value that it begins with. */
function typed(value: string): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = 'Check a Formula';
  box.prompt = 'One line of your backward pass, as NumPy. It is read, never executed.';
  box.placeholder = 'dAL = AL - Y';
  box.ignoreFocusOut = true;
  box.value = value;
  box.validationMessage = live(value);
  return new Promise((resolve) => {
    box.onDidChangeValue((text) => (box.validationMessage = live(text)));
    box.onDidAccept(() => {
      resolve(box.value);
      box.hide();
    });
    // after an acceptance this changes nothing
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

/** The verdict as one types; a wrong formula may still be accepted, to see why. */
function live(text: string): vscode.InputBoxValidationMessage | undefined {
  if (text.trim() === '') return undefined;
  const { verdict, summary } = checkFormula(text);
  return { message: summary, severity: verdict === 'wrong' ? vscode.InputBoxValidationSeverity.Warning : vscode.InputBoxValidationSeverity.Info };
}

/** The options with what the text leaves open chosen by the person; undefined if they gave up. */
async function decide(text: string, given: FormulaOptions): Promise<FormulaOptions | undefined> {
  let options = given;
  for (;;) {
    const { undecided, loss, activation } = checkFormula(text, options);
    if (undecided.includes('of')) {
      const chosen = await pick('What is this to be?', targetNames, targetTitle, null);
      if (!chosen) return undefined;
      options = { ...options, of: chosen };
    } else if (undecided.includes('loss')) {
      const chosen = await pick('For which loss?', Object.keys(LOSS_TITLES) as (keyof typeof LOSS_TITLES)[], (name) => LOSS_TITLES[name], loss);
      if (!chosen) return undefined;
      options = { ...options, loss: chosen };
    } else if (undecided.includes('activation')) {
      const chosen = await pick('For which activation?', Object.keys(ACTIVATION_TITLES) as (keyof typeof ACTIVATION_TITLES)[], (name) => ACTIVATION_TITLES[name], activation);
      if (!chosen) return undefined;
      options = { ...options, activation: chosen };
    } else return options;
  }
}

async function pick<Name extends string>(title: string, names: readonly Name[], label: (name: Name) => string, likely: Chosen<Name> | null): Promise<Name | undefined> {
  const items = names.map((name) => ({ name, label: label(name), ...(name === likely?.name && likely.how === 'inferred' && { description: 'what the formula looks like' }) }));
  items.sort((one, other) => Number(other.name === likely?.name) - Number(one.name === likely?.name));
  return (await vscode.window.showQuickPick(items, { title: 'Check a Formula', placeHolder: title, ignoreFocusOut: true }))?.name;
}

async function show(request: FormulaRequest, { name, of }: FormulaCheck): Promise<void> {
  const title = (name ?? (of === 'derivative' ? 'derivative' : of) ?? 'formula').replace(/\W/g, '');
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}.md`, query: JSON.stringify(request) });
  await vscode.workspace.openTextDocument(uri);
  await vscode.commands.executeCommand(vscode.window.activeTextEditor ? 'markdown.showPreviewToSide' : 'markdown.showPreview', uri);
}
