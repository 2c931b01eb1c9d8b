// What a person's lines compute: which gradient, of which layer, with which names.

import type { ActivationName } from '../core/activations';
import { FormulaError, type Range } from './error';
import { nameOfTarget, type Scope } from './evaluate';
import type { TargetName } from './finding';
import { HOLDERS, layerName, roleOf, type Role } from './names';
import { builtins } from './numpy/functions';
import { activationIn, roleIn } from './scope';
import { everyExpression, everyPart, partsOf, type Expression, type Statement } from './syntax-tree';
import { scalar } from './value';

/** The lines that compute one gradient. */
export interface Part {
  readonly target: TargetName | null;
  /** What they assign it to; null where they only give a value. */
  readonly name: string | null;
  readonly statements: readonly Statement[];
  /** Number of the layer, where the names have numbers. */
  readonly layer: number | null;
  /** The names that they read and have not assigned. */
  readonly used: readonly string[];
  readonly roles: ReadonlySet<Role>;
  /** That the name of the function or the left side speaks of. */
  readonly activation: ActivationName | null;
  /** The right side, or all of it. */
  readonly at: Range;
}

/** Enough to read `grads["dW" + str(l)]`. */
const staticScope: Scope = {
  lookup: (name) => (name === 'L' ? scalar(3, 'int') : /^(l|i|layer)$/.test(name) ? scalar(2, 'int') : HOLDERS.has(name) ? { type: 'module', name } : builtins.get(name)),
  layer: (name, index) => {
    const known = layerName(name);
    return known && known.level === null ? `${known.base}${index === -1 ? 'L' : index < 0 ? '_prev' : index}` : undefined;
  },
  unknown: (name) => new FormulaError('unknown-name', name, ''),
};

