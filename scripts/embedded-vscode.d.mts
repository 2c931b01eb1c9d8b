// Types of embedded-vscode.mjs, for the tests.

/** A version of VS Code in the cache, and the Node that its server needs. */
export interface Embedded {
  readonly vscode: string;
  readonly node: string;
}

export interface Folders {
  readonly dataDir: string;
  readonly extensionsDir: string;
}

export interface Server {
  /** Without a slash at its end. */
  readonly origin: string;
  readonly port: number;
  stop(): void;
}

export const NEWEST: string;
export const FLOOR: string;
export const QUIET_SETTINGS: Readonly<Record<string, unknown>>;

export function installEmbedded(version: string): Promise<Embedded>;
export function installExtension(embedded: Embedded, options: Folders & { readonly vsix: string }): Promise<void>;
export function startServer(
  embedded: Embedded,
  options: Folders & { readonly settings?: Readonly<Record<string, unknown>>; readonly token?: string | null; readonly port?: number; readonly smokeTest?: boolean },
): Promise<Server>;
