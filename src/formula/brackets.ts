// Texts in which one bracket is put elsewhere: the search for a bracket that slipped.

export interface BracketEdit {
  readonly text: string;
  /** Where in the person's text the bracket stands that was moved or is missing. */
  readonly at: number;
}

/** Places for brackets are searched in texts up to this length. */
const MAX_SEARCHED = 300;

/** The text with one closing bracket at another place, for brackets that slipped. */
export function* movedBrackets(text: string): Generator<BracketEdit> {
  if (text.length > MAX_SEARCHED) return;
  for (let from = 0; from < text.length; from++) {
    if (text[from] !== ')') continue;
    const without = text.slice(0, from) + text.slice(from + 1);
    for (let to = 1; to <= without.length; to++) {
      // a bracket closes after a value, never within a word or after a sign
      if (to !== from && /[\w)\].]/.test(without[to - 1]!) && !/\w/.test(without[to] ?? '')) yield { text: `${without.slice(0, to)})${without.slice(to)}`, at: from };
    }
  }
}

/** The text with one bracket more or less. */
export function* balanced(text: string): Generator<BracketEdit> {
  if (text.length > MAX_SEARCHED) return;
  for (let at = text.length; at >= 0; at--) {
    if (text[at] === '(' || text[at] === ')') yield { text: text.slice(0, at) + text.slice(at + 1), at };
    if (/[\w)\]]/.test(text[at - 1] ?? '') && !/\w/.test(text[at] ?? '')) yield { text: `${text.slice(0, at)})${text.slice(at)}`, at };
    if (/[\w(]/.test(text[at] ?? '') && !/\w/.test(text[at - 1] ?? '')) yield { text: `${text.slice(0, at)}(${text.slice(at)}`, at };
  }
}
