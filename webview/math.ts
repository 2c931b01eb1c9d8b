// TeX as MathML, which the browser draws itself: no fonts and no styles that the page's policy would have to allow.

import type Katex from 'katex';

/** KaTeX is taken up with the first formula, so that the charts need not wait for it. */
let katex: Promise<typeof Katex> | undefined;

/** Fills `element` with the formula; a part in red (a factor that is 0) gets the class `zero`. */
export async function showFormula(element: HTMLElement, tex: string, display: boolean): Promise<void> {
  katex ??= import('katex').then((module) => module.default);
  (await katex).render(tex, element, { output: 'mathml', displayMode: display, throwOnError: false });
  for (const colored of element.querySelectorAll('[mathcolor]')) {
    colored.removeAttribute('mathcolor');
    colored.classList.add('zero');
  }
  // the TeX beside it would be read out, and copied, a second time
  for (const annotation of element.querySelectorAll('annotation')) annotation.remove();
}
