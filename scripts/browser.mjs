// A headless Chromium for the tests.
import { chromium } from 'playwright-core';
import { ensureChromium } from './setup.mjs';

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function launchBrowser() {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: ensureChromium(), headless: true, args: [...QUIET, ...(isRoot ? ['--no-sandbox'] : [])] });
}
