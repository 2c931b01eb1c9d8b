// The formulas that findings refer to, in TeX, in the letters of the course.

export interface Formula {
  readonly tex: string;
  /** The same in words, for those who do not see it. */
  readonly says: string;
}

export const formulas = {
  'relu-output': {
    tex: "A^{[L]} = \\max(0, Z^{[L]}), \\quad dZ^{[L]} = dA^{[L]} * g'(Z^{[L]}), \\quad g'(Z) = 0 \\text{ for } Z \\le 0",
    says: 'dZ[L] = dAL times the derivative of the activation, and that of ReLU is 0 wherever Z is not positive.',
  },
  'chain-through-layers': {
    tex: "dZ^{[l]} = \\left(W^{[l+1]T} dZ^{[l+1]}\\right) * g'(Z^{[l]})",
    says: 'Each layer multiplies what comes from above with its W and with the derivative of its activation.',
  },
  'activation-derivative': {
    tex: "dZ^{[l]} = dA^{[l]} * g'(Z^{[l]}), \\quad \\sigma' = A(1 - A) \\le \\tfrac14, \\quad \\tanh' = 1 - A^2",
    says: 'The derivative of sigmoid is A (1 - A), that of tanh 1 - A²: both are nearly 0 where A is at an end of its range.',
  },
  'weight-gradient': {
    tex: 'dW^{[l]} = \\tfrac1m\\, dZ^{[l]} A^{[l-1]T}',
    says: 'dW[l] is dZ[l] times the activations of the layer below, over m: equal inputs give equal gradients, large inputs large ones.',
  },
  update: {
    tex: 'W^{[l]} \\mathrel{\\text{:=}} W^{[l]} - \\alpha\\, dW^{[l]}',
    says: 'Each update takes the learning rate times the gradient away.',
  },
  'cross-entropy': {
    tex: '\\mathcal{L} = -\\left(y \\log a + (1 - y) \\log(1 - a)\\right), \\quad 0 < a < 1',
    says: 'Cross-entropy takes the logarithm of a and of 1 - a, so every prediction has to lie between 0 and 1.',
  },
  mse: {
    tex: '\\mathcal{L} = \\tfrac12 (A^{[L]} - Y)^2, \\quad dA^{[L]} = A^{[L]} - Y',
    says: 'The squared error of a sample grows with the square of its distance, and dAL is that distance.',
  },
  l2: {
    tex: 'J = \\tfrac1m \\sum_{i} \\mathcal{L}^{(i)} + \\tfrac{\\lambda}{2m} \\sum_l \\lVert W^{[l]} \\rVert^2',
    says: 'The cost is the mean loss plus λ/(2m) times the sum of all squared weights.',
  },
  standardize: {
    tex: 'x \\mathrel{\\text{:=}} \\frac{x - \\mu}{\\sigma}',
    says: 'Standardizing takes the mean away and divides by the standard deviation.',
  },
  'gradient-check': {
    tex: "\\frac{\\partial J}{\\partial \\theta} \\approx \\frac{J(\\theta + \\varepsilon) - J(\\theta - \\varepsilon)}{2\\varepsilon}, \\quad \\frac{\\lVert a - n \\rVert_2}{\\lVert a \\rVert_2 + \\lVert n \\rVert_2}",
    says: 'A central difference of the cost against the analytic derivative, and their relative difference.',
  },
  'least-squares': {
    tex: '\\hat{c} = \\arg\\min_c \\lVert V c - y \\rVert_2^2, \\quad V = QR, \\quad R\\,\\hat{c} = Q^T y',
    says: 'A polynomial is fitted in one step by least squares, without any iteration.',
  },
} as const satisfies Record<string, Formula>;

export type FormulaName = keyof typeof formulas;
