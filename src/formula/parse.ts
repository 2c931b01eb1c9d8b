// Python text to the small tree, by the grammar of @lezer/python. Nothing is evaluated here, and what a
// formula has no use for (loops, classes, comprehensions) is refused by name.

import { parser } from '@lezer/python';
import { FormulaError, type Range } from './error';
import { children, rangeOf, withoutBareDots, type Node } from './grammar';
import type { Expression, Parameter, Statement } from './syntax-tree';
import { brokenSyntax, checkCharacters } from './syntax';

/** Longer than any formula; keeps a pasted file from being read as one. */
const MAX_LENGTH = 5000;

/** Brackets within brackets. */
const MAX_DEPTH = 100;

const REFUSED: Readonly<Record<string, string>> = {
  ForStatement: 'a loop',
  WhileStatement: 'a loop',
  IfStatement: 'an if statement',
  ClassDefinition: 'a class',
  TryStatement: 'try',
  WithStatement: 'with',
  ArrayComprehensionExpression: 'a comprehension',
  ComprehensionExpression: 'a comprehension',
  DictionaryExpression: 'a dictionary',
  SetExpression: 'a set',
};

/** Statements that leave the values as they are. */
const IGNORED = new Set(['ImportStatement', 'AssertStatement', 'PassStatement', 'PrintStatement', 'Comment']);

/** @throws FormulaError with the rule `syntax`, or `unsupported`. */
export function parse(text: string): Statement[] {
  if (text.length > MAX_LENGTH) throw new FormulaError('unsupported', 'This is too long for a formula.', 'Paste the few lines that compute one gradient.');
  checkCharacters(text);
  const source = withoutBareDots(text);
  return new Reader(text, source).block(parser.parse(source).topNode);
}

