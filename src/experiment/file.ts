// Reads an experiment file: comments and trailing commas allowed, every mistake told with its line.

import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type JSONPath, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { closest } from '../closest';
import { ProblemError } from '../problem';
import { experimentSchema, type ParsedExperiment } from './schema';

export interface ExperimentFile {
  readonly file: string;
  readonly experiment: ParsedExperiment;
  /** Line (from 1) of the value at a path such as ['layers', 1, 'units'], or of what encloses it. */
  lineOf(path: JSONPath): number;
}

/** @throws ProblemError with file and line if `text` is no JSON or no experiment. */
export function parseExperiment(text: string, file: string): ExperimentFile {
  const source = text.replace(/^\uFEFF/, '');
  const lineAt = lineFinder(source);
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error || !tree) {
    throw new ProblemError({
      what: source.trim() === '' ? 'The experiment file is empty.' : `This is not valid JSON: ${sayParseError(error)}.`,
      todo: 'Correct it here; {"data": "my-file.csv"} is a complete experiment.',
      file,
      line: lineAt(error?.offset ?? 0),
    });
  }
  const lineOf = (path: JSONPath): number => lineAt(offsetOf(tree, path));

  const parsed = experimentSchema.safeParse(getNodeValue(tree));
  if (!parsed.success) {
    const issue = innermost(parsed.error.issues[0]!);
    const path = issue.path.filter((key) => typeof key !== 'symbol');
    const key = issue.code === 'unrecognized_keys' ? issue.keys[0]! : undefined;
    const line = lineOf(key === undefined ? path : [...path, key]);
    const missing = path.length > 0 && findNodeAtLocation(tree, path) === undefined;
    throw new ProblemError({ ...describeIssue(issue, path, missing), file, line });
  }
  return { file, experiment: parsed.data, lineOf };
}

/** Line (from 1) of any offset, by binary search over the starts of the lines. */
function lineFinder(source: string): (offset: number) => number {
  const starts = [0, ...Array.from(source.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length)];
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** Offset of the key (so that a nested object is found where it is named), else of what encloses it. */
function offsetOf(tree: Node, path: JSONPath): number {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return tree.offset;
}

function sayParseError(error: ParseError | undefined): string {
  if (!error) return 'nothing found';
  return printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

type Issue = z.core.$ZodIssue;

/** Of a union's alternatives, the mistake in the one that came furthest is what the person meant. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const depth = (issues: readonly Issue[]): number => Math.max(...issues.map((each) => each.path.length + (each.code === 'unrecognized_keys' ? 1 : 0)));
  const best = [...issue.errors].sort((one, other) => depth(other) - depth(one))[0]!;
  const [first] = best;
  if (!first || depth(best) === 0) return issue;
  return innermost({ ...first, path: [...issue.path, ...first.path] });
}

function describeIssue(issue: Issue, path: JSONPath, missing: boolean): { what: string; todo: string } {
  const name = path.length === 0 ? 'The experiment' : `"${path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '')}"`;
  if (missing) return { what: `${name} is missing.`, todo: 'Add it.' };
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const known = keysAt(path);
    const near = closest(key, known);
    return {
      what: `There is no key "${key}"${path.length === 0 ? ' in an experiment' : ` in ${name}`}.`,
      todo: near ? `Did you mean "${near}"?` : known.length > 0 ? `Known keys: ${known.join(', ')}.` : 'Remove it.',
    };
  }
  if (issue.code === 'invalid_value') {
    return { what: `${name} is not one of the known values.`, todo: `Choose one of ${issue.values.map(String).join(', ')}.` };
  }
  if (issue.code === 'invalid_union' && path.at(-1) === 'name') {
    return { what: `${name} is not the name of an optimizer.`, todo: 'Choose one of sgd, momentum, rmsprop, adam.' };
  }
  if (issue.code === 'invalid_union' && path.length === 1 && path[0] === 'data') {
    return { what: '"data" is neither the name of a file nor { "X": [[…]], "Y": [[…]] }.', todo: 'Give one of the two; X and Y have one row of numbers a sample.' };
  }
  if (issue.code === 'invalid_union') return { what: `${name} has the wrong form.`, todo: 'Hover over the key to see what it takes.' };
  return { what: `${name} is not valid: ${issue.message.replace(/^Invalid input: /, '')}.`, todo: 'Correct it; hover over the key to see what it takes.' };
}

/** The keys that the schema knows at a path, for a suggestion. */
function keysAt(path: JSONPath): string[] {
  const shape = experimentSchema.shape;
  if (path.length === 0) return Object.keys(shape);
  const own: Record<string, readonly string[]> = {
    layers: ['units', 'activation', 'slope'],
    earlyStop: ['patience'],
    parameters: ['W', 'b'],
    normalize: ['features', 'target'],
    optimizer: ['name', 'learningRate', 'momentum', 'decay', 'beta1', 'beta2', 'epsilon'],
    data: ['X', 'Y'],
  };
  return [...(own[String(path[0])] ?? [])];
}
