import type { Page } from 'playwright-core';
import { awaitSeen } from './awaitSeen.js';

export interface ExplorerDecoration {
  /** The letters after the file's name; empty when there are none. */
  readonly badge: string;
  /** What the mouse resting there, or a screen reader, says besides the name. */
  readonly tooltip: string;
}

/** Reads how the explorer marks a file, after opening the folders above it. The path is relative to the workspace folder. */
export async function explorerDecoration(page: Page, path: string): Promise<ExplorerDecoration> {
  const segments = path.split('/');
  for (const [depth, name] of segments.entries()) {
    const row = page.locator(`.explorer-folders-view .monaco-list-row[aria-level="${depth + 1}"]`).filter({
      has: page.locator(`.label-name`, { hasText: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) }),
    });
    await awaitSeen(page, {
      what: `${segments.slice(0, depth + 1).join('/')} in the explorer`,
      look: async () => ((await row.count()) > 0 ? true : undefined),
      instead: async () => (await page.locator('.explorer-folders-view .monaco-list-row').allInnerTexts()).join(' | '),
    });
    if (depth < segments.length - 1) {
      if ((await row.first().getAttribute('aria-expanded')) === 'false') await row.first().click();
      continue;
    }
    return row.first().evaluate((it) => {
      const badges = [...it.querySelectorAll('.monaco-icon-label')]
        .map((label) => getComputedStyle(label, '::after').content)
        .filter((content) => content.startsWith('"'))
        .map((content) => content.slice(1, -1));
      return { badge: badges.join(' '), tooltip: it.getAttribute('aria-label') ?? '' };
    });
  }
  throw new Error('A path has at least one segment.');
}
