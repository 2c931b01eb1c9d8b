import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/experiment/file';
import { experimentJsonSchema } from '../../../src/experiment/json-schema';
import { ProblemError, type Problem } from '../../../src/problem';

function problemOf(text: string): Problem {
  try {
    parseExperiment(text, 'a.gradient.json');
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.problem;
  }
  return assert.fail('no problem was found');
}

describe('experiment file', () => {
  it('needs nothing but data, and allows comments, trailing commas and a BOM', () => {
    const { experiment } = parseExperiment('\uFEFF{\n  // the parabola\n  "data": "quadratic.csv",\n}', 'a.gradient.json');
    assert.deepEqual(experiment, { data: 'quadratic.csv' });
  });

  it('fills in the constants of an optimizer', () => {
    const { experiment } = parseExperiment('{"data": "a.csv", "optimizer": {"name": "adam", "learningRate": 0.01}}', 'a.gradient.json');
    assert.deepEqual(experiment.optimizer, { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  });

  it('knows the line of any part', () => {
    const file = parseExperiment('{\n"data": "a.csv",\n"layers": [\n{"units": 3, "activation": "relu"},\n{"units": 1,\n"activation": "relu"}\n]\n}', 'f');
    assert.equal(file.lineOf(['layers', 1, 'activation']), 6);
    assert.equal(file.lineOf(['layers', 0]), 4);
    assert.equal(file.lineOf(['loss']), 1);
  });

  const mistakes: [name: string, text: string, line: number, says: RegExp][] = [
    ['an empty file', '', 1, /empty/],
    ['no JSON', '{\n"data": "a.csv"\n"seed": 1}', 3, /comma expected/],
    ['a wrong key', '{\n"data": "a.csv",\n"learning_rate": 1}', 3, /no key "learning_rate"/],
    ['a mistyped key', '{\n"data": "a.csv",\n"iteration": 1}', 3, /Did you mean "iterations"/],
    ['a mistyped key of a layer', '{"data": "a.csv",\n"layers": [\n{"unit": 3, "activation": "relu"}]}', 3, /"layers\[0\].*|"unit"/],
    ['an unknown activation', '{"data": "a.csv",\n"layers": [\n{"units": 3,\n"activation": "rellu"}]}', 4, /"layers\[0\]\.activation" is not one of.*leaky-relu/],
    ['an unknown optimizer', '{"data": "a.csv",\n"optimizer": {\n"name": "adagrad", "learningRate": 1}}', 3, /Choose one of sgd, momentum, rmsprop, adam/],
    ['a wrong key of an optimizer', '{"data": "a.csv",\n"optimizer": {"name": "sgd", "learningRate": 1,\n"momentum": 0.9}}', 3, /no key "momentum"/],
    ['a negative learning rate', '{"data": "a.csv",\n"optimizer": {"name": "sgd",\n"learningRate": -1}}', 3, /learningRate.*>0/],
    ['missing data', '{\n"seed": 1}', 1, /"data" is missing/],
    ['data of a wrong kind', '{\n"data": 7}', 2, /"data" is neither/],
    ['text among inline numbers', '{"data": {"X": [[1],\n[2]], "Y": [[1],\n["two"]]}}', 3, /"data\.Y\[1\]\[0\]"/],
    ['a number that is none', '{"data": "a.csv",\n"l2": 1e999}', 2, /"l2"/],
    ['a fractional number of iterations', '{"data": "a.csv",\n"iterations": 1.5}', 2, /"iterations"/],
  ];
  for (const [name, text, line, says] of mistakes) {
    it(`tells ${name} with its line`, () => {
      const problem = problemOf(text);
      assert.equal(problem.line, line, problem.what);
      assert.match(`${problem.what} ${problem.todo}`, says);
      assert.equal(problem.file, 'a.gradient.json');
    });
  }

  it('has a JSON Schema with a description for every key', () => {
    const schema = experimentJsonSchema() as { properties: Record<string, { description?: string }>; anyOf: object[] };
    assert.deepEqual(schema.anyOf, [{ required: ['data'] }, { required: ['python'] }]);
    for (const [key, { description }] of Object.entries(schema.properties)) {
      if (key !== '$schema') assert.ok(description, `${key} has no description`);
    }
  });
});
