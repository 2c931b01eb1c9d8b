// All that the module exports; ../instance.ts types it for TypeScript.

export { allocate, createNet, describeLayer, entriesOf, gradientsOf, layOut, outputsOf, parametersOf, pointsOf, rowsOf, XOf, YOf } from './create';
export { lookAt } from './outputs';
export { evaluate, help, perturb, stop } from './threads';
export { adam, momentum, rmsprop, sgd } from './update';