class Reader {
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly source: string,
  ) {}

  block(node: Node): Statement[] {
    return children(node).flatMap((child) => this.statement(child));
  }

  private statement(node: Node): Statement[] {
    const at = rangeOf(node);
    switch (node.name) {
      case 'StatementGroup':
        return this.block(node);
      case ';':
      case ':':
        return [];
      case 'AssignStatement': {
        const sides = this.split(node, 'AssignOp');
        if (sides.length < 2) return this.broken(node);
        const value = this.list(sides.at(-1)!, node);
        return [{ kind: 'assign', targets: sides.slice(0, -1).map((side) => this.list(side, node)), value, ...at }];
      }
      case 'UpdateStatement': {
        const [target, operator, ...value] = this.sound(node);
        if (!target || !operator) return this.broken(node);
        return [{ kind: 'update', target: this.expression(target), operator: this.textOf(operator).replace(/=$/, ''), value: this.list(value, node), ...at }];
      }
      case 'ExpressionStatement': {
        const value = this.list(this.sound(node), node);
        return value.kind === 'text' ? [] : [{ kind: 'expression', value, ...at }];
      }
      case 'ReturnStatement': {
        const [, ...value] = this.sound(node);
        return value.length === 0 ? [] : [{ kind: 'return', value: this.list(value, node), ...at }];
      }
      case 'FunctionDefinition': {
        const parts = this.sound(node);
        const name = parts.find((part) => part.name === 'VariableName');
        const parameters = parts.find((part) => part.name === 'ParamList');
        const body = parts.find((part) => part.name === 'Body');
        if (!name || !body) return this.broken(node);
        return [{ kind: 'define', name: this.textOf(name), parameters: this.parameters(parameters), body: this.block(body), ...at }];
      }
      default:
        if (IGNORED.has(node.name)) return [];
        return this.broken(node);
    }
  }

  private expression(node: Node): Expression {
    if (++this.depth > MAX_DEPTH) throw new FormulaError('unsupported', 'This is nested too deeply.', 'Name a part of it and write it on a line of its own.', rangeOf(node));
    try {
      return this.expressionAt(node);
    } finally {
      this.depth--;
    }
  }

  private expressionAt(node: Node): Expression {
    const at = rangeOf(node);
    switch (node.name) {
      case 'Number': {
        const value = Number(this.textOf(node).replaceAll('_', ''));
        if (Number.isNaN(value) || /^0\d/.test(this.textOf(node))) return this.broken(node);
        return { kind: 'number', value, float: /[.eE]/.test(this.textOf(node)) || this.text[node.to] === '.', ...at };
      }
      case 'String': {
        this.sound(node);
        return { kind: 'text', value: this.textOf(node).replace(/^\w*("""|'''|["'])|("""|'''|["'])$/g, ''), ...at };
      }
      case 'FormatString':
        return { kind: 'format', parts: this.formatParts(node), ...at };
      case 'Boolean':
        return { kind: 'constant', value: this.textOf(node) === 'True', ...at };
      case 'None':
        return { kind: 'constant', value: null, ...at };
      case 'Ellipsis':
        return { kind: 'ellipsis', ...at };
      case 'VariableName':
        return { kind: 'name', name: this.textOf(node), ...at };
      case 'ParenthesizedExpression': {
        const [, inner] = this.sound(node);
        return inner ? { kind: 'group', inner: this.expression(inner), ...at } : this.broken(node);
      }
      case 'TupleExpression':
      case 'ArrayExpression':
        return { kind: 'tuple', items: this.separated(this.sound(node).slice(1, -1)).map((item) => this.only(item, node)), ...at };
      case 'UnaryExpression': {
        const [operator, operand] = this.sound(node);
        return operator && operand ? { kind: 'unary', operator: this.textOf(operator), operand: this.expression(operand), ...at } : this.broken(node);
      }
      case 'BinaryExpression':
        return this.binary(node, at);
      case 'ConditionalExpression':
        return this.conditional(node, at);
      case 'CallExpression': {
        const [callee, list] = this.sound(node);
        return callee && list ? this.call(callee, list, at) : this.broken(node);
      }
      case 'MemberExpression':
        return this.member(node, at);
      case 'LambdaExpression': {
        const parts = this.sound(node);
        const body = parts.at(-1);
        if (!body || body.name === ':' || parts.length < 3) return this.broken(node);
        return { kind: 'lambda', parameters: this.parameters(parts.find(({ name }) => name === 'ParamList')), body: this.expression(body), ...at };
      }
      default:
        return this.broken(node);
    }
  }

  private formatParts(node: Node): (string | Expression)[] {
    const parts: (string | Expression)[] = [];
    let from = node.from + /^\w*("""|'''|["'])/.exec(this.textOf(node))![0].length;
    for (const replacement of this.sound(node)) {
      const [, inner] = this.sound(replacement);
      if (!inner) return this.broken(replacement);
      parts.push(this.source.slice(from, replacement.from), this.expression(inner));
      from = replacement.to;
    }
    return [...parts, this.source.slice(from, node.to).replace(/("""|'''|["'])$/, '')];
  }

  private binary(node: Node, at: Range): Expression {
    const [left, ...rest] = this.sound(node);
    const right = rest.pop();
    const [first] = rest;
    if (!left || !right || !first) return this.broken(node);
    return {
      kind: 'binary',
      // `not in` and `is not` are two words
      operator: rest.map((part) => this.textOf(part)).join(' '),
      operatorAt: { from: first.from, to: rest.at(-1)!.to },
      left: this.expression(left),
      right: this.expression(right),
      ...at,
    };
  }

  /** `a if b` without else is read as such: what it says can still be judged. */
  private conditional(node: Node, at: Range): Expression {
    const parts = children(node);
    const [value, , test] = parts;
    const otherwise = parts.findIndex(({ name }) => name === 'else');
    const last = otherwise < 0 ? undefined : parts[otherwise + 1];
    if (!value || !test || value.type.isError || test.type.isError || (otherwise >= 0 && (!last || last.type.isError))) return this.broken(node);
    return { kind: 'conditional', value: this.expression(value), test: this.expression(test), otherwise: last ? this.expression(last) : null, ...at };
  }

  private call(callee: Node, list: Node, at: Range): Expression {
    const positional: Expression[] = [];
    const named: { name: string; value: Expression }[] = [];
    for (const argument of this.separated(this.sound(list).slice(1, -1))) {
      const [first, equals, value] = argument;
      if (equals?.name === 'AssignOp' && first && value) named.push({ name: this.textOf(first), value: this.expression(value) });
      else positional.push(this.only(argument, list));
    }
    return { kind: 'call', callee: this.expression(callee), positional, named, ...at };
  }

  private member(node: Node, at: Range): Expression {
    const [object, mark, ...rest] = this.sound(node);
    if (!object || !mark) return this.broken(node);
    const of = this.expression(object);
    if (mark.name === '.') {
      const [name] = rest;
      return name ? { kind: 'attribute', object: of, name: this.textOf(name), ...at } : this.broken(node);
    }
    const indices = this.separated(rest.slice(0, -1)).map((part) => this.index(part, node));
    return { kind: 'subscript', object: of, indices, several: rest.some(({ name }) => name === ','), ...at };
  }

  /** One index between the commas: an expression, or `start:stop:step`. */
  private index(nodes: readonly Node[], parent: Node): Expression {
    if (!nodes.some(({ name }) => name === ':')) return this.only(nodes, parent);
    const bounds: (Expression | null)[] = [null];
    for (const node of nodes) {
      if (node.name === ':') bounds.push(null);
      else bounds[bounds.length - 1] = this.expression(node);
    }
    return { kind: 'slice', start: bounds[0] ?? null, stop: bounds[1] ?? null, step: bounds[2] ?? null, from: nodes[0]!.from, to: nodes.at(-1)!.to };
  }

  private parameters(list: Node | undefined): Parameter[] {
    if (!list) return [];
    const inner = this.sound(list).filter(({ name }) => name !== '(' && name !== ')');
    return this.separated(inner).flatMap((nodes) => {
      const [name] = nodes;
      const equals = nodes.findIndex((node) => node.name === 'AssignOp');
      const preset = equals < 0 ? undefined : nodes[equals + 1];
      return name?.name === 'VariableName' ? [{ name: this.textOf(name), preset: preset ? this.expression(preset) : null }] : [];
    });
  }

  /** One expression, or several with commas between: a tuple without brackets. */
  private list(nodes: readonly Node[], parent: Node): Expression {
    const [first] = nodes;
    if (!first) return this.broken(parent);
    if (!nodes.some(({ name }) => name === ',')) return this.only(nodes, parent);
    return { kind: 'tuple', items: this.separated(nodes).map((item) => this.only(item, parent)), from: first.from, to: nodes.at(-1)!.to };
  }

  private only(nodes: readonly Node[], parent: Node): Expression {
    const [node] = nodes;
    return node && nodes.length === 1 ? this.expression(node) : this.broken(parent);
  }

  /** The children between the commas. */
  private separated(nodes: readonly Node[]): Node[][] {
    const parts: Node[][] = [[]];
    for (const node of nodes) {
      if (node.name === ',') parts.push([]);
      else parts.at(-1)!.push(node);
    }
    return parts.filter((part) => part.length > 0);
  }

  private split(node: Node, mark: string): Node[][] {
    const parts: Node[][] = [[]];
    for (const child of this.sound(node)) {
      if (child.name === mark) parts.push([]);
      // an annotation, `dA: np.ndarray = …`
      else if (child.name !== 'TypeDef') parts.at(-1)!.push(child);
    }
    return parts;
  }

  /** The children, none of which the grammar had to guess. */
  private sound(node: Node): Node[] {
    const list = children(node);
    const error = list.find(({ type }) => type.isError);
    return error ? this.broken(error) : list;
  }

  private textOf(node: Node): string {
    return this.source.slice(node.from, node.to);
  }

  private broken(node: Node): never {
    const refused = REFUSED[node.name];
    if (refused !== undefined) {
      throw new FormulaError('unsupported', `This has ${refused}, which the check does not read.`, 'Paste only the line or lines that compute the gradient, written for whole arrays.', rangeOf(node));
    }
    throw brokenSyntax(this.text, rangeOf(node));
  }
}
