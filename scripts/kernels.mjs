// Compiles the WebAssembly kernels, AssemblyScript in src/core/kernels/assembly, to kernels.wasm beside it.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const KERNELS = join(ROOT, 'src', 'core', 'kernels');
const ASSEMBLY = join(KERNELS, 'assembly');
const WASM = join(KERNELS, 'kernels.wasm');

/** Nothing to do while the result is newer than its sources and this file. */
export async function compileKernels() {
  const sources = readdirSync(ASSEMBLY).map((name) => join(ASSEMBLY, name));
  const newest = Math.max(...[...sources, import.meta.filename].map((path) => statSync(path).mtimeMs));
  if (existsSync(WASM) && statSync(WASM).mtimeMs > newest) return;
  const { default: asc } = await import('assemblyscript/asc');
  const { error, stderr } = await asc.main([
    join(ASSEMBLY, 'index.ts'),
    ...['--outFile', WASM, '-O3', '--noAssert', '--runtime', 'stub'],
    // one memory that all threads share, 4 GiB at most
    ...['--enable', 'simd', '--enable', 'threads', '--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  ]);
  if (error) throw new Error(`The kernels do not compile:\n${stderr.toString()}`);
}
