// The `python` section of an experiment file: which function of the Python file beside it is which.

import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { ProblemError } from '../problem';
import { pythonBindingSchema } from './schema';

/** The section of `text`, undefined where there is none. The rest of the file does not matter here: it may be nothing but this. @throws ProblemError */
export function pythonBinding(text: string, file: string) {
  const errors: ParseError[] = [];
  const root = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true }) as { python?: unknown } | undefined;
  const section = typeof root === 'object' && root !== null ? root.python : undefined;
  if (section === undefined) return undefined;
  const parsed = pythonBindingSchema.safeParse(section);
  if (parsed.success && errors.length === 0) return parsed.data;
  throw new ProblemError({ file, what: '"python" is not valid.', todo: `It takes names of functions: ${Object.keys(pythonBindingSchema.shape).join(', ')}.` });
}

/** Whether an experiment file is more than a `python` section: it names the samples. */
export function namesData(text: string): boolean {
  const root: unknown = parse(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  return typeof root === 'object' && root !== null && 'data' in root;
}

/** `text` with the section in it; its comments and the rest of the file stay. An empty text becomes a file that holds nothing else. */
export function withPythonBinding(text: string, binding: object): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  const changed = applyEdits(text.trim() === '' ? '{}' : text, modify(text.trim() === '' ? '{}' : text, ['python'], binding, { formattingOptions }));
  return changed.endsWith('\n') ? changed : `${changed}\n`;
}
