// Perturbed losses on the WebAssembly kernels.

import type { Matrix } from '../matrix';
import type { Network } from '../network';
import type { Parameters } from '../parameters';
import type { Difference, Perturbation } from '../perturbation';
import { layOut, type StartHelper } from './engine';
import { instantiate } from './instance';

/** Entries that go through at a time. */
const MOST = 4096;
/** A share goes forward once by itself, so it should have some entries; each of them is summed alone, so shares change no bit. */
const ENTRIES_OF_SHARE = 16;
const MOST_SHARES = 64;
/** Entries times samples from which a second thread is worth waking. */
const WORK_FOR_HELP = 20_000;
/** Float64s of an `Entry` record of assembly/net.ts: l and i, j and kink, step, sum, size. */
const RECORD = 5;

/** Null where the kernels cannot run. The network gets a memory of its own, so nothing else is touched. */
export function createKernelPerturbation(network: Network, parameters: Parameters, X: Matrix, Y: Matrix, startHelper?: StartHelper): Perturbation | null {
  const instance = instantiate();
  if (!instance) return null;
  const { exports, memory } = instance;
  const net = layOut(instance, network, parameters, X.rows, startHelper ? 2 : 1, MOST);
  const numbers = (address: number, length: number): Float64Array => new Float64Array(memory.buffer, address, length);
  numbers(exports.parametersOf(net), parameters.flat.length).set(parameters.flat);
  numbers(exports.XOf(net), X.data.length).set(X.data);
  numbers(exports.YOf(net), Y.data.length).set(Y.data);
  const records = numbers(exports.entriesOf(net), MOST * RECORD);
  const places = new Int32Array(memory.buffer, exports.entriesOf(net), 2 * MOST * RECORD);
  let mayHelp = startHelper !== undefined;
  const points = numbers(exports.pointsOf(net), 8);

  return {
    differences(entries, steps, stencil, ignoreKinks = false) {
      points.set(stencil.flat());
      const results: Difference[] = [];
      for (let first = 0; first < entries.length; first += MOST) {
        const part = entries.slice(first, first + MOST);
        part.forEach(({ l, i, j }, e) => {
          places.set([l, i, j ?? -1, 0], 2 * RECORD * e);
          records.set([steps[first + e]!, 0, 0], RECORD * e + 2);
        });
        const shares = Math.min(MOST_SHARES, Math.ceil(part.length / ENTRIES_OF_SHARE));
        if (mayHelp && part.length * X.rows > WORK_FOR_HELP) {
          mayHelp = false;
          startHelper!({ module: instance.module, memory, net, thread: 1 });
        }
        exports.perturb(net, part.length, stencil.length, ignoreKinks, X.rows, shares);
        part.forEach((_, e) => results.push({ kink: places[2 * RECORD * e + 3] === 1, sum: records[RECORD * e + 3]!, size: records[RECORD * e + 4]! }));
      }
      return results;
    },
    dispose: () => exports.stop(net),
  };
}
