// The core against reference values that PyTorch computed: every derivative, and ten optimizer steps.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../../../src/core/engine';
import { checkGradients } from '../../../src/core/gradient-check';
import { matrixFromRows, toRows } from '../../../src/core/matrix';
import { backward, createPass, forward, losses, type Network } from '../../../src/core/network';
import { createParameters, unitsOf, type Parameters } from '../../../src/core/parameters';

const folder = join(process.cwd(), 'test/fixtures/golden');

function assertClose(actual: unknown, expected: unknown, relative: number, what: string): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual) && actual.length === expected.length, `${what}: length`);
    expected.forEach((value, i) => assertClose(actual[i], value, relative, `${what}[${i}]`));
    return;
  }
  const a = actual as number;
  const e = expected as number;
  assert.ok(Math.abs(a - e) <= Math.max(1e-12, relative * Math.abs(e)), `${what}: ${a} instead of ${e}`);
}

function read(parameters: readonly { W: number[][]; b: number[] }[]): Parameters {
  const result = createParameters([parameters[0]!.W[0]!.length, ...parameters.map((layer) => layer.b.length)]);
  parameters.forEach((layer, k) => {
    result.layers[k]!.W.data.set(layer.W.flat());
    result.layers[k]!.b.set(layer.b);
  });
  return result;
}

const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('golden values', () => {
  it('are all there', () => assert.equal(names.length, 25));

  for (const name of names) {
    const golden = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const network: Network = { activations: golden.layers.map((layer: { activation: string }) => layer.activation), loss: golden.loss, l2: golden.l2 };
    const X = matrixFromRows(golden.X);
    const Y = matrixFromRows(golden.Y);

    it(`${name}: forward and backward to 1e-9`, () => {
      const parameters = read(golden.parameters);
      const pass = createPass(parameters, X.rows);
      forward(network, parameters, X, pass);
      losses(network, pass, Y);
      backward(network, parameters, pass, Y, createParameters(unitsOf(parameters)));
      const { expected } = golden;
      assertClose(pass.Z.map(toRows), expected.Z, 1e-9, 'Z');
      assertClose(pass.A.slice(1).map(toRows), expected.A, 1e-9, 'A');
      assertClose(Array.from(pass.losses), expected.loss, 1e-9, 'loss');
      assertClose(toRows(pass.dA.at(-1)!), expected.dAL, 1e-9, 'dAL');
      assertClose(pass.dZ.map(toRows), expected.dZ, 1e-9, 'dZ');
    });

    for (const kind of ['kernels', 'typescript'] as const) it(`${name}: cost and gradients to 1e-9, ten steps to 1e-7, on ${kind}`, () => {
      const engine = createEngine(network, read(golden.parameters), X, Y, { kind });
      assert.equal(engine.kind, kind);
      const { expected } = golden;
      assertClose(engine.costAndGradients(null), expected.cost, 1e-9, 'cost');
      engine.gradients.layers.forEach((layer, k) => {
        assertClose(toRows(layer.W), expected.gradients[k].dW, 1e-9, `dW[${k + 1}]`);
        assertClose(Array.from(layer.b), expected.gradients[k].db, 1e-9, `db[${k + 1}]`);
      });
      const update = engine.createUpdate(golden.training.optimizer);
      const costs = [];
      for (let step = 0; step < golden.training.steps; step++) {
        costs.push(engine.costAndGradients(null));
        update(golden.training.optimizer.learningRate);
      }
      assertClose(costs, golden.training.costs, 1e-7, 'costs');
      engine.parameters.layers.forEach((layer, k) => {
        assertClose(toRows(layer.W), golden.training.parameters[k].W, 1e-7, `W[${k + 1}]`);
        assertClose(Array.from(layer.b), golden.training.parameters[k].b, 1e-7, `b[${k + 1}]`);
      });
    });

    it(`${name}: the gradient check agrees, or says why it cannot`, () => {
      const check = checkGradients(network, read(golden.parameters), X, Y, 1);
      for (const layer of check.layers) {
        assert.ok(['agrees', 'vacuous', 'only kinks'].includes(layer.verdict), JSON.stringify(layer));
      }
    });
  }
});
