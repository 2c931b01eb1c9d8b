// TensorFlow.js: one full-batch step, timed.
import * as tf from '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { timed } from './timed.mjs';

const { units, samples, backend, seconds } = JSON.parse(process.argv[2]);
if (backend === 'wasm') {
  const require = createRequire(import.meta.url);
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/wasm-out/`);
}
await tf.setBackend(backend);
await tf.ready();

const layers = units.slice(1).map((n, l) => ({ W: tf.variable(tf.randomNormal([units[l], n], 0, Math.sqrt(2 / units[l]))), b: tf.variable(tf.zeros([n])) }));
const X = tf.randomNormal([samples, units[0]]);
const Y = tf.randomNormal([samples, units.at(-1)]);
const optimizer = tf.train.sgd(1e-3);
const variables = layers.flatMap(({ W, b }) => [W, b]);
const cost = () => {
  const A = layers.reduce((below, { W, b }, l) => {
    const Z = below.matMul(W).add(b);
    return l < layers.length - 1 ? Z.relu() : Z;
  }, X);
  return A.sub(Y).square().mul(0.5).sum(1).mean();
};
// reading one number waits for the step to be done
const step = () => tf.tidy(() => void optimizer.minimize(cost, true, variables).dataSync());
console.log(JSON.stringify({ ms: timed(step, seconds), version: tf.version.tfjs, backend: tf.getBackend() }));
