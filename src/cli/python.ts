// The command line's `check FILE.py`: a Python result as JSON or as a page of text.

import type { PythonFinding, PythonResult } from '../python/result';

/** The stable contract of `check FILE.py --json`. */
export function pythonJson(result: PythonResult): object {
  return {
    file: result.file,
    verdict: result.verdict,
    summary: result.summary,
    layers: result.layers.map(({ layer, dW, db, factor }) => ({ layer, dW: side(dW), db: db === null ? null : side(db), factor })),
    findings: result.findings.map(({ rule, function: name, line, factor, message, ...rest }) => ({ rule, function: name, line: line ?? null, factor, message, ...rest })),
    bound: result.bound,
    checked: result.checked,
    notChecked: result.notChecked,
    missing: result.missing,
    python: result.python,
  };
}

function side({ relativeDifference, factor, factorName, verdict }: PythonResult['layers'][number]['dW']): object {
  return { relativeDifference, factor, factorName, verdict };
}

export function pythonText(result: PythonResult): string {
  const lines = [result.summary, ''];
  for (const finding of result.findings) lines.push(...findingText(finding), '');
  if (result.layers.length > 0) lines.push(...layersText(result), '');
  for (const each of result.checked) lines.push(`checked      ${each}`);
  for (const each of result.notChecked) lines.push(`not checked  ${each}`);
  for (const each of result.missing) lines.push(`missing      ${each}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function findingText(finding: PythonFinding): string[] {
  const cell = finding.cell === undefined ? '' : ` cell ${finding.cell + 1}`;
  const place = `${finding.file}${cell}${finding.line == null ? '' : `:${finding.line}`}`;
  return [
    `${place}${finding.function === null ? '' : ` in ${finding.function}`}: ${finding.severity}: ${finding.message}`,
    ...(finding.explanation === '' ? [] : [`  ${finding.explanation}`]),
    ...(finding.formula === null ? [] : [`  It should be: ${finding.formula}`]),
    ...(finding.replacement === null ? [] : [`  Tried and right: ${finding.replacement}`]),
  ];
}

function layersText(result: PythonResult): string[] {
  const number = (value: number | null): string => (value === null ? '-' : value.toExponential(2));
  const width = Math.max(14, ...result.layers.flatMap(({ dW, db }) => [dW, db]).map((each) => (each?.name.length ?? 0) + 2));
  return result.layers.flatMap(({ layer, dW, db }) =>
    [dW, ...(db === null ? [] : [db])].map((each, index) => `${`${index === 0 ? 'dW' : 'db'}[${layer}]`.padEnd(8)}${each.name.padEnd(width)}${number(each.relativeDifference).padEnd(12)}${(each.factorName === null || each.factorName === '1' ? '' : `× ${each.factorName}`).padEnd(10)}${each.verdict}`),
  );
}
