// The person's own names for the values of the pass, so that messages and the right formula speak their language.

import { layerName, type Role } from './names';

export interface Naming {
  (role: Role): string;
  /** Whether the person's text uses a name of this role. */
  readonly uses: (role: Role) => boolean;
}

/**
 * `used`: the names in the person's text, `roleOf` what each stands for. `target`: the name on the left side, `dZ2`, whose letter case and
 * number the names that the text does not have take over. `layer`: the number of the checked layer.
 */
export function createNaming(used: readonly string[], roleOf: (name: string) => Role | null, target: string | null, layer: number | null): Naming {
  const known = new Map<Role, string>();
  for (const name of used) {
    const role = roleOf(name);
    if (role && !known.has(role)) known.set(role, name);
  }
  const sample = (target !== null && /[AZW]$/.test(layerName(target)?.base ?? '') ? target : null) ?? [...known.values()].find((name) => /^d?[AZW]/i.test(name)) ?? 'dZ';
  const lower = /^d?[a-z]/.test(sample) && !/[A-Z]/.test(sample);
  const underscore = /_\d/.test(sample) ? '_' : '';
  const output = /^d?A_?L$/i.test(sample);

  const written = (role: Role): string => {
    const parts = /^(d?)([AZWb])(?:_(prev|next))?$/.exec(role);
    if (!parts) return role;
    const [, d, letter, where] = parts;
    const letters = `${d!}${lower ? letter!.toLowerCase() : letter!}`;
    if (layer === null) return where ? `${letters}_${where}` : output && letter === 'A' ? `${letters}L` : letters;
    const number = layer + (where === 'prev' ? -1 : where === 'next' ? 1 : 0);
    return number === 0 && letter === 'A' && d === '' ? 'X' : `${letters}${underscore}${number}`;
  };
  return Object.assign((role: Role) => known.get(role) ?? written(role), { uses: (role: Role) => known.has(role) });
}
