// Networks of neurons, each a dictionary with its weights: the constructor only keeps the widths of the hidden layers, and another method makes the layers of them.

import { bindsEach, pythonChecks } from './support';

const neurons = `import math, random

class Net:
    def __init__(self, input_dim=None, output_dim=None, hidden_layers=None):
        if input_dim is None or output_dim is None or hidden_layers is None:
            raise Exception('all three are needed')
        self.input_dim, self.output_dim = input_dim, output_dim
        self.hidden_layers = hidden_layers
        self.layers = self.build()

    def build(self):
        if len(self.hidden_layers) == 0:
            return [self.layer(self.input_dim, self.output_dim)]
        layers = [self.layer(self.input_dim, self.hidden_layers[0])]
        for l in range(1, len(self.hidden_layers)):
            layers.append(self.layer(self.hidden_layers[l - 1], self.hidden_layers[l]))
        return layers + [self.layer(self.hidden_layers[-1], self.output_dim)]

    def layer(self, n_in, n_out):
        return [{'weights': [random.uniform(-1, 1) for _ in range(n_in)], 'out': None, 'delta': None} for _ in range(n_out)]

    def forward_pass(self, x):
        for layer in self.layers:
            for node in layer:
                node['out'] = 1 / (1 + math.exp(-sum(w * v for w, v in zip(node['weights'], x))))
            x = [node['out'] for node in layer]
        return x

    def backward_pass(self, target):
        for l in reversed(range(len(self.layers))):
            for j, node in enumerate(self.layers[l]):
                if l == len(self.layers) - 1:
                    error = node['out'] - target[j]
                else:
                    error = sum(above['weights'][j] * above['delta'] for above in self.layers[l + 1])
                node['delta'] = error * node['out'] * (1 - node['out'])

    def update_weights(self, x, eta):
        for l, layer in enumerate(self.layers):
            inputs = x if l == 0 else [node['out'] for node in self.layers[l - 1]]
            for node in layer:
                for j, v in enumerate(inputs):
                    node['weights'][j] -= eta * node['delta'] * v
`;

describe('Networks of neurons', function () {
  this.timeout(60_000);
  bindsEach([{ what: 'hidden layers that another method than the constructor reads', source: neurons, mistake: ["above['weights'][j] * above['delta']", "above['delta']"] }], pythonChecks());
});
