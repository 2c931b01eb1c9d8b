// Which functions of a Python text look like a backward pass, by their names.

/** Not `upgrade`, `graduate` or `grade`. */
const BACKWARD = /^[ \t]*(?:async[ \t]+)?def[ \t]+(\w*(?:backward|backprop|(?<!up|down)grad(?!ua|e(?!n)|ing))\w*)[ \t]*\(/gim;
/** Colours have gradients too: only files about numbers get a lens. */
export function isNumeric(text: string): boolean {
  return /\b(?:numpy|np|torch)\b/.test(text);
}

/** Lines (from 0) on which a function that looks like a backward pass begins. */
export function backwardLines(text: string): number[] {
  return Array.from(text.matchAll(BACKWARD), ({ index, 0: head }) => text.slice(0, index + head.length).split('\n').length - 1);
}
