// Units that a script keeps under names of its own, beside arrays that each step fills anew: those are no parameters.

import { bindsEach, pythonChecks } from './support';

const units = `import numpy as np

x_train = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]])
y_train = np.array([0, 1, 1, 0])
unit_1 = np.random.uniform(-1, 1, 3)
unit_2 = np.random.uniform(-1, 1, 3)
unit_3 = np.random.uniform(-1, 1, 3)
given = np.zeros(3)
err = np.zeros(3)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(i):
    given[0] = sigmoid(np.dot(x_train[i], unit_1))
    given[1] = sigmoid(np.dot(x_train[i], unit_2))
    given[2] = sigmoid(unit_3[0] + np.dot(unit_3[1:3], given[0:2]))


def back(y, i):
    global unit_1, unit_2, unit_3
    err[2] = (given[2] - y) * given[2] * (1 - given[2])
    err[1] = err[2] * unit_3[2] * given[1] * (1 - given[1])
    err[0] = err[2] * unit_3[1] * given[0] * (1 - given[0])
    unit_3 = unit_3 - 0.5 * err[2] * np.append(1, given[0:2])
    unit_2 = unit_2 - 0.5 * err[1] * x_train[i]
    unit_1 = unit_1 - 0.5 * err[0] * x_train[i]


for epoch in range(1000):
    for i in range(len(x_train)):
        forward(i)
        back(y_train[i], i)
`;

describe('Arrays that a step fills whatever they held', function () {
  this.timeout(60_000);
  bindsEach([{ what: 'units beside what they give', source: units, mistake: ['unit_3[2] * given[1] * (1 - given[1])', 'unit_3[2] * given[1]'] }], pythonChecks());
});
