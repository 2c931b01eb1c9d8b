// The page of a panel: no inline script, no inline style, nothing from the network.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** A page that its script fills. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name = 'panel'): string {
  return pageHtml(webview, extensionUri, name, 'Gradient Debugger', '<main id="app"></main>');
}

/** `name`: of its script and style in dist/. Title and body are HTML. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name: string, title: string, body: string): string {
  const asset = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', file)).toString();
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; img-src ${webview.cspSource} data:">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${asset(`${name}.css`)}">
    <title>${title}</title>
  </head>
  <body>
    ${body}
    <script nonce="${nonce}" src="${asset(`${name}.js`)}"></script>
  </body>
</html>`;
}
