import type { Page } from 'playwright-core';

/** Where the extension's own code shows in an error's stack. */
const OWN = 'dist/extension.js';

/** Collects the errors of our extension that the editor writes to its console: what it throws where nobody catches it. */
export function collectOwnErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes(OWN)) errors.push(message.text());
  });
  return errors;
}
