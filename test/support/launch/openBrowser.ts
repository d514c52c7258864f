import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../install/findChromium.js';

/** Starts Chromium without a window. It ends with this process; `close()` ends it sooner. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    // Whoever runs us decides what a signal does; Playwright's own handlers would exit before the server is stopped.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
    ],
  });
}
