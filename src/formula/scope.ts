// The names that a formula finds at the points it is tried at: values of the world, NumPy, and the helpers
// that every such file defines (`sigmoid`, `relu_prime`).

import { activate, activateBackward, LEAKY_SLOPE, type ActivationName } from '../core/activations';
import { closest } from '../closest';
import { matrix } from '../core/matrix';
import { FormulaError } from './error';
import type { Scope } from './evaluate';
import type { TargetName } from './finding';
import { COMMON_NAMES, HOLDERS, layerName, roleOf, type Role } from './names';
import { builtins, numpyFunctions } from './numpy/functions';
import { define } from './numpy/bind';
import { asTensor, dot, map, scalar, transpose, type Tensor, type Value, zip } from './value';
import { toTensor, type Layout } from './tensors';
import { db, dW } from './targets/affine';
import { CONSTANTS, type World } from './world';

export interface PersonScope extends Scope {
  /** Roles of which the formula has overwritten the values. */
  overwritten(): Role[];
}

export interface Viewpoint {
  readonly target: TargetName;
  /** Number of the checked layer, where the names have numbers. */
  readonly layer: number | null;
  readonly layout: Layout;
  /** Whether the layer above is the output, so that Y belongs to it. */
  readonly belowOutput: boolean;
  /** Names that the text assigns, for "did you mean". */
  readonly assigned: readonly string[];
}

const LIBRARIES: Readonly<Record<string, string>> = { np: 'np', numpy: 'np', jnp: 'np', cp: 'np', xp: 'np', math: 'math', scipy: 'scipy', special: 'special', stats: 'stats', norm: 'norm' };

/** Names that stand for something only where a certain gradient is checked. */
const IN_TARGET: Partial<Record<TargetName, Readonly<Record<string, Role>>>> = {
  derivative: { x: 'Z', X: 'Z', inputs: 'Z', input: 'Z', t: 'A', s: 'A', sig: 'A', sigma: 'A', output: 'A' },
  dZ: { x: 'Z', X: 'Z', t: 'A', s: 'A', sig: 'A', sigma: 'A' },
  dW: { dout: 'dZ', upstream: 'dZ', grad_output: 'dZ', output_gradient: 'dZ', output_grad: 'dZ' },
  db: { dout: 'dZ', upstream: 'dZ', grad_output: 'dZ', output_gradient: 'dZ', output_grad: 'dZ' },
  dA_prev: { dout: 'dZ', upstream: 'dZ', grad_output: 'dZ', output_gradient: 'dZ', output_grad: 'dZ' },
};

/** The role that a name has where `target` is checked. */
export function roleIn(target: TargetName, name: string, layer: number | null): Role | null {
  return IN_TARGET[target]?.[name] ?? roleOf(name, layer);
}

export function personScope(world: World, view: Viewpoint): PersonScope {
  const given = new Map<Role, Value>();
  const pristine = new Map<Role, Float64Array>();
  const value = (role: Role): Value => {
    let found = given.get(role);
    if (!found) {
      found = valueOf(role, world, view);
      given.set(role, found);
      if (found.type === 'array') pristine.set(role, found.data.slice());
    }
    return found;
  };
  return {
    lookup(name) {
      const library = LIBRARIES[name];
      if (library !== undefined) return { type: 'module', name: library };
      const role = roleIn(view.target, name, view.layer);
      // dAL is what is to be computed
      if (role && !(role === 'dA' && view.target === 'dAL')) return value(role);
      // Y is one-hot here already
      if (/^(to_?)?one_?hot(_?encode|_?encoding)?$/i.test(name)) return define(name, 'Y classes?', ({ array }) => array('Y'));
      const helper = helperOf(name, view.layout) ?? builtins.get(name) ?? (name === 'erf' || name === 'expit' ? numpyFunctions.get(name) : undefined);
      if (helper) return helper;
      if (name === 'i' || name === 'layer') return scalar(2, 'int');
      return HOLDERS.has(name) ? { type: 'module', name } : undefined;
    },
    layer(name, index) {
      const known = layerName(name);
      if (!known || known.level !== null) return undefined;
      // counted from the end, [-1] is the output layer
      return index < 0 ? `${known.base}${index === -1 ? 'L' : '_prev'}` : `${known.base}${index}`;
    },
    unknown: (name) => unknownName(name, view),
    overwritten: () => [...pristine].flatMap(([role, before]) => {
      const now = given.get(role);
      return now?.type === 'array' && now.data.some((x, k) => x !== before[k]) ? [role] : [];
    }),
  };
}

function unknownName(name: string, view: Viewpoint): FormulaError {
  const known = layerName(name);
  if (known && typeof known.level === 'number' && view.layer !== null) {
    return new FormulaError('unknown-name', `${name} belongs to another layer: this is checked as layer ${view.layer}.`, `Layer ${view.layer} sees the layers ${view.layer - 1} and ${view.layer + 1}, none farther away.`);
  }
  const near = closest(name, [...view.assigned.filter((each) => each !== name), ...COMMON_NAMES]);
  return new FormulaError('unknown-name', `The check does not know the name ${name}.`, `${near === undefined ? '' : `Did you mean ${near}? `}Otherwise paste the line that computes ${name} too, before this one.`);
}

