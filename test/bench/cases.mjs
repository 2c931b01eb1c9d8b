// What is measured: nets and samples, the same for all. Hidden layers are ReLU, the output is linear, the loss MSE.

export const steps = [
  { name: 'S', units: [1, 16, 1], samples: 20 },
  { name: 'M', units: [8, 64, 64, 1], samples: 10_000 },
  { name: 'L', units: [32, 256, 256, 1], samples: 100_000 },
];

/** Hidden layers are tanh, as in torch's own tests. */
export const checks = [
  { name: '1-16-1', units: [1, 16, 1], samples: 20 },
  { name: '8-32-32-1', units: [8, 32, 32, 1], samples: 1000 },
];

/** Who takes part in what. `float` is what a peer computes in; one with `python` needs it and the module. */
export const peers = [
  { name: 'NumPy', float: 64, python: 'numpy', cases: 'SML', threads: [1, 2] },
  { name: 'PyTorch', float: 64, python: 'torch', cases: 'SML', threads: [1, 2] },
  { name: 'PyTorch', float: 32, python: 'torch', cases: 'SML', threads: [1, 2] },
  { name: 'scikit-learn', float: 64, python: 'sklearn', cases: 'SML', threads: [1, 2] },
  { name: 'TensorFlow.js wasm', float: 32, script: 'tfjs.mjs', backend: 'wasm', cases: 'SML' },
  { name: 'TensorFlow.js cpu', float: 32, script: 'tfjs.mjs', backend: 'cpu', cases: 'SM' },
  { name: 'brain.js', float: 32, script: 'brain.mjs', cases: 'S' },
];
