// The way to the extension host, and what the panel remembers while it is hidden or the window reloads.

import type { FromPanel, RestoreToken } from '../src/protocol';

export interface ViewState {
  readonly restore?: RestoreToken;
  /** What a person chose to see of the report `id`. */
  readonly id?: string;
  readonly output?: number;
  readonly table?: unknown;
  /** Shown in the chain view. */
  readonly sample?: number | undefined;
  /** The tried remedy that is compared with the run. */
  readonly remedy?: string | undefined;
  /** Snapshot that is shown, if it is not the end. */
  readonly moment?: number | undefined;
  /** Keys of the disclosures that are open: see disclosure.ts. */
  readonly open?: readonly string[];
  readonly form?: unknown;
  readonly scroll?: number;
}

interface VSCodeApi {
  postMessage(message: FromPanel): void;
  getState(): ViewState | undefined;
  setState(state: ViewState): void;
}

declare function acquireVsCodeApi(): VSCodeApi;

const api = acquireVsCodeApi();

export function post(message: FromPanel): void {
  api.postMessage(message);
}

export function recall(): ViewState {
  return api.getState() ?? {};
}

export function remember(change: ViewState): void {
  api.setState({ ...recall(), ...change });
}
