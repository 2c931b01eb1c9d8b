// brain.js: one pass over all samples (it updates after each of them, which is its only way), timed.
import brain from 'brain.js';
import { timed } from './timed.mjs';

const { units, samples, seconds } = JSON.parse(process.argv[2]);
const net = new brain.NeuralNetwork({ hiddenLayers: units.slice(1, -1), activation: 'relu', learningRate: 1e-3 });
const data = Array.from({ length: samples }, () => ({ input: Array.from({ length: units[0] }, Math.random), output: Array.from({ length: units.at(-1) }, Math.random) }));
net.train(data, { iterations: 1 });
const step = () => {
  for (const { input, output } of data) net.trainPattern(input, output);
};
step.call(net);
console.log(JSON.stringify({ ms: timed(step, seconds) }));
