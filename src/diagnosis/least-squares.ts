// Linear least squares by QR: columns made orthogonal one after the other (modified Gram-Schmidt, twice, which is
// as accurate as Householder's; Giraud et al., 2005). Columns that depend on others get the coefficient 0.

/** A column counts as dependent when so little of it is left. */
const DEPENDENT = 1e-10;

/**
 * Coefficients c that make the sum of `columns` times c closest to each of `targets`: one array a target.
 * All columns and targets have the same length.
 */
export function leastSquares(columns: readonly Float64Array[], targets: readonly Float64Array[]): Float64Array[] {
  const q: Float64Array[] = [];
  const kept: number[] = [];
  /** r[k] holds the shares of the kept columns 0 … k in the k-th kept one. */
  const r: Float64Array[] = [];
  columns.forEach((column, j) => {
    const rest = column.slice();
    const shares = new Float64Array(q.length + 1);
    const before = norm(rest);
    for (let round = 0; round < 2; round++) {
      q.forEach((unit, k) => {
        const share = dot(unit, rest);
        shares[k]! += share;
        for (let i = 0; i < rest.length; i++) rest[i]! -= share * unit[i]!;
      });
    }
    const left = norm(rest);
    if (!(left > DEPENDENT * before)) return;
    shares[q.length] = left;
    for (let i = 0; i < rest.length; i++) rest[i]! /= left;
    q.push(rest);
    r.push(shares);
    kept.push(j);
  });

  return targets.map((target) => {
    const rest = target.slice();
    const onto = q.map((unit) => {
      const share = dot(unit, rest);
      for (let i = 0; i < rest.length; i++) rest[i]! -= share * unit[i]!;
      return share;
    });
    const coefficients = new Float64Array(columns.length);
    for (let k = q.length - 1; k >= 0; k--) {
      let value = onto[k]!;
      for (let later = k + 1; later < q.length; later++) value -= r[later]![k]! * coefficients[kept[later]!]!;
      coefficients[kept[k]!] = value / r[k]![k]!;
    }
    return coefficients;
  });
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  return sum;
}

function norm(values: Float64Array): number {
  return Math.sqrt(dot(values, values));
}
