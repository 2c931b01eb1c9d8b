// Everything that a formula can be checked as.

import type { TargetName } from '../finding';
import { dA_prev, db, dW } from './affine';
import { dAL } from './dal';
import { derivative, dZ } from './dz';
import type { Target } from './target';
import { b, W } from './update';

export const targets: Readonly<Record<TargetName, Target>> = { dAL, dZ, derivative, dW, db, dA_prev, W, b };
