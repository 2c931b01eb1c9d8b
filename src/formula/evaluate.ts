// The interpreter: what the lines of a formula are worth over given values. It knows arithmetic on small
// arrays and nothing else: no file, no import, no loop, so pasted text can do no harm.

import { FormulaError } from './error';
import { COMPARISONS, isKey, isLayerIndex, LIBRARIES, plainText, truthValue, tupleError, unpacked } from './python';
import { valueOfAttribute, valueOfBinary, type Report } from './operations';
import { readAt, writeAt } from './numpy/indexing';
import { wholeNumber } from './numpy/bind';
import { bare, type Expression, type Parameter, type Statement } from './syntax-tree';
import { asTensor, choose, describeValue, map, NONE, scalar, zip, type Arguments, type Value } from './value';

/** The names that a formula finds without having assigned them. */
export interface Scope {
  /** Always the same array for the same name, so that assignment into it is seen. */
  lookup(name: string): Value | undefined;
  /** Layer `index` of a list of layers, `W[l]`; undefined if `name` is no such list. */
  layer(name: string, index: number): string | undefined;
  /** Why a name is not known. */
  unknown(name: string): FormulaError;
}

export interface Outcome {
  /** Of the last expression or return. */
  readonly value: Value | undefined;
  readonly locals: ReadonlyMap<string, Value>;
  /** What Python would refuse but has one plain meaning, with which the evaluation went on. */
  readonly problems: readonly FormulaError[];
}

/** @throws FormulaError where there is no such meaning. */
export function evaluate(statements: readonly Statement[], scope: Scope): Outcome {
  const evaluation = new Evaluation(scope);
  return { value: evaluation.run(statements), locals: evaluation.locals, problems: evaluation.problems };
}

/** The name that an assignment is to: `dW1`, `self.dW1`, `grads["dW1"]`, and `dZ` of `dZ[Z <= 0]`; null if there is none. */
export function nameOfTarget(target: Expression, scope: Scope): string | null {
  return new Evaluation(scope).nameOf(target);
}

const MAX_STEPS = 20_000;
const MAX_DEPTH = 30;

class Evaluation {
  locals = new Map<string, Value>();
  readonly problems: FormulaError[] = [];
  private steps = 0;
  private depth = 0;

  constructor(private readonly scope: Scope) {}

  run(statements: readonly Statement[]): Value | undefined {
    let last: Value | undefined;
    for (const statement of statements) {
      switch (statement.kind) {
        case 'assign': {
          const value = this.value(statement.value);
          for (const target of statement.targets) this.at(target, () => this.assign(target, value));
          break;
        }
        case 'update':
          this.at(statement, () => this.update(statement.target, statement.operator, statement.value));
          break;
        case 'expression':
          last = this.value(statement.value);
          break;
        case 'return':
          return this.value(statement.value);
        case 'define':
          this.locals.set(statement.name, this.closure(statement.name, statement.parameters, () => this.run(statement.body) ?? NONE));
          break;
        default:
          statement satisfies never;
      }
    }
    return last;
  }

  nameOf(target: Expression): string | null {
    const plain = bare(target);
    if (plain.kind === 'name') return plain.name;
    if (plain.kind === 'attribute') return this.isHolder(plain.object) ? plain.name : null;
    if (plain.kind !== 'subscript') return null;
    const name = this.nameOf(plain.object);
    const [index, ...others] = plain.indices;
    if (!index || others.length > 0 || !(isKey(index) || isLayerIndex(index))) return name;
    const key = this.value(index);
    if (key.type === 'text') return key.text;
    return (name !== null && isLayerIndex(index) ? this.scope.layer(name, wholeNumber(key, 'The index')) : undefined) ?? name;
  }

  /** `self`, `cache`: what holds named values. */
  private isHolder(object: Expression): boolean {
    const name = bare(object).kind === 'name' ? this.nameOf(object) : null;
    return name === null ? object.kind === 'attribute' : this.scope.lookup(name)?.type === 'module';
  }

  private assign(target: Expression, value: Value): void {
    const plain = bare(target);
    if (plain.kind === 'tuple') return this.unpack(plain.items, value);
    const name = this.nameOf(plain);
    if (name === null) throw new FormulaError('type', 'This cannot be assigned to.', 'A name has to stand on the left of =.');
    if (plain.kind === 'subscript' && name === this.nameOf(plain.object)) {
      const into = asTensor(this.named(name), name);
      return writeAt(into, plain.indices.map((index) => this.value(index)), asTensor(value, 'The right side'));
    }
    // `Z = cache`: the name keeps the value that it has here
    if (value.type !== 'module') this.locals.set(name, value);
  }

