// Samples that a constructor reads from a file which is not here, and parameters that an initializer reads from one.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = (tanh: string): string => `import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


class NeuralNet:
    def __init__(self, train, part, h1=4):
        raw = pd.read_csv(train, header=None)
        table = self.preprocess(raw)
        columns, rows = len(table.columns), len(table.index)
        self.X = table.iloc[:, 0:(columns - 1)].values.reshape(rows, columns - 1)
        self.y = table.iloc[:, (columns - 1)].values.reshape(rows, 1)
        self.X_train, self.X_test, self.y_train, self.y_test = train_test_split(self.X, self.y, test_size=part)
        self.w01 = 2 * np.random.random((len(self.X[0]), h1)) - 1
        self.w12 = 2 * np.random.random((h1, len(self.y[0]))) - 1

    def __activation(self, x, activation="sigmoid"):
        if activation == "sigmoid":
            return self.__sigmoid(x)
        elif activation == "tanh":
            return self.__tanh(x)

    def __sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def __sigmoid_derivative(self, x):
        return x * (1 - x)

    def __tanh(self, x):
        return np.tanh(x)

    def __tanh_derivative(self, x):
        return ${tanh}

    def preprocess(self, df):
        for col in df:
            if df[col].dtype == 'object':
                df[col] = df[col].astype('category').cat.codes.astype('int64')
        filled = SimpleImputer(missing_values=np.nan, strategy='mean').fit_transform(df.values)
        return pd.DataFrame(StandardScaler().fit(filled).transform(filled))

    def train(self, activation="sigmoid", max_iterations=1000, learning_rate=0.05):
        for iteration in range(max_iterations):
            out = self.forward_pass(self.X_train, activation)
            error = 0.5 * np.power((out - self.y_train), 2)
            self.backward_pass(out, activation)
            step12 = learning_rate * self.X12.T.dot(self.delta_out)
            step01 = learning_rate * self.X_train.T.dot(self.delta12)
            self.w12 = self.w12 + step12
            self.w01 = self.w01 + step01
        print("the total error is " + str(np.sum(error)))

    def forward_pass(self, input, activation="sigmoid"):
        self.X12 = self.__activation(np.dot(input, self.w01), activation)
        return self.__activation(np.dot(self.X12, self.w12), activation)

    def backward_pass(self, out, activation="sigmoid"):
        if activation == "sigmoid":
            self.delta_out = (self.y_train - out) * self.__sigmoid_derivative(out)
            self.delta12 = self.delta_out.dot(self.w12.T) * self.__sigmoid_derivative(self.X12)
        elif activation == "tanh":
            self.delta_out = (self.y_train - out) * self.__tanh_derivative(out)
            self.delta12 = self.delta_out.dot(self.w12.T) * self.__tanh_derivative(self.X12)


if __name__ == "__main__":
    network = NeuralNet("breast-cancer.csv", 0.1)
    network.train("sigmoid", 2000, 0.05)
`;

const kept = `import h5py
import numpy as np


def initialize_parameters(layer_dims):
    parameters = {}
    with h5py.File("parameters.h5", "r") as file:
        for l in range(2):
            parameters["W" + str(l + 1)] = file["W" + str(l + 1)][:]
            parameters["b" + str(l + 1)] = file["b" + str(l + 1)][:]
    return parameters


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    A2 = 1 / (1 + np.exp(-(np.dot(parameters["W2"], A1) + parameters["b2"])))
    return A2, {"A1": A1, "A2": A2}


def compute_cost(A2, Y):
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - cache["A1"] ** 2)
    return {"dW2": np.dot(dZ2, cache["A1"].T) / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
            "dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m}
`;

describe('python: what a file would give that is not here', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is our samples for a constructor that reads a table', async () => {
    const right = await check(network('1 - x ** 2'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = network('1 - np.tanh(x) ** 2');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    // the derivatives of the other branches want what comes out, as this one is given
    assert.equal(result.findings[0]?.line, lineOf(wrong, '1 - np.tanh(x)'));
  });

  it('is parameters of ours where an initializer reads them', async () => {
    const right = await check(kept);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = kept.replace("(1 - cache[\"A1\"] ** 2)", '(1 - cache["A1"])');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(wrong, 'dZ1 = '));
  });
});