/** The value of a role at the test points. */
function valueOf(role: Role, world: World, view: Viewpoint): Value {
  const { target, layout } = view;
  const { sizes } = world;
  const samples = (source: Parameters<typeof toTensor>[0]): Tensor => toTensor(source, 'samples', layout);
  // such that A - Y of the layer above is its dZ
  if (role === 'Y' && view.belowOutput) return zip(asTensor(valueOf('A_next', world, view), ''), samples(world.dZ_next), (a, d) => a - d, 'float', '');
  switch (role) {
    case 'A':
    case 'A_prev':
    case 'Z':
    case 'Z_prev':
    case 'Y':
    case 'dA':
    case 'dZ_next':
      return samples(world[role]);
    case 'dZ':
      // a dZ that the formula itself computes begins as a copy of dA, as the course's relu_backward has it
      return samples(target === 'dZ' ? world.dA : world.dZ);
    case 'W':
    case 'W_next':
      return toTensor(world[role], 'weights', layout);
    case 'b':
      return toTensor(world.b, 'bias', layout);
    case 'Z_next':
    case 'A_next': {
      const W = toTensor(world.W_next, 'weights', 'columns');
      const Z = dot(W, toTensor(world.A, 'samples', 'columns'), '');
      const above = role === 'Z_next' ? Z : map(Z, Math.tanh);
      return layout === 'columns' ? above : transpose(above);
    }
    case 'dW':
    case 'db':
      // `dW += …` begins at 0
      return target === role ? scalar(0) : gradientOf(role, world, layout);
    case 'dA_prev':
      return scalar(0);
    case 'm':
      return scalar(sizes.m, 'int');
    case 'n':
      return scalar(sizes.n, 'int');
    case 'n_prev':
      return scalar(sizes.previous, 'int');
    case 'learning_rate':
      return scalar(CONSTANTS.learningRate);
    case 'lambd':
      return scalar(CONSTANTS.lambda);
    case 'alpha':
      return scalar(world.activation === 'leaky-relu' ? LEAKY_SLOPE : world.activation === 'elu' ? 1 : CONSTANTS.learningRate);
    case 'eps':
      return scalar(CONSTANTS.epsilon);
    case 'l':
      return scalar(2, 'int');
    case 'L':
      return scalar(3, 'int');
  }
}

/** dW or db without L2. */
export function gradientOf(role: 'dW' | 'db', world: World, layout: Layout): Tensor {
  const plain = Object.assign((name: Role) => name, { uses: () => false });
  return role === 'dW' ? toTensor(dW.right(world, plain), 'weights', layout) : toTensor(db.right(world, plain), 'bias', layout);
}

const HELPERS: readonly [pattern: RegExp, activation: ActivationName][] = [
  [/leaky_?relu|lrelu/i, 'leaky-relu'],
  [/softmax/i, 'softmax'],
  [/softplus/i, 'softplus'],
  [/relu/i, 'relu'],
  [/sigmoid|logistic/i, 'sigmoid'],
  [/tanh/i, 'tanh'],
  [/swish|silu/i, 'swish'],
  [/gelu/i, 'gelu'],
  [/\belu|_elu|^d?elu/i, 'elu'],
  [/linear|identity/i, 'linear'],
];

/** The activation that a function's name speaks of: `sigmoid_backward`, `drelu`; null if none. */
export function activationIn(name: string): ActivationName | null {
  return HELPERS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** `sigmoid`, `relu_prime`, `dtanh`, `relu_backward(dA, Z)`, taken to do what they say. */
function helperOf(name: string, layout: Layout): Value | undefined {
  const activation = /^[A-Za-z_]+\d?$/.test(name) ? activationIn(name) : null;
  if (activation === null || /linear_(?:forward|backward|cache)/.test(name)) return undefined;
  if (/backward/i.test(name)) return define(name, 'dA cache', ({ array }) => applied(activation, array('cache'), array('dA'), layout));
  if (/deriv|prime|grad|^d_?[a-z]|^d[A-Z]|_der$|_d$/i.test(name)) return define(name, 'Z', ({ array }) => applied(activation, array('Z'), map(array('Z'), () => 1), layout));
  return define(name, 'Z', ({ array }) => applied(activation, array('Z'), null, layout));
}

/** g(Z), or dA * g'(Z) where dA is given. */
export function applied(activation: ActivationName, Z: Tensor, dA: Tensor | null, layout: Layout): Tensor {
  const flat = Z.shape.length < 2;
  const turned = (a: Tensor): Tensor => (flat || layout === 'rows' ? a : transpose(a));
  const z = turned(Z);
  const rows = flat ? 1 : z.shape[0]!;
  const columns = z.data.length / rows;
  const A = matrix(rows, columns);
  activate(activation, { rows, columns, data: z.data }, A);
  const result = matrix(rows, columns);
  if (dA) {
    if (dA.data.length !== Z.data.length) throw new FormulaError('shapes', 'dA and Z have different shapes.', 'Both belong to the same layer.');
    activateBackward(activation, { rows, columns, data: turned(dA).data }, { rows, columns, data: z.data }, A, result);
  }
  return turned({ type: 'array', shape: z.shape, data: dA ? result.data : A.data, kind: 'float' });
}