  private unpack(targets: readonly Expression[], value: Value): void {
    // `A_prev, W, b = cache`
    if (value.type === 'module') return;
    const items = unpacked(value, targets.length);
    targets.forEach((each, i) => this.assign(each, items[i]!));
  }

  private update(target: Expression, operator: string, operand: Expression): void {
    const before = this.value(target);
    const after = this.binary(operator, before, this.value(operand));
    if (before.type !== 'array' || before.shape.length === 0 || after.type !== 'array') return this.assign(target, after);
    if (before.kind === 'int' && after.kind === 'float') {
      throw new FormulaError('type', `${operator}= puts decimal numbers into an array of whole numbers.`, 'NumPy refuses that ("Cannot cast ufunc output"). Make the array float first, with .astype(float).');
    }
    const plain = bare(target);
    if (plain.kind === 'subscript' && this.nameOf(plain) === this.nameOf(plain.object)) this.assign(target, after);
    else writeAt(before, [{ type: 'ellipsis' }], after);
  }

  private closure(name: string, parameters: readonly Parameter[], body: () => Value): Value {
    return {
      type: 'function',
      name,
      call: ({ positional, named }) => {
        if (this.depth >= MAX_DEPTH) throw new FormulaError('unsupported', `${name} calls itself.`, 'The check follows no recursion.');
        const outer = this.locals;
        this.locals = new Map(outer);
        this.depth++;
        try {
          parameters.forEach((parameter, i) => {
            const given = positional[i] ?? named.get(parameter.name) ?? (parameter.preset ? this.value(parameter.preset) : undefined);
            if (given === undefined) throw new FormulaError('type', `${name} is called without its ${parameter.name}.`, 'Give every argument of the function.');
            this.locals.set(parameter.name, given);
          });
          return body();
        } finally {
          this.depth--;
          this.locals = outer;
        }
      },
    };
  }

  private named(name: string): Value {
    const value = this.locals.get(name) ?? this.scope.lookup(name);
    if (value === undefined) throw this.scope.unknown(name);
    return value;
  }

  private readonly report: Report = (error) => {
    this.problems.push(error);
  };

  /** What a mistake inside leaves without a place happened here. */
  private at<T>(where: { from: number; to: number }, work: () => T): T {
    const before = this.problems.length;
    try {
      return work();
    } catch (error) {
      throw error instanceof FormulaError ? error.placed(where) : error;
    } finally {
      for (let k = before; k < this.problems.length; k++) this.problems[k] = this.problems[k]!.placed(where);
    }
  }

  private value(expression: Expression): Value {
    if (++this.steps > MAX_STEPS) throw new FormulaError('unsupported', 'This takes too many steps.', 'Paste only the lines that compute the gradient.');
    return this.at(expression, () => this.valueAt(expression));
  }