function writtenName(target: Expression): string | null {
  try {
    return nameOfTarget(target, staticScope);
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}

/** One part for each gradient that the text assigns; one for its value if it assigns none. */
export function partsOfText(statements: readonly Statement[], of: TargetName | null): Part[] {
  const defined = statements.filter((statement) => statement.kind === 'define');
  if (defined.length > 0 && defined.length === statements.length) {
    const called = new Set(defined.flatMap(({ body }) => [...everyExpression(body)].flatMap((part) => (part.kind === 'name' ? [part.name] : []))));
    // what the others call only helps them
    const own = defined.filter(({ name }) => !called.has(name));
    const bodies = own.flatMap(({ name, body }) => partsOfLines(body, of, name).map((part) => ({ ...part, statements: [...defined.filter((each) => each.name !== name), ...part.statements] })));
    const known = bodies.filter(({ target }) => target !== null);
    return known.length > 0 ? known : bodies.slice(-1);
  }
  const [only] = statements;
  // drelu = lambda x: …
  if (statements.length === 1 && only?.kind === 'assign' && only.value.kind === 'lambda') {
    const { body } = only.value;
    return partsOfLines([{ kind: 'return', value: body, from: body.from, to: body.to }], of, writtenName(only.targets[0]!) ?? '');
  }
  return partsOfLines(statements, of, null);
}

interface Line {
  readonly statement: Statement;
  readonly assigns: readonly string[];
  readonly reads: readonly string[];
}

function partsOfLines(statements: readonly Statement[], of: TargetName | null, functionName: string | null): Part[] {
  const lines = statements.map(lineOf);
  const assigned = [...new Set(lines.flatMap(({ assigns }) => assigns))];
  const found = assigned.flatMap((name) => {
    const own = lines.filter(({ assigns }) => assigns.includes(name));
    const target = targetOf(name, rolesRead(own, null, null), own.some(({ statement }) => isMasked(statement)));
    return target === null ? [] : [{ name, target }];
  });
  const last = lines.at(-1);
  if (!last) return [];
  if (of !== null || found.length === 0) {
    const fits = found.find(({ target }) => target === of);
    const name = fits?.name ?? (last.statement.kind === 'return' || last.statement.kind === 'expression' ? returned(last.statement) : (last.assigns.at(-1) ?? null));
    const roles = rolesRead(lines, null, null);
    const target = of ?? targetOfFunction(functionName ?? name ?? '', roles) ?? targetOfRoles(roles) ?? targetOfRoles(rolesRead(lines, 'derivative', null));
    return [partOf(lines, name !== null && assigned.includes(name) ? name : null, target, functionName)];
  }
  const others = new Set(found.map(({ name }) => name));
  return found.map(({ name, target }) => {
    const context = lines.filter(({ assigns, statement }) => assigns.includes(name) || (!assigns.some((each) => others.has(each)) && statement.kind !== 'return' && statement.kind !== 'expression'));
    return partOf(context, name, target, functionName);
  });
}

function partOf(lines: readonly Line[], name: string | null, target: TargetName | null, functionName: string | null): Part {
  const layer = target === null ? null : layerOf(target, name, lines);
  const own = name === null ? lines.slice(-1) : lines.filter(({ assigns }) => assigns.includes(name));
  const value = own.at(-1)?.statement;
  const used = [...new Set(read(lines))];
  return {
    target,
    name,
    statements: lines.map(({ statement }) => statement),
    layer,
    used,
    roles: rolesRead(lines, target, layer),
    activation: activationIn(functionName ?? '') ?? (/deriv|prime|backward|^d_?[a-z]{3}/i.test(name ?? '') ? activationIn(name ?? '') : null),
    at: value && 'value' in value ? { from: value.value.from, to: value.value.to } : { from: lines[0]?.statement.from ?? 0, to: lines.at(-1)?.statement.to ?? 0 },
  };
}

/** `return dZ`: the name it gives back. */
function returned(statement: Statement): string | null {
  return 'value' in statement && statement.value.kind === 'name' ? statement.value.name : null;
}

function lineOf(statement: Statement): Line {
  switch (statement.kind) {
    case 'assign': {
      const targets = statement.targets.flatMap((target) => (target.kind === 'tuple' ? target.items : [target]));
      const [only] = targets;
      // `A_prev, W, b = cache` and `W1 = parameters["W1"]` assign nothing that is not known
      const fromHolder = (statement.value.kind === 'name' && HOLDERS.has(statement.value.name)) || (targets.length === 1 && only?.kind === 'name' && statement.value.kind === 'subscript' && writtenName(statement.value) === only.name);
      const keys = targets.flatMap((target) => (target.kind === 'subscript' ? target.indices.flatMap(namesRead) : []));
      return { statement, assigns: fromHolder ? [] : targets.map(writtenName).filter((name) => name !== null), reads: [...keys, ...namesRead(statement.value)] };
    }
    case 'update': {
      const name = writtenName(statement.target);
      return { statement, assigns: name === null ? [] : [name], reads: [...(name === null ? [] : [name]), ...namesRead(statement.value)] };
    }
    case 'expression':
    case 'return':
      return { statement, assigns: [], reads: namesRead(statement.value) };
    case 'define':
      return { statement, assigns: [statement.name], reads: [] };
  }
}

/** The names that an expression reads, `parameters["W1"]` as W1. */
function namesRead(expression: Expression): string[] {
  if (expression.kind === 'lambda') return [];
  if (expression.kind === 'subscript') {
    const name = writtenName(expression);
    if (name !== null && name !== writtenName(expression.object)) return [name];
  }
  if (expression.kind === 'attribute' && expression.object.kind === 'name' && HOLDERS.has(expression.object.name)) return [expression.name];
  if (expression.kind === 'name') return [expression.name];
  return partsOf(expression).flatMap(namesRead);
}

/** Names in the order they are read, less those that an earlier line has assigned. */
function read(lines: readonly Line[]): string[] {
  const names: string[] = [];
  const assigned = new Set<string>();
  for (const { assigns, reads } of lines) {
    names.push(...reads.filter((name) => !assigned.has(name)));
    for (const name of assigns) assigned.add(name);
  }
  return names;
}

function rolesRead(lines: readonly Line[], target: TargetName | null, layer: number | null): Set<Role> {
  return new Set(read(lines).map((name) => (target ? roleIn(target, name, layer) : roleOf(name, layer))).filter((role) => role !== null));
}

function isMasked(statement: Statement): boolean {
  return statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'subscript' && target.indices.some((index) => [...everyPart(index)].some((part) => part.kind === 'binary')));
}

