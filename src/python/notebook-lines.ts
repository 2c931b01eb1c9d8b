// Where the lines of a notebook's cells are in its JSON: for a notebook that is open as text, or saved under a name ending in .py.

import { findNodeAtLocation, parseTree } from 'jsonc-parser';

/** Line (from 1) in `text` of a line (from 1) of a cell (from 0); undefined where there is none. */
export function lineInNotebook(text: string, cell: number, line: number): number | undefined {
  const tree = parseTree(text);
  const source = tree && findNodeAtLocation(tree, ['cells', cell, 'source']);
  const node = source?.children?.[line - 1] ?? source;
  return node && text.slice(0, node.offset).split('\n').length;
}