  private valueAt(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
        return scalar(expression.value, expression.float ? 'float' : 'int');
      case 'text':
        return { type: 'text', text: expression.value };
      case 'format':
        return { type: 'text', text: expression.parts.map((part) => (typeof part === 'string' ? part : plainText(this.value(part)))).join('') };
      case 'constant':
        return expression.value === null ? NONE : scalar(Number(expression.value), 'bool');
      case 'ellipsis':
        return { type: 'ellipsis' };
      case 'name':
        return this.named(expression.name);
      case 'group':
        return this.value(expression.inner);
      case 'tuple':
        return { type: 'tuple', items: expression.items.map((item) => this.value(item)) };
      case 'slice': {
        const bound = (part: Expression | null): number | null => (part ? wholeNumber(this.value(part), 'The bound of a slice') : null);
        return { type: 'slice', from: bound(expression.start), to: bound(expression.stop), step: bound(expression.step) ?? 1 };
      }
      case 'unary':
        return this.unary(expression.operator, this.value(expression.operand));
      case 'binary':
        return this.binaryAt(expression);
      case 'conditional':
        return this.conditional(expression);
      case 'call':
        return this.call(expression);
      case 'attribute':
        return this.attribute(expression);
      case 'subscript':
        return this.subscript(expression);
      case 'lambda':
        return this.closure('lambda', expression.parameters, () => this.value(expression.body));
    }
  }

  private unary(operator: string, operand: Value): Value {
    if (operand.type === 'tuple') throw tupleError(operator, operand);
    const a = asTensor(operand, `What stands behind "${operator}"`);
    switch (operator) {
      case '-':
        if (a.kind === 'bool' && a.shape.length > 0) this.report(new FormulaError('type', 'NumPy does not negate an array of True and False.', 'Make numbers of it first: -1.0 * (…), or (…).astype(float).'));
        return map(a, (x) => -x, a.kind === 'bool' ? 'int' : a.kind);
      case '+':
        return a;
      case '~':
        return a.kind === 'bool' ? map(a, (x) => Number(x === 0), 'bool') : map(a, (x) => -x - 1, 'int');
      default:
        if (a.shape.length > 0) this.report(truthValue('"not"', 'np.logical_not(…)'));
        return map(a, (x) => Number(x === 0), 'bool');
    }
  }

  private binaryAt({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): Value {
    // 0 < Z < 1 is 0 < Z and Z < 1
    const chained = left.kind === 'binary' && COMPARISONS.has(operator) && COMPARISONS.has(left.operator);
    const one = this.value(left);
    const other = this.value(right);
    if (!chained) return this.binary(operator, one, other);
    const second = this.binary(operator, this.value(left.right), other);
    const [a, b] = [asTensor(one, ''), asTensor(second, '')];
    if (a.shape.length + b.shape.length > 0) this.report(truthValue('A chain of comparisons', '(… < …) & (… < …)'));
    return zip(a, b, (x, y) => Number(x !== 0 && y !== 0), 'bool', operator);
  }

  private binary(operator: string, one: Value, other: Value): Value {
    if (one.type === 'tuple') throw tupleError(operator, one);
    if (other.type === 'tuple') throw tupleError(operator, other);
    return valueOfBinary(operator, one, other, this.report);
  }

  private conditional({ value, test, otherwise, from, to }: Extract<Expression, { kind: 'conditional' }>): Value {
    if (!otherwise) {
      this.problems.push(new FormulaError('incomplete-conditional', 'This is no complete expression: "… if …" has no else.', 'Python needs both cases, "x if condition else y"; without the second there is no value where the condition is false.', { from, to }));
    }
    const condition = asTensor(this.value(test), 'The condition');
    const whole = condition.data.length === 1;
    if (whole && otherwise) return this.value(condition.data[0] !== 0 ? value : otherwise);
    if (!whole) this.report(truthValue('"if"', 'np.where(condition, x, y), or multiply by the condition'));
    const x = asTensor(this.value(value), 'The value');
    const y = otherwise ? asTensor(this.value(otherwise), 'The other value') : scalar(0, 'int');
    return choose(condition, x, y, 'if');
  }

  private call({ callee, positional, named }: Extract<Expression, { kind: 'call' }>): Value {
    const called = this.value(callee);
    const values: Arguments = { positional: positional.map((each) => this.value(each)), named: new Map(named.map(({ name, value }) => [name, this.value(value)])) };
    if (called.type === 'function') return called.call(values);
    const [only] = values.positional;
    if (called.type === 'array' && only?.type === 'array') {
      this.report(new FormulaError('type', `${describeValue(called)} is called like a function.`.replace(/^a/, 'A'), 'Is a * missing before the bracket? Python does not multiply what only stands side by side.'));
      return this.binary('*', called, only);
    }
    throw new FormulaError('type', `${describeValue(called)} is no function.`, 'Look for a sign that is missing before the bracket.');
  }

  private attribute({ object, name }: Extract<Expression, { kind: 'attribute' }>): Value {
    const of = this.value(object);
    if (of.type === 'module' && !LIBRARIES.has(of.name)) return this.named(name);
    return valueOfAttribute(of, name, this.report);
  }

  private subscript(expression: Extract<Expression, { kind: 'subscript' }>): Value {
    const { object, indices } = expression;
    const name = this.nameOf(expression);
    if (name !== null && name !== this.nameOf(object)) return this.named(name);
    const of = this.value(object);
    const values = indices.map((index) => this.value(index));
    if (of.type === 'tuple' && values.length === 1) {
      const index = wholeNumber(values[0]!, 'The index');
      const item = of.items.at(index);
      if (item) return item;
      throw new FormulaError('shapes', `Index ${index} is outside: there are ${of.items.length} parts.`, 'Indices begin at 0.');
    }
    return readAt(asTensor(of, 'What is indexed'), values);
  }
}