/** The gradient that a name on the left side stands for; null if it is none. */
function targetOf(name: string, roles: ReadonlySet<Role>, masked: boolean): TargetName | null {
  const helper = targetOfFunction(name, roles);
  if (helper === 'derivative') return helper;
  const role = roleOf(name, null);
  const known = layerName(name);
  switch (role) {
    case 'dZ':
    case 'dW':
    case 'db':
      return role;
    case 'W':
      return roles.has('dW') ? role : null;
    case 'b':
      return roles.has('db') ? role : null;
    case 'dA_prev':
      // CS231n's relu_backward: dx = dout * (x > 0)
      return roles.has('dA') && !roles.has('W') && !roles.has('dZ') ? 'dZ' : 'dA_prev';
    case 'dA':
      if (known?.level === 'output') return 'dAL';
      if (roles.has('W') || roles.has('dZ')) return 'dA_prev';
      if (roles.has('Y')) return 'dAL';
      return masked || roles.has('dA') ? 'dZ' : 'dAL';
    default:
      return null;
  }
}

/** `sigmoid_prime`, `drelu`, `relu_backward`, `g_prime`. */
function targetOfFunction(name: string, roles: ReadonlySet<Role>): TargetName | null {
  if (/backward/i.test(name) && activationIn(name)) return 'dZ';
  if (/^(dg|g_?prime|d_?g_?d_?z|d_?a_?d_?z|(activation_?)?(derivative|deriv|prime)|d_activation|activation_(derivative|prime|grad))\d*$/i.test(name)) return 'derivative';
  if (activationIn(name) && /deriv|prime|grad|^d_?[a-z]{3}|_d$|_der$/i.test(name)) return roles.has('dA') ? 'dZ' : 'derivative';
  return null;
}

/** Of a bare expression: by what it is made of. */
function targetOfRoles(roles: ReadonlySet<Role>): TargetName | null {
  if (roles.has('W') && roles.has('dW')) return 'W';
  if (roles.has('dA')) return 'dZ';
  if (roles.has('dZ')) return roles.has('W') ? 'dA_prev' : roles.has('A_prev') || roles.has('A') ? 'dW' : 'db';
  if (roles.has('Y')) return 'dAL';
  return roles.has('Z') || roles.has('A') || roles.has('A_prev') ? 'derivative' : null;
}

/** The number of the checked layer: that of the left side, else the highest that fits. */
function layerOf(target: TargetName, name: string | null, lines: readonly Line[]): number | null {
  const level = name === null ? null : layerName(name)?.level;
  if (typeof level === 'number') return target === 'dA_prev' ? level + 1 : level;
  const numbers = (bases: readonly string[]): number[] =>
    lines.flatMap(({ reads }) => reads).flatMap((each) => {
      const known = layerName(each);
      return known && bases.includes(known.base) && typeof known.level === 'number' ? [known.level] : [];
    });
  const own = { dAL: ['A', 'Z'], dZ: ['Z', 'A', 'dA'], derivative: ['Z', 'A'], dW: ['dZ', 'W', 'b'], db: ['dZ', 'b'], dA_prev: ['dZ', 'W'], W: ['W', 'dW'], b: ['b', 'db'] }[target];
  const highest = numbers(own);
  if (highest.length > 0) return Math.max(...highest);
  const below = target === 'dW' ? numbers(['A']) : [];
  return below.length > 0 ? Math.max(...below) + 1 : null;
}
