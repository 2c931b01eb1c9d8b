// Functions and notebooks with habits of their own, all correct: what habits.test.ts binds.

/** A notebook's JSON with one code cell for each text. */
export const notebook = (...cells: readonly string[]): string => JSON.stringify({ cells: cells.map((source) => ({ cell_type: 'code', source })) });

export const sigmoid = `def sigmoid(z):
    return 1 / (1 + np.exp(-z))
`;

export const firstCells = [`import numpy as np

${sigmoid}
def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = sigmoid(parameters["W2"] @ A1 + parameters["b2"])
    return A2, {"A1": A1, "A2": A2}`, `def cost(A2, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m`] as const;

export const indentedCell = `  def backward(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m, "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}`;

/** A cost that nothing calls, with a part that it calls itself, beside a gradient of the unrolled weights. */
export const unrolled = `import numpy as np

${sigmoid}
def unroll(nn_params, input_layer_size, hidden_layer_size, num_labels):
    split = hidden_layer_size * (input_layer_size + 1)
    return nn_params[:split].reshape(hidden_layer_size, input_layer_size + 1), nn_params[split:].reshape(num_labels, hidden_layer_size + 1)

def feed_forward(theta1, theta2, X):
    a1 = np.c_[np.ones(len(X)), X]
    a2 = np.c_[np.ones(len(X)), sigmoid(a1 @ theta1.T)]
    return a1, a2, sigmoid(a2 @ theta2.T)

def nn_cost(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lmd):
    theta1, theta2 = unroll(nn_params, input_layer_size, hidden_layer_size, num_labels)
    h = feed_forward(theta1, theta2, X)[-1]
    ys = np.eye(num_labels)[y]
    return -np.sum(ys * np.log(h) + (1 - ys) * np.log(1 - h)) / y.size + nn_cost_reg(theta1, theta2, y.size, lmd)

def nn_cost_reg(theta1, theta2, m, lmd):
    return lmd * (np.sum(theta1[:, 1:] ** 2) + np.sum(theta2[:, 1:] ** 2)) / m / 2

def nn_gradient(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lmd):
    theta1, theta2 = unroll(nn_params, input_layer_size, hidden_layer_size, num_labels)
    a1, a2, h = feed_forward(theta1, theta2, X)
    d3 = h - np.eye(num_labels)[y]
    d2 = (d3 @ theta2 * a2 * (1 - a2))[:, 1:]
    grad1, grad2 = d2.T @ a1 / y.size, d3.T @ a2 / y.size
    grad1[:, 1:] += lmd * theta1[:, 1:] / y.size
    grad2[:, 1:] += lmd * theta2[:, 1:] / y.size
    return np.concatenate([grad1.ravel(), grad2.ravel()])
`;

/** Cost and gradients of one sample in an inner tuple, and a forward pass that only decides. */
export const innerTuple = `import numpy as np

n_in, n_hidden, n_out = 10, 10, 10

${sigmoid}
def train(x, t, V, W, bv, bw):
    A = np.dot(x, V) + bv
    Z = np.tanh(A)
    Y = sigmoid(np.dot(Z, W) + bw)
    Ew = Y - t
    Ev = (1 - np.tanh(A) ** 2) * np.dot(W, Ew)
    loss = -np.sum(t * np.log(Y) + (1 - t) * np.log(1 - Y))
    dV, dW = np.outer(x, Ev), np.outer(Z, Ew)
    return loss, (dV, dW, Ev, Ew)

def predict(x, V, W, bv, bw):
    return (sigmoid(np.dot(np.tanh(np.dot(x, V) + bv), W) + bw) > 0.5).astype(int)

V = np.random.normal(scale=0.1, size=(n_in, n_hidden))
W = np.random.normal(scale=0.1, size=(n_hidden, n_out))
bv = np.zeros(n_hidden)
bw = np.zeros(n_out)
`;
