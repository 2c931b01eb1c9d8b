// The build compiles assembly/ to kernels.wasm, and the bundler puts its bytes into the bundle.

declare module '*.wasm' {
  const bytes: Uint8Array;
  export default bytes;
}
