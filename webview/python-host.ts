// The way from the Python panel to the extension host.

import type { FromPythonPanel, PythonRestoreToken } from '../src/protocol';

interface PythonViewState {
  readonly restore?: PythonRestoreToken;
  readonly scroll?: number;
}

interface VSCodeApi {
  postMessage(message: FromPythonPanel): void;
  getState(): PythonViewState | undefined;
  setState(state: PythonViewState): void;
}

declare function acquireVsCodeApi(): VSCodeApi;

const api = acquireVsCodeApi();

export function post(message: FromPythonPanel): void {
  api.postMessage(message);
}

export function recall(): PythonViewState {
  return api.getState() ?? {};
}

export function remember(change: PythonViewState): void {
  api.setState({ ...recall(), ...change });
}
