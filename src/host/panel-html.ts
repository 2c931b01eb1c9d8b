// The page of the panel: no inline script, no inline style, nothing from the network.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** `name`: of the panel's script and style in dist/. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name = 'panel'): string {
  const asset = (ending: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', `${name}.${ending}`)).toString();
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; img-src ${webview.cspSource} data:">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${asset('css')}">
    <title>Gradient Debugger</title>
  </head>
  <body>
    <main id="app"></main>
    <script nonce="${nonce}" src="${asset('js')}"></script>
  </body>
</html>`;
}
