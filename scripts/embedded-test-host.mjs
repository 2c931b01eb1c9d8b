#!/usr/bin/env node
// Stands in for the `code` executable where VS Code cannot be downloaded: reads the arguments that
// @vscode/test-electron passes, runs the tests in the extension host of the embedded VS Code, and ends
// with their exit code. The version is in GRADIENT_DEBUGGER_VSCODE.
import { mkdtempSync, readFileSync, rmSync, existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installEmbedded, NEWEST, startServer } from './embedded-vscode.mjs';
import { launchBrowser } from './browser.mjs';

const words = process.argv.slice(2);
const argument = (name) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const folder = words.find((word) => !word.startsWith('--'));
const extension = argument('extensionDevelopmentPath');
const tests = argument('extensionTestsPath');

const scratch = mkdtempSync(join(tmpdir(), 'gradient-debugger-host-'));
const mark = join(scratch, 'finished');
const output = join(scratch, 'output.txt');
writeFileSync(output, '');
const wrapper = join(scratch, 'tests.js');
// The workbench reports exit code 0 even when the extension host dies, so a finished run leaves a mark.
// Its console is the workbench's too, so the tests' output goes to a file of its own.
writeFileSync(
  wrapper,
  `const fs = require('fs');
const { format } = require('util');
const write = (...words) => fs.appendFileSync(${JSON.stringify(output)}, format(...words) + '\\n');
Object.defineProperty(globalThis, 'console', { value: { ...console, log: write, info: write, warn: write, error: write, debug: write } });
exports.run = async () => {
  try {
    await require(${JSON.stringify(tests)}).run();
  } finally {
    fs.writeFileSync(${JSON.stringify(mark)}, '');
  }
};`,
);

const server = await startServer(await installEmbedded(process.env.GRADIENT_DEBUGGER_VSCODE ?? NEWEST), {
  dataDir: join(scratch, 'data'),
  extensionsDir: join(scratch, 'extensions'),
  smokeTest: true,
});
const browser = await launchBrowser();
let shown = 0;
const follow = () => {
  const text = readFileSync(output, 'utf8');
  process.stdout.write(text.slice(shown));
  shown = text.length;
};
const following = setInterval(follow, 200);

let code = 1;
try {
  const page = await browser.newPage();
  const finished = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', () => undefined);
  const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(wrapper)],
  ];
  await page.goto(`${server.origin}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  code = await finished;
  if (code === 0 && !existsSync(mark)) {
    console.error('The extension host ended before the tests did.');
    code = 1;
  }
} finally {
  clearInterval(following);
  follow();
  await browser.close();
  server.stop();
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(code);
