// What the grammar of @lezer/python needs before, and gives after, it reads a text.

import type { parser } from '@lezer/python';
import type { Range } from './error';

export type Node = ReturnType<typeof parser.parse>['topNode'];

/** `1.` as `1 ` and `1.e-8` as ` 1e-8`, at the same places: the grammar takes the dot for an attribute. */
export function withoutBareDots(text: string): string {
  return text.replace(/(?<![\w.])(\d+)\.(?![\w.])/g, '$1 ').replace(/(?<![\w.])(\d+)\.(?=[eE][-+]?\d)/g, ' $1');
}

export function rangeOf({ from, to }: Range): Range {
  return { from, to };
}

/** Comments are none. */
export function children(node: Node): Node[] {
  const result: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') result.push(child);
  return result;
}
