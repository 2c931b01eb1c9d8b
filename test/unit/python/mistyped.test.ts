// A layer alone whose names mislead: its weights are mistyped, and what hands the derivative down is called a loss.

import { bindsEach, pythonChecks } from './support';

const source = `import numpy as np


class DenseLayer:
    def __init__(self, inputs, units, activation_function='none'):
        self.activation_function = activation_function
        self.weigth_matrix = np.random.uniform(low=-1, high=1, size=(inputs, units))
        self.bias = np.zeros((1, units))

    def forward_pass(self, input):
        self.input = input
        self.z = np.dot(self.input, self.weigth_matrix) + self.bias
        if self.activation_function == 'tanh':
            self.a = np.tanh(self.z)
            return self.a
        if self.activation_function == 'sigmoid':
            self.a = 1 / (1 + np.exp(-self.z))
            return self.a
        return self.z

    def backward_pass(self, dl_da, learning_rate):
        dl_dz = self.activation_loss(dl_da)
        dl_dw = np.dot(self.input.T, dl_dz)
        dl_db = np.sum(dl_dz, axis=0)
        dl_dx = np.dot(dl_dz, self.weigth_matrix.T)
        self.weigth_matrix -= learning_rate * dl_dw
        self.bias -= learning_rate * dl_db
        return dl_dx

    def activation_loss(self, dl_da):
        if self.activation_function == 'tanh':
            return dl_da * (1 - np.square(self.a))
        if self.activation_function == 'sigmoid':
            return dl_da * self.a * (1 - self.a)
        return dl_da
`;

describe('A layer whose names mislead', function () {
  this.timeout(60_000);
  bindsEach([{ what: 'weights that are mistyped, beside a derivative that is called a loss', source, mistake: ['np.dot(dl_dz, self.weigth_matrix.T)', 'np.dot(np.abs(dl_dz), self.weigth_matrix.T)'] }], pythonChecks());
});
