// The part of Python that a formula may use, as a small typed tree. Every node knows where it stands in the text.

import type { Range } from './error';

export type Expression = Range &
  (
    | { readonly kind: 'number'; readonly value: number; readonly float: boolean }
    | { readonly kind: 'text'; readonly value: string }
    /** f"dW{l}": its texts and, between them, what is put in. */
    | { readonly kind: 'format'; readonly parts: readonly (string | Expression)[] }
    | { readonly kind: 'constant'; readonly value: true | false | null }
    | { readonly kind: 'ellipsis' }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
    | { readonly kind: 'binary'; readonly operator: string; readonly operatorAt: Range; readonly left: Expression; readonly right: Expression }
    /** `otherwise` is null where the person wrote no else. */
    | { readonly kind: 'conditional'; readonly value: Expression; readonly test: Expression; readonly otherwise: Expression | null }
    | { readonly kind: 'call'; readonly callee: Expression; readonly positional: readonly Expression[]; readonly named: readonly { readonly name: string; readonly value: Expression }[] }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'subscript'; readonly object: Expression; readonly indices: readonly Expression[]; readonly several: boolean }
    | { readonly kind: 'slice'; readonly start: Expression | null; readonly stop: Expression | null; readonly step: Expression | null }
    | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
    | { readonly kind: 'lambda'; readonly parameters: readonly Parameter[]; readonly body: Expression }
    /** Brackets that only group; kept because edits of the text need them. */
    | { readonly kind: 'group'; readonly inner: Expression }
  );

export interface Parameter {
  readonly name: string;
  readonly preset: Expression | null;
}

export type Statement = Range &
  (
    | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression }
    | { readonly kind: 'update'; readonly target: Expression; readonly operator: string; readonly value: Expression }
    | { readonly kind: 'expression'; readonly value: Expression }
    | { readonly kind: 'return'; readonly value: Expression }
    | { readonly kind: 'define'; readonly name: string; readonly parameters: readonly Parameter[]; readonly body: readonly Statement[] }
  );

/** The expressions directly inside one. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'constant':
    case 'ellipsis':
    case 'name':
      return [];
    case 'format':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.value, expression.test, ...(expression.otherwise ? [expression.otherwise] : [])];
    case 'call':
      return [expression.callee, ...expression.positional, ...expression.named.map(({ value }) => value)];
    case 'attribute':
      return [expression.object];
    case 'subscript':
      return [expression.object, ...expression.indices];
    case 'slice':
      return [expression.start, expression.stop, expression.step].filter((part) => part !== null);
    case 'tuple':
      return expression.items;
    case 'lambda':
      return [expression.body];
    case 'group':
      return [expression.inner];
  }
}

/** An expression and all inside it, outermost first. */
export function* everyPart(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* everyPart(part);
}

/** All expressions of a statement, those on its left side included. */
export function* everyExpression(statements: readonly Statement[]): Generator<Expression> {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'assign':
        for (const target of statement.targets) yield* everyPart(target);
        yield* everyPart(statement.value);
        break;
      case 'update':
        yield* everyPart(statement.target);
        yield* everyPart(statement.value);
        break;
      case 'expression':
      case 'return':
        yield* everyPart(statement.value);
        break;
      case 'define':
        yield* everyExpression(statement.body);
        break;
      default:
        statement satisfies never;
    }
  }
}

/** The expressions that are computed: right sides, and the indices of what is assigned to. */
export function* everyComputed(statements: readonly Statement[]): Generator<Expression> {
  for (const statement of statements) {
    if (statement.kind === 'define') {
      yield* everyComputed(statement.body);
      continue;
    }
    const targets = statement.kind === 'assign' ? statement.targets : statement.kind === 'update' ? [statement.target] : [];
    for (const target of targets) if (target.kind === 'subscript') for (const index of target.indices) yield* everyPart(index);
    yield* everyPart(statement.value);
  }
}

/** The expression without the brackets around it. */
export function bare(expression: Expression): Expression {
  return expression.kind === 'group' ? bare(expression.inner) : expression;
}
